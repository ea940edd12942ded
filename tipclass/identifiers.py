"""Identifiers: numbers and names that point at one person, account, vehicle or ship, with their check digits."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from tipclass.patterns import lazy
from tipclass.records import Element, ElementKind

VALID, INVALID = "valid", "invalid"

# --- check digits --------------------------------------------------------------------------------
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CODE_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def id_number_holds(number: str) -> bool:
    """Tell whether a citizen's number has a date of birth and the check digit of GB 11643.

    >>> id_number_holds("11010519491231002X"), id_number_holds("110105194912310021")
    (True, False)
    """
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    rest = sum(weight * int(digit) for weight, digit in zip(_ID_WEIGHTS, number[:17], strict=True)) % 11
    return "10X98765432"[rest] == number[17].upper()


def card_holds(number: str) -> bool:
    """Tell whether a bank card's number has the check digit of Luhn.

    >>> card_holds("6228480402564890018"), card_holds("6228480402564890019")
    (True, False)
    """
    doubled = (2 * int(digit) for digit in number[-2::-2])
    return (sum(map(int, number[-1::-2])) + sum(each // 10 + each % 10 for each in doubled)) % 10 == 0


def credit_code_holds(code: str) -> bool:
    """Tell whether a unified social credit code has the check character of GB 32100.

    >>> credit_code_holds("91350100M000100Y43"), credit_code_holds("91350100M000100Y44")
    (True, False)
    """
    if any(sign not in _CODE_SIGNS for sign in code):
        return False
    rest = sum(_CODE_SIGNS.index(sign) * 3**place % 31 for place, sign in enumerate(code[:17])) % 31
    return _CODE_SIGNS[(31 - rest) % 31] == code[17]


# --- numbers -------------------------------------------------------------------------------------
EMAIL = lazy(r"(?<![\w.+-])[A-Za-z0-9][\w.+*-]{0,40}@[A-Za-z0-9-]{1,30}(?:\.[A-Za-z]{2,10}){1,3}", re.ASCII)

_CODE_WORD = lazy(r"(?:代码|税号|执照)[^。；\n]{0,12}$")
CREDIT_CODE = lazy(r"(?<![\dA-Za-z])[159ANY][1-39]\d{6}[\dA-Z]{10}(?![\dA-Za-z])", re.IGNORECASE)

_ID_WORD = lazy(r"(?:身份|证件)[^。；\n]{0,10}$")
_BIRTH = r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
ID_NUMBER = lazy(
    rf"(?<![\dA-Za-z*])(?:[1-8]\d{{5}}(?P<gap>[ -]?){_BIRTH}(?P=gap)\d{{3}}[\dXx]"
    r"|[1-8]\d{2,13}[*×xX]{4,14}[\dXx]{0,4})(?![\dA-Za-z*×])"
)

_CARD_WORD = lazy(r"(?:卡|账户|帐户|账号|帐号|户头|开户|[汇打转][入到给])[^。；\n]{0,16}$")
BANK_CARD = lazy(
    r"(?=\d)(?<![\d.A-Za-z*+-])(?:\d{16,19}|\d{4}(?: \d{4}){3}(?: \d{1,3})?"
    r"|\d{4,6} ?[*×]{4,12} ?\d{3,4})(?![\d.A-Za-z*×])"
)

PHONE = lazy(
    r"(?=[\d+(])(?<![\dA-Za-z*.])(?<!\d-)(?:(?:\+|00)86[ -]?)?(?:"
    r"1[3-9]\d(?:[\d*×xX]{8}|[ -][\d*×xX]{4}[ -][\d*×]{4})|(?=[\d -]{12,14}(?![\d-]))1[3-9](?:[ -]?\d){9}"
    r"|\(?0[1-9]\d{1,2}\)?[ -]{0,2}[2-9][\d*×]{2,3}[ -]?[\d*×]{3,4}(?:转\d{1,4})?"
    r"|[48]00[ -]?\d{3,4}[ -]?\d{3,4}"
    r")(?![\d*])(?!-\d)"
)
LOCAL_PHONE = lazy(r"(?<=[话线机系])[号码是为:： ]{0,3}(?P<found>[2-8]\d{2,3}[ -]?[\d*]{4})(?![\d*.])")

_NUMBERED_SERVICE = r"QQ|qq|扣扣|群|抖音|快手|小红书|陌陌|[iI][dD]"
_SERVICE = (
    rf"{_NUMBERED_SERVICE}|加微|直播|微信|威信|薇信|[vV]信|[vV][xX]|[wW][xX]|微博|闲鱼|淘宝|支付宝|旺旺|视频号|TG|飞机"
)
_SAYS = (
    r"(?:号码?|账号|帐号|[iI][dD]|名|昵称|群|店铺?|直播间|用户|为|是|叫|加|搜|[小大]写的?|语音|[:：（(“”\"）)\[【 ])"
)
ACCOUNT = lazy(
    r"(?=[A-Za-z扣群抖快小陌微威薇闲淘支旺视飞账帐加直号])"
    rf"(?:(?<![A-Za-z])(?:(?:{_SERVICE}){_SAYS}{{0,6}}|(?:账号|帐号|[iI][dD])[:： 为是]{{0,2}})"
    r"(?P<found>[A-Za-z][\w-]{4,29})(?![\w@-])"
    rf"|(?<![A-Za-z])(?:{_NUMBERED_SERVICE}){_SAYS}{{0,6}}(?P<digits>[1-9]\d{{4,11}})(?![\w-])"
    r"|(?<![型编批单证牌房楼])号[是为:： ]{0,2}(?P<bare>[a-z][a-z\d_-]{5,29})(?![\w@-])"
    r"|(?<![\w@.-])(?P<before>[A-Za-z][\w-]{4,29})(?=[”\"]?这个(?:抖音|微信|快手|QQ|账?号)))",
    re.ASCII,
)

# Without so many Latin letters or digits a text holds no account.
_LATIN = lazy(r"[A-Za-z][\w-]{4}|[1-9]\d{4}", re.ASCII)

# --- vehicles and ships --------------------------------------------------------------------------
PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼黔滇陇"
_HIDDEN = "*×xX某✕╳○□"
PLATE = lazy(
    rf"(?<![A-Za-z\d])[{PROVINCES}] ?[A-Za-z][ ·.-]{{0,2}}(?P<body>[A-Za-z\d{_HIDDEN}]{{3,6}})[挂学警港澳领]?"
    r"(?![A-Za-z\d*×])"
)

_TRADE = r"(?:渔|货|采|油|运|拖|驳|砂|机|客|供|养|工|集|捕)[运养冷捞机驳油]?"
_NUMBER = rf"[\d{_HIDDEN}]{{2,7}}(?![\d.])号?"
# A name that cannot hold what stands before a ship's name.
_NAME = r"[^\W\da-zA-Z_报映的是和与及在叫有到艘条船号为由名从被对给把将向往两三了着过以货渔轮驾开只]"
SHIP = lazy(
    rf"(?<![A-Za-z\d])(?:[{PROVINCES}][\u4e00-\u9fff{_HIDDEN}]{{1,4}}?{_TRADE}{_NUMBER}"
    rf"|{_NAME}{{2,4}}[采货渔驳]\d{{2,5}}(?:号|(?=[”\"]))"
    rf"|(?:船[名号叫身头]|船上[写喷]着)[号为是叫:：写着喷“\"(（ ]{{0,4}}(?P<named>{_NAME}{{2,5}}[\d×]{{1,5}}号?)"
    r"(?![\d吨米元年月日条只艘斤公个])"
    rf"|[“\"](?P<quoted>[\u4e00-\u9fff]{{2,5}}\d{{1,5}}号?)[”\"](?=号?[轮船货渔])"
    rf"|[“\"]?(?P<wheel>{_NAME}{{2,4}}\d{{1,5}}号?)(?=轮(?!胎|流|候)))"
)
# A name of any trade, in a text that tells of ships: of a province, and no number of a house or an amount.
NAMED_SHIP = lazy(
    rf"[{PROVINCES}]{_NAME}{{1,4}}?\d[\d{_HIDDEN}]{{1,5}}"
    rf"(?![\d.{_HIDDEN}])(?!号?[吨米元年月日条只艘斤公个块岁楼组栋幢室方亩户时点分度%棵株车次支瓶箱包件平万千百多余线])号?"
)
# Without one of these a text names no ship.
_AFLOAT = lazy(rf"[渔货采油运拖驳砂机客供养工集捕冷捞][\d{_HIDDEN}]|[船轮]")
_AUTHORITY = lazy(r"政|海巡|海警|海监|公安|路|街|巷|道|村|组|楼|第|国道|省道")


def find(text: str) -> Iterator[Element]:
    """Yield the identifiers of a folded text, kind by kind; what one finder took no later one takes."""
    taken = bytearray(len(text))
    for finder in FINDERS if _DIGITS.search(text) else _NO_NUMBERS:
        for element in finder(text):
            if not any(taken[element.start : element.end]):
                taken[element.start : element.end] = b"\1" * (element.end - element.start)
                yield element


def _emails(text: str) -> Iterator[Element]:
    return _elements(ElementKind.EMAIL, EMAIL.finditer(text)) if "@" in text else iter(())


def _credit_codes(text: str) -> Iterator[Element]:
    for match in CREDIT_CODE.finditer(text):
        code = match[0].upper()
        if not code.isdigit() or _said(_CODE_WORD, match):
            yield _noted(ElementKind.CREDIT_CODE, match, credit_code_holds(code))


def _id_numbers(text: str) -> Iterator[Element]:
    for match in ID_NUMBER.finditer(text):
        number = re.sub(r"[ -]", "", match[0])
        if len(number) == 18 and re.fullmatch(r"\d{17}[\dXx]", number):
            if id_number_holds(number) or not _said(_CARD_WORD, match):
                yield _noted(ElementKind.ID_NUMBER, match, id_number_holds(number))
        elif _said(_ID_WORD, match) or len(number) == 18:
            yield Element(ElementKind.ID_NUMBER, match[0], match.start(), match.end())


def _bank_cards(text: str) -> Iterator[Element]:
    for match in BANK_CARD.finditer(text):
        number = match[0].replace(" ", "")
        if not number.isdigit():
            if _said(_CARD_WORD, match):
                yield Element(ElementKind.BANK_CARD, match[0], match.start(), match.end())
        elif _said(_CARD_WORD, match) or (number[0] in "3456" and card_holds(number)):
            yield _noted(ElementKind.BANK_CARD, match, card_holds(number))


def _phones(text: str) -> Iterator[Element]:
    yield from _elements(ElementKind.PHONE, PHONE.finditer(text))
    yield from _elements(ElementKind.PHONE, LOCAL_PHONE.finditer(text))


def _accounts(text: str) -> Iterator[Element]:
    return _elements(ElementKind.ACCOUNT, ACCOUNT.finditer(text)) if _LATIN.search(text) else iter(())


def _plates(text: str) -> Iterator[Element]:
    for match in PLATE.finditer(text):
        body = match["body"]
        hidden = any(sign in _HIDDEN for sign in body)
        if hidden or (any(map(str.isdigit, body)) and (len(body) >= 5 or match[0].endswith(("挂", "学")))):
            yield Element(ElementKind.PLATE, match[0], match.start(), match.end())


def _ships(text: str) -> Iterator[Element]:
    if not _AFLOAT.search(text):
        return
    named = NAMED_SHIP.finditer(text) if "船" in text else ()
    for element in _elements(ElementKind.SHIP, (*SHIP.finditer(text), *named)):
        if not _AUTHORITY.search(element.text):
            yield element


FINDERS: tuple[Callable[[str], Iterator[Element]], ...] = (
    _emails,
    _id_numbers,
    _credit_codes,
    _bank_cards,
    _phones,
    _accounts,
    _plates,
    _ships,
)


_DIGITS = lazy(r"\d{3}")
# Those that find something in a text without three digits in a row.
_NO_NUMBERS = tuple(each for each in FINDERS if each not in {_id_numbers, _credit_codes, _bank_cards, _phones})


def _elements(kind: ElementKind, matches: Iterable[re.Match[str]]) -> Iterator[Element]:
    """Yield each match as an element, or that named group of it that matched."""
    for match in matches:
        group = match.lastgroup or 0
        yield Element(kind, match[group], match.start(group), match.end(group))


def _noted(kind: ElementKind, match: re.Match[str], holds: bool) -> Element:
    return Element(kind, match[0], match.start(), match.end(), note=VALID if holds else INVALID)


def _said(word: re.Pattern[str], match: re.Match[str]) -> bool:
    """Tell whether the word stands shortly before the match."""
    return word.search(match.string, max(0, match.start() - 24), match.start()) is not None
