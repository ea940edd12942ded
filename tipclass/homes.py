"""Homes: the stretches of a text that may be the address where somebody lives, and whose each of them is."""

import functools
import re
from collections.abc import Iterator, Sequence

from tipclass.guesses import Guess, guessed_spans, rank
from tipclass.mentions import Mention, named
from tipclass.patterns import lazy
from tipclass.privacy_table import privacy_table
from tipclass.scales import Scales
from tipclass.surroundings import Surroundings
from tipclass.traces import Trace, TraceKind
from tipclass.wordlist import any_of

Span = tuple[int, int]

TABLE = "home_weights"
OURS = -3.0  # the weight from which on an address is hidden: a place too many costs less than a home shown
REPORTED = ("reported", "field reported")  # labels of columns and of fields that leave no doubt
LONGEST = 40  # characters of an address
SHORTEST = 2

_NUMERAL = r"[\d〇零一二三四五六七八九十甲乙丙丁A-Za-z]"
_PHRASE = lazy(rf"[^，。；！？,;!?\n|“”\"【】\[\]（）():： ]{{2,{LONGEST}}}")
_FLAT = lazy("[栋幢室户座门楼]|单元")
_PART = lazy("[村镇乡街路巷弄县市区坊苑园里庄寨屯组社队栋幢座室户厂店库场院号]|单元|市场|公司|花园")
_REST = lazy("[房室号户院门楼]|[左右]手边?(?:那?[户间家])?")
# Whatever stands behind words for living: 就住河边那排平房.
_LIVED = lazy(
    r"(?:[租居]?住(?:址[:：是为]{0,2}|[在的]是?)?|(?:家|现居|租|地址)[在是:：]{1,2})"
    rf"(?P<found>(?![在于的])[^，。；！？,;!?\n|“”\"【】\[\]： ]{{3,{LONGEST}}})"
)
_LIVES = r"(?:居?住(?:在|于|的是)?|家在)[:： ]?\Z"
# What leaves no doubt right before a home: 我家就住在
_MY_HOME = lazy(
    r"(?:我们?|本人|俺们?|咱们?|来电人|举报人|反映人)(?:家|现在?|一家|自己|平时|就|是|也|租|暂){0,3}" + _LIVES
)
# And right before one that is none of theirs: 老板家住在
_THEIR_HOME = lazy(
    r"(?:老板娘?|厂长|场长|店主|摊主|对方|嫌疑人|经营者|被(?:举报|投诉|反映|检举|控告)人)(?:家|现在?|一家|自己|平时|就|也){0,3}"
    + _LIVES
)
NEAR = 14  # characters before a home in which that stands
_NUMBER_GOES_ON = lazy(r"(?<=[\dA-Za-z])[A-Za-z\d#-]{1,6}")
# What a home is known by.
_MARK = lazy(
    "[，,、](?:(?:门口|门前|门上|院里|院门|屋后|屋前|房后|房前|墙上)[^，。；！？\n]{2,14}"
    "|(?:大门|[红蓝绿黑白黄]色?漆?[铁木]?大?门|[铁木]门|楼梯|顶头|[左右]拐|对门|紧?挨着|进门)[^，。；！？\n]{0,10}"
    "|[^，。；！？\n]{2,6}对门)"
)


def homes(around: Surroundings, people: Sequence[Mention], guessed: Sequence[Guess]) -> Iterator[Trace]:
    """Yield the addresses in a folded text that are the informant's, or seem to be."""
    scales = Scales(around, TABLE, functools.partial(home_signs, people=people, guessed=guessed))
    for span in candidates(around.text, guessed):
        if around.label(*span) in REPORTED or _is_told(_THEIR_HOME, around.text, span[0]):
            continue
        if _is_told(_MY_HOME, around.text, span[0]) or scales.weight(*span) > OURS:
            yield Trace(TraceKind.ADDRESS, *span)


def _is_told(whose: re.Pattern[str], text: str, start: int) -> bool:
    """Tell whether it is said, right before what begins here, whose home it is."""
    return whose.search(text, max(0, start - NEAR), start) is not None


def candidates(text: str, guessed: Sequence[Guess]) -> Iterator[Span]:
    """Yield the stretches of a folded text that may be an address: those of one form, and those that are guessed."""
    formed = [(start, _goes_on(text, end)) for start, end in _formed(text)]
    yield from formed
    for start, end in guessed_spans(guessed, TraceKind.ADDRESS, set(formed)):
        yield start, _goes_on(text, end)


def _goes_on(text: str, end: int) -> int:
    """Return where an address ends with the rest of its number and what its home is known by."""
    for pattern in (_NUMBER_GOES_ON, _MARK):
        match = pattern.match(text, end)
        end = match.end() if match else end
    return end


def _formed(text: str) -> Iterator[Span]:
    """Yield the stretches of a folded text that end in what makes of a place one home: 下湾村六组23号."""
    for phrase in _PHRASE.finditer(text):
        numbers = list(_number().finditer(text, *phrase.span()))
        if numbers:
            start, end = phrase.start(), numbers[-1].end()
            leads = list(_lead().finditer(text, start, numbers[0].start()))
            start = leads[-1].end() if leads else start
            rest = _rest().match(text, end, phrase.end()) or _REST.match(text, end, phrase.end())
            end = rest.end() if rest else end
            if end - start >= SHORTEST:
                yield start, end
    for lived in _LIVED.finditer(text):
        yield lived.span("found")


def home_signs(
    around: Surroundings, start: int, end: int, *, people: Sequence[Mention], guessed: Sequence[Guess]
) -> Iterator[str]:
    """Yield the signs for and against an address being the informant's."""
    text, word = around.plain, around.plain[start:end]
    yield from (f"part {match[0]}" for match in _PART.finditer(word))
    yield f"ends {word[-1]}"
    yield f"ends {word[-2:]}"
    yield f"begins {word[:2]}"
    yield f"size {min(len(word) // 3, 7)}"
    yield f"flat {_FLAT.search(word) is not None} {'0' in word}"
    yield f"lives {'住' in text[max(0, start - 4) : start]} {'家' in text[max(0, start - 4) : start]}"
    yield f"guessed {rank(guessed, TraceKind.ADDRESS, start, end)}"
    yield from around.beside(start, end)
    yield from around.owner(start, end)
    yield from named(around, people, start, end)


@functools.cache
def _number() -> re.Pattern[str]:
    """Return the pattern of what makes of a place one home: 3栋, 六组23号, 9-1-2203, 302, 桥头."""
    homes = privacy_table().homes
    kinds = (
        rf"{_NUMERAL}{{1,4}}[ -]?(?:{any_of(homes.parts)})",
        r"\d{1,4}[-#]\d{1,4}(?:[-#]\d{1,5})?",
        r"(?<=[栋幢座楼元院区苑园单在住室家壁号弄付附门是，,: ])\d{3,4}(?![\d年元米多亩届级班名人株个])",
        r"第[一二三四五六七八九十]{1,2}[户家]|那[户家]|[东西南北中]户",
        r"(?<=[村庄寨屯墩])[\u4e00-\u9fff]{1,3}(?:组|社|小队)(?![织区会])",
        rf"{_NUMERAL}{{1,3}}[门排巷弄]|[前后]院",
        any_of(homes.whereabouts),
    )
    return lazy("|".join(kinds))


@functools.cache
def _rest() -> re.Pattern[str]:
    """Return the pattern of what may end an address behind its last number: 二楼东边."""
    return lazy(any_of(privacy_table().homes.ends))


@functools.cache
def _lead() -> re.Pattern[str]:
    """Return the pattern of words that an address stands behind."""
    return lazy(any_of(privacy_table().homes.leads))
