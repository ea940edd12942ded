"""Numerals: numbers in figures, in Chinese characters and in both, with the words that make them approximate."""

import re

DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "半": 0.5}
TENS = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10_000, "亿": 100_000_000}
APPROXIMATE = re.compile(r"[多余来几把好,，\s]")
TOKEN = re.compile(r"\d+(?:\.\d+)?|.")

HAN = "零〇一二两三四五六七八九十百千万亿半"
_FIGURES = r"(?:\d{1,3}(?:[,，]\d{3}){1,5}(?![\d,，])(?:\.\d{1,8})?|\d{1,15}(?:\.\d{1,8})?(?:[万千百]\d{1,4})?)"
_HAN = rf"[{HAN}]{{1,14}}(?:点[零〇一二三四五六七八九]{{1,6}}万?)?"
_SINGLE = rf"(?:{_FIGURES}[ ]?|{_HAN})(?:好?几|[多余来把])?[十百千万亿]{{0,2}}[多余来]?"
# A numeral such as 25,600, 二十多万, 3千, 十几, 三五, 百把, 20-30 or 两到三万.
NUMERAL = rf"{_SINGLE}(?:[-~至到]{{1,2}}{_SINGLE})?"
RANGE = re.compile(r"[-~至到]{1,2}")
# The long forms that sums in papers are written in; one alone may be a name (陆, 伍).
_LONG = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
LONG_NUMERAL = re.compile(
    r"[壹贰叁肆伍陆柒捌玖拾佰仟]{2,}[万亿壹贰叁肆伍陆柒捌玖拾佰仟零整]{0,20}|[壹贰叁肆伍陆柒捌玖](?=[万亿]?元)"
)


def plain(text: str) -> str:
    """Write the long forms of numerals in the usual characters; the text keeps its length.

    >>> plain("叁佰柒拾玖万元")
    '三百七十九万元'
    """
    return LONG_NUMERAL.sub(lambda match: match[0].translate(_LONG), text)


def parse(numeral: str) -> float | None:
    """Return the number a numeral stands for, the lower end of a range; None for what is no number.

    >>> parse("二十多万"), parse("三五"), parse("一百二十"), parse("2.5万"), parse("25，600"), parse("30-40")
    (200000.0, 3.0, 120.0, 25000.0, 25600.0, 30.0)
    """
    ends = [_single(APPROXIMATE.sub("", end)) for end in RANGE.split(numeral, maxsplit=1)]
    if ends[0] is None or len(ends) == 1:
        return ends[0]
    return _scaled(ends[0], ends[1], numeral)


def _scaled(lower: float, upper: float | None, numeral: str) -> float:
    """Give the lower end the multiplier that only stands behind the upper one: 2-3万 begins at 20000."""
    multiplier = next((MYRIADS[sign] for sign in MYRIADS if numeral.endswith(sign)), 1)
    return lower * multiplier if upper and lower * multiplier < upper else lower


def _single(numeral: str) -> float | None:
    if "点" in numeral:
        whole, _, fraction = numeral.partition("点")
        decimals = "".join(str(DIGITS[digit]) for digit in fraction if digit in DIGITS)
        return ((_single(whole) or 0) + float(f"0.{decimals}")) * (MYRIADS["万"] if fraction.endswith("万") else 1)
    if len(numeral) > 2 and all(sign in DIGITS and sign != "半" for sign in numeral):
        return float("".join(str(DIGITS[sign]) for sign in numeral))  # read out digit by digit: 二〇二三
    return _composed(numeral)


def _composed(numeral: str) -> float | None:
    """Add up a numeral by its units; of 七八十 the first digit counts, 一万二 leaves a unit unsaid."""
    total = section = 0.0
    number: float | None = None
    unit = 1.0
    for token in TOKEN.findall(numeral):
        if token[0].isdigit() and token.isascii():
            number, unit = float(token), unit if len(token) == 1 else 1
        elif token in DIGITS:
            if number is None:
                number = DIGITS[token]
            if token in "零〇":
                number, unit = None, 1
        elif token in TENS:
            unit = TENS[token]
            section += (1 if number is None else number) * unit
            number = None
        elif token in MYRIADS:
            unit = MYRIADS[token]
            section += number or 0
            total = (total + (section or 1)) * unit if token == "亿" else total + (section or 1) * unit
            section, number = 0.0, None
        else:
            return None
    if number is None:
        return total + section if total + section or set(numeral) & set("零〇") else None
    return total + section + number * (unit / 10 if unit >= 100 else 1)
