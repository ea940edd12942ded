"""Mentions: the stretches of a text that may be the name of a person, and whose each of them is."""

import functools
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tipclass.identifiers import PLATE
from tipclass.patterns import lazy
from tipclass.privacy_table import privacy_table
from tipclass.scales import Scales
from tipclass.surroundings import Surroundings, sort_before, step
from tipclass.wordlist import Scanner, any_of, tables, total, weights, words

Span = tuple[int, int]

NAME_TABLE, OWNER_TABLE = "name_weights", "owner_weights"
LEAST = -1.0  # the weight from which on a stretch is taken for a name: to hide what is none costs little
LEAN = 0.5  # how much of the weight of being the informant's adds to it
FAINTEST = -3.0  # the weight under which a stretch is taken for none, whosever it would be
HOPELESS = -1.0  # the weight of a word from which on it is looked at what stands around it
OURS = -1.2  # the weight from which on a name is hidden: one of the reported that is hidden costs less than ours shown
THEIRS = -9.0  # what a name with a title weighs: 付站长
OFTEN = 5  # the rank of a frequent surname
SHORT, FULL = 4, 3  # ranks of a surname and the rarest character behind it that are too low together for a name
LEEWAY = 1.5  # how much less a stretch may weigh than one it lies over and be hidden with it
LONGEST = 12  # characters of a name
FAR, NEXT = 60, 6  # how far before a stretch, and behind it, a name tells something of it
CROWD = 8  # names before a stretch that are looked at

_HAN = "[\u4e00-\u9fff]"
_OPENS = lazy(r"(?:[/。！：:]|--|——| )\Z")  # what stands before a signature; a line ends in /
_CLOSES = lazy(
    r"[，, ]{0,2}(?:敬?上|写|留|字|具|呈|书|叩|亲笔)?[。 ]{0,9}"
    r"(?:\d[\d年月日.]{0,12}|[一二三四五六七八九十]{1,3}月[^，。]{1,4})?[。 ]{0,9}(?:/|\Z)"
)
_AND = lazy("[、和与及]|[ ]{1,4}")
_WEAK = frozenset(("prefixed", "brought", "twice"))  # forms in which a usual word is no name
_ANY = frozenset(("foreign", "latin", "speaker"))  # forms that may hold any character
_POLITE = frozenset(("女士", "先生", "小姐"))
_AMBIGUOUS = frozenset("姐哥叔总工")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name from `start` up to `end`, and how much speaks for its being on the informant's side (log-odds)."""

    start: int
    end: int
    weight: float

    @property
    def ours(self) -> bool:
        """Tell whether it is to be hidden."""
        return self.weight > OURS


def mentions(around: Surroundings) -> list[Mention]:
    """Return the names of persons in a text, in order; all places of one name are on the same side."""
    chosen = _choose(around)
    weighed: dict[str, list[float]] = {}
    owner = Scales(around, OWNER_TABLE, owner_signs)
    for span in chosen:
        name = around.text[slice(*span)]
        weighed.setdefault(_bare(name), []).append(THEIRS if bears_title(name) else owner.weight(*span))
    mean = {name: sum(each) / len(each) for name, each in weighed.items()}
    likely = ((span, mean[_bare(around.text[slice(*span)])]) for span in sorted(chosen))
    found = [Mention(*span, weight) for span, weight in likely if chosen[span] + LEAN * max(weight, OURS) > LEAST]
    found = _in_rows(around.text, found)
    return sorted([*found, *_again(around.text, found)], key=lambda each: each.start)


def name_signs(around: Surroundings, start: int, end: int, forms: tuple[str, ...]) -> Iterator[str]:
    """Yield the signs for and against a stretch being a name."""
    yield from word_signs(around.text[start:end], forms)
    yield from start_signs(around, start)
    yield from end_signs(around, end)
    yield from span_signs(around, start, end, forms[0])


def word_signs(word: str, forms: tuple[str, ...]) -> Iterator[str]:
    """Yield the signs of a word alone: its forms, its characters, and whether it is a usual one."""
    usual, form = _usual(), forms[0]
    yield from (f"form {each}" for each in forms)
    yield from _characters(word, form)
    yield f"usual {form} {word in usual} {word[:2] in usual} {word[-2:] in usual}"


def start_signs(around: Surroundings, start: int) -> Iterator[str]:
    """Yield the signs of a place where a name would begin."""
    usual, text = _usual(), around.plain
    yield f"cut left {text[max(0, start - 1) : start + 1] in usual} {text[max(0, start - 2) : start + 1] in usual}"
    yield f"previous {text[max(0, start - 2) : start] in usual}"
    yield from around.left(start)[1]


def end_signs(around: Surroundings, end: int) -> Iterator[str]:
    """Yield the signs of a place where a name would end."""
    usual, text = _usual(), around.plain
    yield f"cut right {text[end - 1 : end + 1] in usual} {text[end - 1 : end + 2] in usual}"
    yield f"next {text[end : end + 2] in usual}"
    yield from around.right(end)[1]


def span_signs(around: Surroundings, start: int, end: int, form: str) -> Iterator[str]:
    """Yield the signs of where a name would begin and end together, and of its form there."""
    text = around.plain
    (sort, _), (follows, _) = around.left(start), around.right(end)
    edge = f"{not _is_han(text[max(0, start - 1) : start])} {not _is_han(text[end : end + 1])}"
    yield f"edge {edge}"
    yield f"edge {form} {edge}"
    yield f"both {sort} {follows}"
    yield f"form {form} {sort}"
    if end - start == 2:
        yield f"longer {form} {_rank(_given_ranks(), text[end : end + 1])}"


def bears_title(word: str) -> bool:
    """Tell whether a name ends in what officers, owners and their like are called.

    >>> bears_title("付站长"), bears_title("刘女士")
    (True, False)
    """
    return len(word) > 1 and word.endswith(_titles())


def owner_signs(around: Surroundings, start: int, end: int) -> Iterator[str]:
    """Yield the signs for and against a name being on the informant's side."""
    text, word = around.plain, around.text[start:end]
    suffix = next((each for each in _elders() if word.endswith(each) and each != word), "")
    sort = "polite" if suffix in _POLITE else "elder" if suffix else word[-1] if word[-1] in _AMBIGUOUS else ""
    prefix, before = word[0] if word[0] in "老小阿大" and len(word) == 2 else "", sort_before(text, start)
    yield f"suffix {sort}"
    yield f"suffix {sort} {before}"
    yield f"suffix {suffix}"
    yield f"prefix {prefix}"
    yield f"prefix {prefix} {before}"
    yield f"masked {'某' in word}"
    yield f"titled {_titled().match(text, end) is not None}"
    yield f"ends {word[-1]}"
    yield f"signed {_OPENS.search(text, max(0, start - 2), start) is not None} {_CLOSES.match(text, end) is not None}"
    yield from around.beside(start, end)
    yield from around.owner(start, end)


def named(around: Surroundings, people: Sequence[Mention], start: int, end: int) -> Iterator[str]:
    """Yield the signs of the names that stand before a stretch and right behind it."""
    at = bisect_left(people, start, key=lambda each: each.start)
    before = [each for each in people[max(0, at - CROWD) : at] if each.end <= start and start - each.end < FAR]
    if not before:
        yield "named none"
    else:
        last = before[-1]
        apart = min(1, around.sentences(last.end, start))
        yield f"named {last.ours}"
        yield f"named {last.ours} {apart}"
        yield f"named {last.ours} {apart} {step(start - last.end)}"
        yield f"all named {last.ours} {len({each.ours for each in before})}"
    after = people[at] if at < len(people) else None
    if after and end <= after.start < end + NEXT:
        yield f"then {after.ours}"


def _weighed(around: Surroundings) -> Iterator[tuple[Span, float]]:
    """Yield what may be a name and what speaks for it; what a place says is told once."""
    known = weights(NAME_TABLE)
    base = known.get("any", 0.0)

    @functools.cache
    def at_start(start: int) -> float:
        return total(known, start_signs(around, start))

    @functools.cache
    def at_end(end: int) -> float:
        return total(known, end_signs(around, end))

    for (start, end), forms in spans(around.text).items():
        word = _word_weight(around.text[start:end], forms)
        if word > HOPELESS:
            span = total(known, span_signs(around, start, end, forms[0]))
            yield (start, end), base + word + at_start(start) + at_end(end) + span


def _choose(around: Surroundings) -> dict[Span, float]:
    """Return the stretches that weigh most as names, none over another, each with what nearly weighs as much."""
    weighed = ((weight, *span) for span, weight in _weighed(around))
    good = sorted((each for each in weighed if each[0] > FAINTEST), key=lambda each: (-each[0], each[1]))
    at: dict[int, list[tuple[float, int, int]]] = {}
    for each in good:
        at.setdefault(each[1], []).append(each)
    taken, chosen = bytearray(len(around.text)), dict[Span, float]()
    for weight, start, end in good:
        if not any(taken[start:end]):
            near = [each for place in range(max(0, start - LONGEST), end) for each in at.get(place, ())]
            over = [each for each in near if each[2] > start and each[0] > weight - LEEWAY]
            over = [each for each in over if not any(taken[each[1] : each[2]])]
            first, last = min(each[1] for each in over), max(each[2] for each in over)
            taken[first:last] = b"\1" * (last - first)
            chosen[first, last] = weight
    return chosen


def _bare(name: str) -> str:
    """Return a name without the form of address behind it; all that are the same are one person's."""
    courtesy = next((each for each in _POLITE if name.endswith(each)), "")
    bare = name.removesuffix(courtesy)
    return bare if len(bare) > 1 else name


def _in_rows(text: str, found: Sequence[Mention]) -> list[Mention]:
    """Let names that stand in a row weigh the same: 聂二婶和谷满仓."""
    rows: list[list[Mention]] = []
    for each in found:
        if rows and _AND.fullmatch(text, rows[-1][-1].end, each.start):
            rows[-1].append(each)
        else:
            rows.append([each])
    mean = [sum(each.weight for each in row) / len(row) for row in rows]
    return [replace(each, weight=weight) for row, weight in zip(rows, mean, strict=True) for each in row]


@functools.lru_cache(maxsize=1 << 16)
def _word_weight(word: str, forms: tuple[str, ...]) -> float:
    """Return how much speaks for a word being a name, whatever stands around it."""
    return total(weights(NAME_TABLE), dict.fromkeys(word_signs(word, forms)))


def _again(text: str, found: Iterable[Mention]) -> Iterator[Mention]:
    """Yield the further places of names that are hidden."""
    taken = bytearray(len(text))
    hidden: dict[str, float] = {}
    for each in found:
        taken[each.start : each.end] = b"\1" * (each.end - each.start)
        if each.ours and each.end - each.start > 1:
            hidden[_bare(text[each.start : each.end])] = each.weight
    for start, end, weight in Scanner(hidden).scan(text) if hidden else ():
        if not any(taken[start:end]):
            yield Mention(start, end, weight)


# --- what may be a name ----------------------------------------------------------------------------


def spans(text: str) -> dict[Span, tuple[str, ...]]:
    """Return the stretches of a folded text that have a form of a name, and which forms they have."""
    found: dict[Span, tuple[str, ...]] = {}
    dotted = bytearray(len(text))
    for match in _dotted().finditer(text) if "·" in text else ():
        found[match.span()] = ("dotted",)
        dotted[slice(*match.span())] = b"\1" * len(match[0])
    for start, end, form in _forms(text):
        word = text[start:end]
        if word not in _none() and not (form in _WEAK and word in _usual()) and not any(dotted[start:end]):
            found[start, end] = (*found.get((start, end), ()), form)
    return found


def _forms(text: str) -> Iterator[tuple[int, int, str]]:
    inner = _inner()
    goes = ["\u4e00" <= character <= "\u9fff" and character not in inner for character in text] + [False] * 4
    for match in PLATE.finditer(text):
        goes[match.start()] = False
    yield from _surnamed(text, goes)
    for form, pattern in _patterns():
        for match in pattern.finditer(text):
            start, end = match.span(match.lastgroup or 0)
            if form in _ANY or all(goes[start:end]):
                yield start, end, form
    yield from _polite(text, goes)
    yield from _brought(text, goes)


def _surnamed(text: str, goes: Sequence[bool]) -> Iterator[tuple[int, int, str]]:
    """Yield what begins with a surname: 谢春生, 何某, 欧阳慧."""
    (one, _), ranks = _surnames(), _given_ranks()
    doubled = {match.start() for match in _double().finditer(text)}
    for start in [at for at, character in enumerate(text) if character in one or at in doubled]:
        if not goes[start] or start - 1 in doubled:
            continue
        size = 2 if start in doubled else 1
        given = start + size
        if not goes[given]:
            continue
        if text[given] == "某":
            yield start, given + 1, "masked"
            if goes[given + 1]:
                yield start, given + 2, "masked"
            continue
        rank = _surname_rank(text[start])
        first, second = ranks.get(text[given], 2), ranks.get(text[given + 1], 2) if goes[given + 1] else 0
        if size > 1 or (first and rank + first > SHORT):
            yield start, given + 1, f"short {size}"
        if goes[given + 1] and (size > 1 or rank + min(first, second) > FULL):
            yield start, given + 2, f"full {size}"


def _surname_rank(character: str) -> int:
    return OFTEN if character in _frequent() else _rank(_surname_ranks(), character)


def _polite(text: str, goes: Sequence[bool]) -> Iterator[tuple[int, int, str]]:
    """Yield what stands before a form of address, with it: 刘女士, 滑老汉."""
    _, two = _surnames()
    for match in _elder().finditer(text):
        start, end = match.span()
        for size in (1, 2, 3) if end - start > 1 else (1, 2):
            first = start - size
            if first >= 0 and all(goes[first:start]) and not (first and text[first - 1 : first + 1] in two):
                yield first, end, "elder"


def _brought(text: str, goes: Sequence[bool]) -> Iterator[tuple[int, int, str]]:
    """Yield what stands behind a word that brings a name: the first characters, or all up to a mark."""
    for match in _bringer().finditer(text):
        start = end = match.end()
        while goes[end] and end - start < 5:
            end += 1
        if end > start and text[start - 1] == "姓":
            yield start, start + 1, "only"
        for last in {start + 2, end}:
            if start + 2 <= last <= min(end, start + 4):
                yield start, last, "brought"


def _characters(word: str, form: str) -> Iterator[str]:
    """Yield the signs of the characters of a word: how usual each is in names."""
    ranks = _given_ranks()
    if form in ("short 1", "full 1"):
        surname = _surname_rank(word[0])
        given = "".join(str(_rank(ranks, each)) for each in word[1:])
        yield f"surname {form} {surname}"
        yield f"whole {surname} {given}"
        yield from (f"character {each}" for each in given)
    else:
        given = "".join(str(_rank(ranks, each)) for each in word)
        yield f"given {form} {given}"
    yield f"given {given}"
    yield f"ends {word[-1]}"
    yield f"begins {word[0]}"


def _is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


def _rank(ranks: Mapping[str, int], character: str) -> int:
    return ranks.get(character, 2) if character else -1


@functools.cache
def _given_ranks() -> Mapping[str, int]:
    return _ranks("given")


@functools.cache
def _surname_ranks() -> Mapping[str, int]:
    return _ranks("surname")


def _ranks(sort: str) -> Mapping[str, int]:
    """Return how much more usual characters are in names than elsewhere, in ranks from 0 to 4."""
    listed = tables("name_characters")
    return {each: rank for rank in range(5) for row in listed.get(f"{sort} {rank}", ()) for each in row}


@functools.cache
def _surnames() -> tuple[frozenset[str], frozenset[str]]:
    every = {*tables("person_words")["surnames"], *privacy_table().names.surnames}
    one = frozenset(each for each in every if len(each) == 1)
    return one, frozenset(each for each in every if len(each) == 2)


@functools.cache
def _double() -> re.Pattern[str]:
    return lazy("|".join(sorted(_surnames()[1])))


@functools.cache
def _frequent() -> frozenset[str]:
    return frozenset(privacy_table().names.frequent)


@functools.cache
def _inner() -> frozenset[str]:
    return frozenset(privacy_table().names.inner)


@functools.cache
def _usual() -> frozenset[str]:
    return frozenset(words("common")) | frozenset(tables("person_words")["none"])


@functools.cache
def _elders() -> tuple[str, ...]:
    """Return the forms of address that the informant's side bears, the longest first."""
    names = privacy_table().names
    return tuple(sorted({*names.courtesy, *names.elders}, key=lambda word: (-len(word), word)))


@functools.cache
def _elder() -> re.Pattern[str]:
    return lazy(any_of((*_elders(), "哥", "姐", "叔", "爷")))


@functools.cache
def _titles() -> tuple[str, ...]:
    """Return what the names of officers and of the reported end in."""
    names = privacy_table().names
    listed = {*names.offices, *tables("person_words")["nick"], "长"} - {*_elders(), *names.friendly}
    return tuple(word for word in listed if len(word) > 1 or word in "总长")


@functools.cache
def _titled() -> re.Pattern[str]:
    return lazy(any_of(word for word in _titles() if len(word) > 1))


@functools.cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    foreign, one = f"[{privacy_table().names.transliterated}]", f"[{''.join(sorted(_surnames()[0]))}]"
    elder = any_of(_elders())
    patterns = (
        ("prefixed", rf"(?=(?P<name>[二三四五六七八九大小老阿]{_HAN}))"),
        ("twice", rf"(?P<name>(?P<once>{_HAN})(?P=once)(?:(?P<who>[妈爸])(?P=who)?)?)"),
        ("foreign", rf"(?<!{foreign})(?P<name>{foreign}{{2,6}})(?!{foreign})"),
        ("foreign", rf"(?<!{foreign})(?P<name>{foreign}{{2,6}}(?:{elder}))"),
        ("only", f"(?P<name>{_double().pattern})"),
        ("only", f"(?P<name>{one})(?=姓)|(?<=[ 民])(?P<last>{one})(?= {{0,20}}(?:\n|$))"),
        ("latin", rf"(?<![A-Za-z\d])(?P<name>[A-Za-z]{{2,10}}{_HAN}{{1,2}})(?!{_HAN})"),
        ("speaker", r"(?m)^(?:\d{1,2}[:：]\d{2}(?::\d{2})? )?(?P<name>[\w·]{1,10})(?=[:：])"),
    )
    return tuple((form, lazy(pattern)) for form, pattern in patterns)


@functools.cache
def _dotted() -> re.Pattern[str]:
    """Return the pattern of a name in parts: 阿依古丽·买买提."""
    foreign, elder = f"[{privacy_table().names.transliterated}]", any_of(_elders())
    part = rf"(?:{foreign}{{2,6}}|{_HAN}{{1,6}}?(?=[^\u4e00-\u9fff]|$|{any_of(privacy_table().names.follows)}))"
    return lazy(
        rf"(?:(?<!{foreign}){foreign}{{1,6}}|(?:(?<!{_HAN})|(?<=[人是叫我民妻夫弟妹哥姐]))(?:(?![我人是叫]){_HAN}){{1,8}})(?:·{part}){{1,2}}(?:{elder})?"
    )


@functools.cache
def _none() -> frozenset[str]:
    return frozenset((*privacy_table().names.none, *privacy_table().names.doubled))


@functools.cache
def _bringer() -> re.Pattern[str]:
    names = privacy_table().names
    lists = (names.kin, names.owners, names.labels, names.sides, names.plain, names.open, names.calls, ("我是", "名字"))
    bringing = any_of({word for words in lists for word in words if _is_han(word[0])})
    return lazy(rf"(?:{bringing}|姓名|人)(?:叫做?|是|为|的|那个|[:：，“\" (【]){{0,2}}|姓|[、和跟与]|还有|\n")
