"""Posts: the words that tell what an insider is, in a firm where few are the same."""

import functools
import re

from tipclass.names import given, surname
from tipclass.privacy_table import privacy_table
from tipclass.sides import Side, Sides
from tipclass.traces import Trace, TraceKind
from tipclass.wordlist import any_of

_INSIDE = r"[^，。；！？\n]"
_BOUNDARY = r"(?<=[的业厂司店是在过当做任场团社院所里内该系区前：:家，])"


@functools.cache
def _post() -> str:
    """Return the pattern of a post, with the unit it belongs to: 二车间的叉车工."""
    table = privacy_table().posts
    unit = rf"[\u4e00-\u9fff\d]{{1,4}}?(?:{any_of(table.units)})"
    return rf"(?!的)(?:{unit}的?)?(?:{unit})?[\u4e00-\u9fff]{{0,4}}?(?:{any_of(table.ends)})"


@functools.cache
def _phrases() -> tuple[tuple[re.Pattern[str], bool], ...]:
    """Return the patterns of a post, and whether the words around must speak for the informant."""
    table = privacy_table().posts
    labels, numbers, verbs, units = map(any_of, (table.labels, table.numbers, table.verbs, table.units))
    stop = rf"(?=[，。；、,;\s（()）”\"]|$|的|出身|[一二三四五六七八九十两几\d]|写|讲|说|{surname()}{given()}{{1,2}}[，,。（(])"
    self = "(?:我|本人|俺|我们|线人|举报人|反映人|来信人)"
    return (
        (re.compile(rf"(?:{numbers})[是为:： ]{{0,2}}(?P<post>[A-Za-z]{{0,4}}-?\d{{2,10}}号?)"), False),
        (re.compile(rf"(?:{labels})[是为:： ]{{1,2}}(?P<post>{_INSIDE}{{2,16}}?){stop}"), False),
        (
            re.compile(
                rf"{self}[们就原来现曾]{{0,2}}(?:是|系|在){_INSIDE}{{0,20}}?{_BOUNDARY}(?P<post>{_post()}){stop}"
            ),
            False,
        ),
        (
            re.compile(
                rf"在{_INSIDE}{{0,16}}?(?:{verbs})[了过着]?(?:[一二三四五六七八九十两几半\d]{{1,2}}[年个月]{{1,2}})?的?(?P<post>{_post()}){stop}"
            ),
            False,
        ),
        (re.compile(rf"(?:{verbs})[了过着]?(?P<post>{_post()}){stop}"), True),
        (re.compile(rf"(?:[原现]?系|是){_INSIDE}{{2,20}}?{_BOUNDARY}(?P<post>{_post()}){stop}"), True),
        (re.compile(rf"代表(?P<post>[\u4e00-\u9fff]{{0,3}}[一二三四五六七八九十\d]?(?:{units})){stop}"), False),
        (re.compile(rf"[\n。！；](?P<post>{_post()})留(?=[。\s]|$)"), False),
    )


def posts(text: str, sides: Sides) -> list[Trace]:
    """Return the posts and staff numbers of the informant in a folded text."""
    none, found = privacy_table().posts.none, {}
    for pattern, doubtful in _phrases():
        for match in pattern.finditer(text):
            side = sides.of(*match.span("post"))
            if side is Side.REPORTED or (doubtful and side is None):
                continue
            if not match["post"].endswith(none):
                found[match.span("post")] = match["post"]
    again = (
        match.span() for post in {*found.values()} if len(post) > 2 for match in re.finditer(re.escape(post), text)
    )
    return [Trace(TraceKind.WORK, *span) for span in dict.fromkeys((*found, *again))]
