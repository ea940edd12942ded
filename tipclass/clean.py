"""Cleaning: the view of a text that the model reads, with its alignment to the raw text.

`clean` is the tuple STEPS, one after the other. Every step replaces what its pattern finds, so that the same
steps can also say which raw characters each cleaned character came from.
"""

import functools
import html
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tipclass.patterns import lazy

# What a step leaves in place of a thing whose wording says nothing: one rare character each, a word of its own.
MASK = "※"  # anonymity marks
LINK = "↗"  # URLs and e-mail addresses
PHONE = "☎"
SERIAL = "№"  # long digit runs: ids, bank cards, file numbers
PLACE = "⌂"  # coded place names
RESIDUE = "¶"  # page furniture
TOKENS = {
    MASK: "[隐名]",
    LINK: "[网址]",
    PHONE: "[电话]",
    SERIAL: "[长号码]",
    PLACE: "[代称地名]",
    RESIDUE: "[网页残留]",
}

Replacement = Callable[[re.Match[str]], str]


class Step:
    """One cleaning step: a pattern and what takes the place of each match.

    `guard` finds something in every text in which the pattern does, and is quicker where there is nothing.
    """

    def __init__(self, pattern: re.Pattern[str], replacement: Replacement, guard: re.Pattern[str]) -> None:
        self.pattern = pattern
        self.replacement = replacement
        self.guard = guard
        functools.update_wrapper(self, replacement)

    def __call__(self, text: str) -> str:
        """Return the text with every match replaced."""
        if self.guard is not self.pattern and not self.guard.search(text):
            return text
        return self.pattern.sub(self.replacement, text)

    def edits(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield start, end and replacement of every match, in order."""
        for match in self.pattern.finditer(text):
            yield match.start(), match.end(), self.replacement(match)


def step(pattern: str, flags: int = 0, *, guard: str = "") -> Callable[[Replacement], Step]:
    """Turn a replacement function into the step that applies it wherever the pattern matches.

    Patterns begin with a character or a class where they can, look-behinds come after it: `re` then passes over the
    rest of a text many times faster.
    """
    whole = lazy(pattern, flags)
    return lambda replacement: Step(whole, replacement, lazy(guard, flags) if guard else whole)


CONTROLS = r"[_\x00-\x08\x0b-\x1f\x7f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0f\ufeff\ufffd]"


@step(rf"{CONTROLS}(?:(?<=_)x000[dD]_|(?<!_))")
def drop_controls(match: re.Match[str]) -> str:
    """Drop control, zero-width and direction characters, and Excel's _x000D_."""
    return ""


@step(r"<(?:!--(?:(?!!--).)*?--|/?[a-zA-Z][^<>]{0,300})>", re.DOTALL)
def drop_tags(match: re.Match[str]) -> str:
    """Put a space in place of each HTML tag."""
    return " "


@step(r"&(?:nbsp|lt|gt|amp|quot|ldquo|rdquo|middot|mdash|hellip|emsp|ensp|#\d{1,6}|#x[0-9a-fA-F]{1,5});?")
def unescape_entities(match: re.Match[str]) -> str:
    """Put the character in place of an HTML entity; an ampersand, which could begin another one, becomes a space."""
    character = html.unescape(match[0].rstrip(";") + ";")
    return character if len(character) == 1 and character.isprintable() and character not in "&<>" else " "


WIDE = r"[\u3000\uff01-\uff5e\uffe5\u2460-\u249b\u2474-\u2487\u3380-\u33dd\ufb00-\ufb06\u2000-\u200a\u00a0]"


@step(WIDE)
def fold_width(match: re.Match[str]) -> str:
    """Fold full-width letters, digits, punctuation and unit signs into their plain forms."""
    return unicodedata.normalize("NFKC", match[0])


TONES = "[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]"


@step(rf"\((?<=[\u4e00-\u9fff]\()[a-zü]{{0,5}}{TONES}[a-zü]{{0,4}}\)")
def drop_pinyin(match: re.Match[str]) -> str:
    """Drop the pinyin that some pages put in brackets behind a character: 生態(tài) becomes 生態."""
    return ""


def _traditional() -> str:
    """Return the characters that Big5 has and GB 2312 lacks: those that only traditional text uses."""
    every = "".join(map(chr, range(0x4E00, 0x9FA6)))
    simplified = set(every.encode("gb2312", "ignore").decode("gb2312"))
    return "".join(sorted(set(every.encode("big5", "ignore").decode("big5")) - simplified))


TRADITIONAL = f"[{_traditional()}]"


@functools.cache
def _converter() -> Callable[[str], str]:
    """Load opencc's Taiwan-to-mainland converter, which only traditional text pays for."""
    import opencc

    convert: Callable[[str], str] = opencc.OpenCC("tw2sp").convert
    return convert


@step(f"{TRADITIONAL}[\u4e00-\u9fff]*")
def simplify(match: re.Match[str]) -> str:
    """Write traditional characters in their simplified form."""
    return _converter()(match[0])


# What page furniture begins with (plain words), and how far it then reaches.
_FURNITURE = (
    ("首页", r"(?:\s{0,9}[>»|·-]{1,9}\s{0,9}[^\s>»|]{1,20}){1,8}"),
    ("您现在的位置|您的位置|你的位置|现在的位置|当前位置", r"[::][^\n]{0,60}"),
    ("责任编辑|责编|编辑|作者|校对|原标题|稿件来源|信息来源|文章来源|来源", r"[::][^\n]{0,30}"),
    ("发布时间|发布日期|更新时间|浏览次数|点击数|阅读量|访问量|字号|字体大小", r"[::][^\n]{0,24}"),
    ("版权所有|主办单位|主办|承办|技术支持|网站标识码|网站地图|联系我们|投稿邮箱|客服热线", r"[::][^\n]{0,40}"),
    ("违法和不良信息举报|网上有害信息举报|互联网举报中心|涉未成年人举报", r"[^\n]{0,40}"),
    ("ICP备|ICP证|公网安备", r"\S{0,16}"),
    ("上一篇|下一篇|相关阅读|延伸阅读|相关链接|相关推荐|热门推荐|猜你喜欢", r"[^\n]{0,40}"),
    ("【打印|【关闭|【收藏|【详细|[打印|[关闭|[收藏|[详细", r"[^\n\]】]{0,6}[\]】]"),
    ("领导留言板|网友留言|来信选登|信件详情|信件编号|信件类型", r"[^\n|。]{0,16}"),
    ("回复状态|审核状态|办理状态|满意度评价", r"[^\n|。]{0,16}"),
    ("类别|领域|类型|状态|公开|附件|浏览", r"[::]\s{0,9}\S{1,8}\s{0,9}[|｜]"),
    ("返回顶部|返回首页|加入收藏|设为首页|打印本页|关闭窗口|分享到|扫一扫", r""),
    ("本站不保证|申明敬告|免责声明|版权声明|文档介绍|文档下载|下载须知|仅供学习|不预览", r"[^\n]{0,80}"),
    ("点击二维码|扫描二维码|扫描下方|点击下载|点击查看|点击阅读|长按二维码|扫码关注|扫码下载", r"[^\n]{0,20}"),
)


FURNITURE_WORDS = tuple(word for words, _ in _FURNITURE for word in words.split("|"))


def _furniture() -> str:
    """Return one pattern for all page furniture; its look-ahead spares most positions the whole list."""
    firsts = {re.escape(word[0]) for word in FURNITURE_WORDS}
    kinds = (f"(?:{'|'.join(map(re.escape, words.split('|')))}){tail}" for words, tail in _FURNITURE)
    return f"(?=[{''.join(sorted(firsts))}])(?:{'|'.join(kinds)})"


@step(_furniture(), guard="|".join(map(re.escape, FURNITURE_WORDS)))
def mask_furniture(match: re.Match[str]) -> str:
    """Put one token in place of each piece of page furniture: navigation, credits, copyright, contacts."""
    return RESIDUE


@step(
    r"https?://[\w./?=&%#:~+@!,;-]+|www\.[\w./?=&%#:~+-]+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]{1,64}",
    re.ASCII,
    guard="@|http|www",
)
def mask_links(match: re.Match[str]) -> str:
    """Put one token in place of each URL or e-mail address."""
    return LINK


@step(
    r"[0148](?<![\d.].)(?:(?<=1)[3-9]\d[\d*xX]{4}\d{4}|(?<=0)\d{2,3}-\d{7,8}|(?<=[48])00-?\d{3}-?\d{4}"
    r"|(?<=0)0{2,3}-0{7,8})(?![\d.])"
)
def mask_phones(match: re.Match[str]) -> str:
    """Put one token in place of each phone number, whole or starred."""
    return PHONE


@step(r"\d(?<![\d.].)[\d*]{7,}[\dXx]?(?![\d.])|[A-Za-z0-9+/=_-]{64,}", guard=r"[A-Za-z\d+/=_*-]{8}")
def mask_serials(match: re.Match[str]) -> str:
    """Put one token in place of each run of nine and more digits or starred digits, and of code-like runs from 64.

    No word is that long, and segmenting such a run takes time that grows with its square.
    """
    return SERIAL


@step(
    r"(?=[\dA-Z甲乙丙丁某×✕╳Xx*○〇□])(?:[\dA-Z甲乙丙丁]?某(?![些个天种日年月次])[某甲乙丙丁戊己\dA-Z]*|[×✕╳]+|[Xx]{2,}|\*{2,}|[○〇]{2,}|□+|(?<![A-Za-z\d])[Xx](?=[\u4e00-\u9fff]))",
    guard="[某×✕╳Xx*○〇□]",
)
def mask_anonymity(match: re.Match[str]) -> str:
    """Put one token in place of each anonymity mark: 某某, 某甲, XX, ××, ****."""
    return MASK


@step(r"[A-Z西](?:(?<=西)地省|(?<=[A-Z])(?<![A-Za-z].)\d{0,3}(?=[省市县区州镇乡村]))")
def mask_coded_places(match: re.Match[str]) -> str:
    """Put one token in place of a place name that was coded by letters: A市B3区."""
    return PLACE


@step(r"\d+(?:[.,:]\d+)*")
def fold_numbers(match: re.Match[str]) -> str:
    """Write every number as 0: its size is read by rules, not by the model."""
    return "0"


@step(r"([※↗☎№⌂¶])(?:\s{0,9}\1)+")
def fold_tokens(match: re.Match[str]) -> str:
    """Leave one of several like tokens in a row."""
    return match[1]


@step(r"([^\w\s])\1+")
def fold_punctuation(match: re.Match[str]) -> str:
    """Leave one of several like punctuation marks in a row."""
    return match[1]


@step(r"\s+", guard=f"[{''.join(filter(str.isspace, map(chr, range(0x3001))))}]")
def fold_space(match: re.Match[str]) -> str:
    """Leave one space of each run of white space."""
    return " "


STEPS: tuple[Step, ...] = (
    drop_controls,
    unescape_entities,
    drop_tags,
    fold_width,
    drop_pinyin,
    simplify,
    mask_furniture,
    mask_links,
    mask_phones,
    mask_serials,
    mask_anonymity,
    mask_coded_places,
    fold_numbers,
    fold_tokens,
    fold_punctuation,
    fold_space,
)


def clean(text: str) -> str:
    """Return the text as the model reads it.

    >>> clean("请查Ａ市××厂！！！　电话13800000000")
    '请查⌂市※厂! 电话☎'
    """
    for each in STEPS:
        text = each(text)
    return text


@dataclass(frozen=True, slots=True)
class Aligned:
    """A cleaned text; its character i stands for raw[starts[i]:ends[i]]."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the raw span (code points) of the cleaned characters start to end, which must not be empty."""
        return self.starts[start], self.ends[end - 1]


def clean_aligned(text: str) -> Aligned:
    """Clean the text and keep where each character came from."""
    aligned = Aligned(text, tuple(range(len(text))), tuple(range(1, len(text) + 1)))
    for each in STEPS:
        aligned = _apply(each, aligned)
    return aligned


def _apply(step: Step, before: Aligned) -> Aligned:
    """Apply one step; a replacement as long as its match is aligned character by character, any other as a whole."""
    if not step.guard.search(before.text):
        return before
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = 0
    for start, end, new in step.edits(before.text):
        parts += before.text[done:start], new
        starts += before.starts[done:start]
        ends += before.ends[done:start]
        if len(new) == end - start:
            starts += before.starts[start:end]
            ends += before.ends[start:end]
        else:
            starts += [before.starts[start]] * len(new)
            ends += [before.ends[end - 1]] * len(new)
        done = end
    if not done:
        return before
    return Aligned(
        "".join([*parts, before.text[done:]]), (*starts, *before.starts[done:]), (*ends, *before.ends[done:])
    )
