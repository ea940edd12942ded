"""Contacts: which numbers, addresses of the net, plates and accounts in a text are the informant's."""

import functools
from collections.abc import Iterator, Sequence

from tipclass.contact_forms import find, told
from tipclass.mentions import Mention, named
from tipclass.patterns import lazy
from tipclass.scales import Scales
from tipclass.surroundings import Surroundings
from tipclass.traces import Trace, TraceKind

TABLE = "contact_weights"
# The weight from which on a contact is hidden: one of the reported that is hidden costs less than ours shown.
OURS = -1.75
OURS_OF = {
    TraceKind.PHONE: -2.5,
    TraceKind.BANK_CARD: -4.0,
    TraceKind.EMAIL: -4.0,
    TraceKind.ID_NUMBER: -2.75,
    TraceKind.PLATE: -3.5,
}
CLOSE = 16  # characters around a plate in which a word tells whose it is
OF_INFORMANT = frozenset({"field informant", "hidden True"})  # labels behind which a contact is hidden
# Labels behind which it is not, unless it weighs more than this: a form is not always read as it was meant.
OF_REPORTED, DESPITE = frozenset({"field reported", "reported"}), 0.0

_OFFICE = lazy(r"gov\.cn\Z|\A[48]00[ -]?\d")
_MINE = lazy(r"[”\"）)]?[，, ]?(?:这?[就才]?[是为](?:我(?![们家]?[打拨查找在从说])|本人)|(?:找|联系|打)我)")
# Words beside a plate by which a car is told to be somebody's own, or to do what is reported.
_OWN_CAR = lazy(
    "[我俺咱]|本人|自[己家]|[娘婆]家|驾驶|名下|停[在放有]|上下班|接送|车主|举报人|来电人|市民|网约|"
    "骑|三轮|摩托|购[买得]|新提|接我|投保|同学|朋友|女儿|儿子|老公|老婆|爱人|对象|丈夫|妻子"
)
_AT_WORK = lazy(
    "渣土|[罐货卡]车|自卸|三轮|[一两几]辆|[那该此]车|他|对方|涉|"
    "肇事|逃逸|偷|[拉运倒卸装换]|[车牌]号|牌照[为是]|车辆[为是]|"
    "[那这][台辆]|[前后]面|旁边|冷藏|配送|送[\u4e00-\u9fff]{1,2}车|来车|出来|看[到见]|拍到|记[了下住得]|抄|开走|逼停|尾随|司机"
)
# A lorry right before its plate is not the informant's, unless something says so.
_LORRY = lazy(r"(?:渣土|[罐货卡槽]|自卸|吸[粪污])车(?:[，,：: (（“\"]|车?牌照?号?[是为]?){0,3}$")


def contacts(around: Surroundings, people: Sequence[Mention]) -> list[Trace]:
    """Return the contacts of a folded text that are the informant's; of those of the same digits or letters all."""
    every = list(find(around.text))
    scales = Scales(around, TABLE, functools.partial(contact_signs, people=people))
    ours = [each for each in every if _is_ours(around, scales, each)]
    known = {_key(around.text, each) for each in ours}
    return [each for each in every if _key(around.text, each) in known]


def contact_signs(
    around: Surroundings, start: int, end: int, kind: TraceKind, *, people: Sequence[Mention]
) -> Iterator[str]:
    """Yield the signs for and against a contact being the informant's."""
    yield f"kind {kind}"
    yield f"kind {kind} {around.text[start]}"
    signs = [*around.beside(start, end), *around.owner(start, end)]
    yield from signs
    if kind is TraceKind.PLATE:  # what tells whose a number is may say something else of a car
        yield from _car_signs(around.text, start, end)
        yield from (f"plate {sign}" for sign in signs)
    yield from named(around, people, start, end)


def _car_signs(text: str, start: int, end: int) -> Iterator[str]:
    """Yield the signs of whose car a plate is: of the word right before it and of all words near by."""
    words = [(match.start(), "own") for match in _OWN_CAR.finditer(text, max(0, start - CLOSE), start)]
    words += [(match.start(), "at work") for match in _AT_WORK.finditer(text, max(0, start - CLOSE), start)]
    yield f"car {max(words)[1] if words else None}"
    yield f"cars {sorted({word for _, word in words})}"
    yield f"trailer {text[end - 1] == '挂'}"
    yield f"car does {_AT_WORK.search(text, end, end + CLOSE) is not None}"


def _is_ours(around: Surroundings, scales: Scales, each: Trace) -> bool:
    """Tell whether a contact is the informant's: by what leaves no doubt, else by all that speaks for it."""
    text, label = around.text, around.label(each.start, each.end)
    if label in OF_INFORMANT:
        return True
    if _OFFICE.search(text, each.start, each.end) or (each.kind is TraceKind.PLATE and _hauls(text, each.start)):
        return False
    if _MINE.match(text, each.end):
        return True
    least = DESPITE if label in OF_REPORTED else OURS_OF.get(each.kind, OURS)
    return scales.weight(each.start, each.end, each.kind) > least


def _hauls(text: str, plate: int) -> bool:
    """Tell whether a plate that begins at a place is that of a lorry nobody calls his own."""
    before = max(0, plate - CLOSE)
    return _LORRY.search(text, before, plate) is not None and _OWN_CAR.search(text, before, plate) is None


def _key(text: str, each: Trace) -> str:
    words = text[each.start : each.end]
    return told(words) if each.kind is TraceKind.PHONE else words
