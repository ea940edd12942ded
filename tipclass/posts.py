"""Posts: the stretches of a text that may tell what an insider is, and whether the informant is meant."""

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

TABLE = "post_weights"
OURS = -2.0  # the weight from which on a post is hidden
LONGEST = 24  # characters of a phrase that ends in a post
SHORTEST = 2
CLOSE = 4  # characters before a post among which its label stands
LEAST = 3  # characters of a post that is looked for everywhere

_PHRASE = lazy(rf"[^，。；！？,;!?\n|“”\"【】\[\]（）():： ]{{2,{LONGEST}}}")

_LABEL = lazy(r"(?:职务|岗位|职业|工种|身份|职级|[原现]任|任职)[是为:：（( ]{0,2}\Z")
# What the phrase of a post begins with: what the writer says to be or to do, or a label.
_OPENING = lazy(
    r".{0,2}(?:(?P<am>(?:我们?|俺们?|本人|线人|来电人|来信人|举报人|反映人)(?:[就原现也曾]|以前|原来|曾经|之前){0,9}(?:是|系|叫))"
    r"|(?P<do>(?:我们?|俺们?|本人).{0,12}(?:当|做|干|任|从事|应聘|转岗|入职|上班|在))"
    r"|(?P<label>(?:[原现]?任|岗位|职务|职业|工种|身份|职级|作为|身为)[是为:： ]?)|(?P<am_in>(?:是|系))|(?P<me>[我俺]))"
)


def posts(around: Surroundings, people: Sequence[Mention], guessed: Sequence[Guess]) -> list[Trace]:
    """Return the posts and staff numbers in a folded text that are the informant's; what is told again as well."""
    text, scales = around.text, Scales(around, TABLE, functools.partial(post_signs, people=people, guessed=guessed))
    found = [span for span in candidates(text, people, guessed) if scales.weight(*span) > OURS]
    words = {text[start:end] for start, end in found if end - start >= LEAST}
    again = (match.span() for word in words for match in re.finditer(re.escape(word), text))
    return [Trace(TraceKind.WORK, *span) for span in dict.fromkeys((*found, *again))]


def candidates(text: str, people: Sequence[Mention], guessed: Sequence[Guess]) -> Iterator[Span]:
    """Yield the stretches of a folded text that may be a post: those of one form, and those that are guessed."""
    formed = list(_formed(text, people))
    yield from formed
    yield from guessed_spans(guessed, TraceKind.WORK, set(formed))


def _formed(text: str, people: Sequence[Mention]) -> Iterator[Span]:
    """Yield the stretches that end in a post or a unit, and the numbers of staff."""
    yield from (match.span("number") for match in _numbered().finditer(text))
    names = {each.end for each in people}
    for phrase in _PHRASE.finditer(text):
        heads = list(_head().finditer(text, *phrase.span()))
        if heads:
            end = heads[-1].end() + (text[heads[-1].end() : phrase.end()] == "的")
            leads = (match.end() for match in _lead().finditer(text, phrase.start(), end))
            starts = [phrase.start(), *leads, *(place for place in range(*phrase.span()) if place in names)]
            start = max(place for place in starts if place <= max(heads[0].end() - SHORTEST, phrase.start()))
            if end - start >= SHORTEST:
                yield start, end


def post_signs(
    around: Surroundings, start: int, end: int, *, people: Sequence[Mention], guessed: Sequence[Guess]
) -> Iterator[str]:
    """Yield the signs for and against a stretch telling what the informant is."""
    word = around.plain[start:end]
    yield f"whole {word}"
    yield f"ends {word[-1]}"
    yield f"ends {word[-2:]}"
    yield f"ends {word[-3:]}"
    yield f"begins {word[:2]}"
    yield f"size {min(len(word), 9)}"
    yield from (f"has {word[at : at + 2]}" for at in range(len(word) - 1))
    phrase = around.phrase(start)
    opening = _OPENING.match(around.text, phrase, start)
    yield f"labelled {_LABEL.search(around.text, max(0, start - CLOSE), start) is not None}"
    yield f"opens {opening.lastgroup if opening else None}"
    yield f"unit {_unit().search(word) is not None} {'的' in word}"
    yield f"guessed {rank(guessed, TraceKind.WORK, start, end)}"
    yield from around.beside(start, end)
    yield from around.owner(start, end)
    yield from named(around, people, start, end)


@functools.cache
def _numbered() -> re.Pattern[str]:
    numbers = any_of(privacy_table().posts.numbers)
    return lazy(rf"(?:{numbers})[是为:： ]{{0,2}}(?P<number>[A-Za-z]{{0,4}}-?\d{{2,10}}号?)(?![A-Za-z\d-])")


@functools.cache
def _head() -> re.Pattern[str]:
    """Return the pattern of what a post ends in: a trade, a unit, or what somebody does."""
    posts = privacy_table().posts
    doing = "[开看管守修烧记跑拉送搬扛焊刷扫洗做喂养装配收带]"
    workers = "[\u4e00-\u9fff]{2,4}工(?![厂作程业资人地商具])|[\u4e00-\u9fff]{2}[员师](?![工会傅])"
    years = r"[\d一二两三四五六七八九十几多半]{1,3}(?:年|个月)"
    serving = rf"{doing}[\u4e00-\u9fff]{{1,5}}$|[\u4e00-\u9fff]{{1,4}}了{years}$"
    listed = any_of((*posts.trades, *posts.ends, *posts.units, "岗位"))
    return lazy(rf"{listed}|{doing}[\u4e00-\u9fff]{{1,4}}的|{workers}|{serving}")


@functools.cache
def _unit() -> re.Pattern[str]:
    return lazy(any_of(privacy_table().posts.units))


@functools.cache
def _lead() -> re.Pattern[str]:
    """Return the pattern of what a post stands behind: 是, 当, a firm with 里 or 的."""
    posts = privacy_table().posts
    return lazy(rf"{any_of((*posts.leads, *posts.verbs))}|(?:{any_of(posts.firms)})[里内]?的?")
