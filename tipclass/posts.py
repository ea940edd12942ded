"""Posts: the words that tell what an insider is, in a firm where few are the same."""

import functools
import re

from tipclass.names import given, surname
from tipclass.privacy_table import privacy_table
from tipclass.sides import Side, Sides
from tipclass.traces import Trace, TraceKind
from tipclass.wordlist import any_of

LEAST = 3  # characters of a post that is looked for everywhere

_GENERAL = re.compile("退休|下岗|义务")
_FILLER = "一[个名位]|[个名的好上下时过做当在那里和干了]"
_INSIDE = r"[^，。；！？\n]"
_BOUNDARY = r"(?<=[的业厂司店是在过当做任场团社院所里内该系区前：:家，])"
_SELF = "(?:我|本人|俺|我们|线人|举报人|反映人|来信人)"
_ONCE = "(?:以前|之前|过去|原先|从前|曾经|现在|一直|[们就原来现曾]){0,2}"
_LASTING = r"(?:[一二三四五六七八九十两几半\d]{1,2}[年个月]{1,2})?的?"


def posts(text: str, sides: Sides) -> list[Trace]:
    """Return the posts and staff numbers of the informant in a folded text."""
    none, found = privacy_table().posts.none, {}
    for pattern, doubtful in _phrases():
        for match in pattern.finditer(text):
            post = match["post"]
            side = sides.of(*match.span("post"))
            unknown = side is Side.REPORTED or (doubtful and side is None)
            if not unknown and not post.endswith(none) and not _GENERAL.search(post):
                found[match.span("post")] = post
    again = (match.span() for post in {*found.values()} if len(post) >= LEAST for match in re.finditer(post, text))
    return [Trace(TraceKind.WORK, *span) for span in dict.fromkeys((*found, *again))]


@functools.cache
def _phrases() -> tuple[tuple[re.Pattern[str], bool], ...]:
    """Return the patterns of a post, and whether the words around must speak for the informant."""
    table = privacy_table().posts
    labels, numbers, verbs, units = map(any_of, (table.labels, table.numbers, table.verbs, table.units))
    post, unit = _post(), rf"[\u4e00-\u9fff\d]{{1,5}}?(?:{units})"
    name = rf"{surname()}{given()}{{1,2}}[，,。（(]"
    stop = rf"(?=[，。；、,;\s（()）”\"]|$|的|出身|[一二三四五六七八九十两几\d]|写|讲|说|{name})"
    handling = r"[开管看守修烧记跑拉送][\u4e00-\u9fff]{1,5}的"
    patterns = (
        (rf"(?:{numbers})[是为:： ]{{0,2}}(?P<post>[A-Za-z]{{0,4}}-?\d{{2,10}}号?)", False),
        (rf"(?:{labels})[是为:： ]{{1,2}}(?P<post>{_INSIDE}{{2,16}}?){stop}", False),
        (rf"{_SELF}{_ONCE}(?:是|系|在){_INSIDE}{{0,20}}?{_BOUNDARY}(?P<post>{post}){stop}", False),
        (rf"在{_INSIDE}{{0,16}}?(?:{verbs})[了过着]?{_LASTING}(?P<post>{post}){stop}", False),
        (rf"(?:{verbs})[了过着]?(?P<post>{post}){stop}", True),
        (rf"(?:[原现]?系|是){_INSIDE}{{2,20}}?{_BOUNDARY}(?P<post>{post}){stop}", True),
        (rf"在{_INSIDE}{{0,12}}?{_BOUNDARY}(?P<post>{unit})(?:上班|工作|干活|干了|做事|当班|打工)", True),
        (
            rf"{_SELF}[是在]{_INSIDE}{{0,14}}?[厂司矿场站队店船院库间][里内的]{{0,2}}(?P<post>{handling})(?=[，。,]|$)",
            False,
        ),
        (rf"{_SELF}{_ONCE}是{_INSIDE}{{0,14}}?{_BOUNDARY}(?P<post>{unit}的)(?=[，。,]|$)", False),
        (rf"(?P<post>{unit}?(?:{any_of(table.ends)}))就是我", False),
        (rf"就我一[个名](?P<post>[\u4e00-\u9fff]{{1,6}}?(?:{any_of(table.ends)})){stop}", False),
        (rf"代表(?P<post>[\u4e00-\u9fff]{{0,3}}[一二三四五六七八九十\d]?(?:{units})){stop}", False),
        (rf"[\n。！；](?P<post>{post})留(?=[。\s]|$)", False),
    )
    return tuple((re.compile(pattern), doubtful) for pattern, doubtful in patterns)


@functools.cache
def _post() -> str:
    """Return the pattern of a post, with the unit it belongs to: 二车间的叉车工."""
    table = privacy_table().posts
    unit = rf"[\u4e00-\u9fff\d]{{1,4}}?(?:{any_of(table.units)})"
    return rf"(?!{_FILLER})(?:{unit}的?)?(?:{unit})?[\u4e00-\u9fff]{{0,4}}?(?:{any_of(table.ends)})"
