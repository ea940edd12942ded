"""Signatures: the names that stand at the end of a letter."""

import re
from collections.abc import Iterator

from tipclass.names import Span, forms, is_name, name_before, rows
from tipclass.privacy_table import privacy_table
from tipclass.traces import Trace, TraceKind

LAST = 3  # lines that may hold a signature
_LABEL = re.compile(r"(?:[\u4e00-\u9fff]{0,8}[:：]|业主|村民|居民|群众|市民)?[ —-]{0,20}")
_SENTENCE_END = re.compile(r"[。！!？?；;]|——|--")
_CLOSING = re.compile(r"敬上|谨上|亲笔|上(?=\s*$)|(?=[\s\d（(]|$)")
_ROLE = re.compile(r"(?:[人员工师生民部兵主户者的员村组长妇友\s—-]|^)$")
LONGEST_ROLE = 12  # characters
_BESIDE = re.compile(
    r"[\s\d:：、,，.（）()-]|联系|电话|手机|方式|号码|年|月|日|家属|代表|敬上|谨上|书|亲笔|签字|按印|手印"
)


def signed(text: str) -> Iterator[Trace]:
    """Yield the names in the last lines, and at the very end of the last sentence."""
    lines = [match.span() for match in re.finditer(r"[^\n]+", text) if not match[0].isspace()]
    for start, end in lines[-LAST:] if len(lines) > 1 else []:
        yield from _signature(text, start, end)
    if lines:
        start, end = lines[-1]
        stops = [match.end() for match in _SENTENCE_END.finditer(text, start, end) if match.end() < end]
        yield from _signature(text, stops[-1], end) if stops else ()


def _signature(text: str, start: int, end: int) -> Iterator[Trace]:
    """Yield the names of a line that holds names only, with a label before them and a number or a date behind."""
    begin = _LABEL.match(text, start + len(text[start:end]) - len(text[start:end].lstrip()))
    matches = (form.match(text, begin.end() if begin else start) for form in forms()[:4])
    first = next((match.span() for match in matches if match and is_name(match[0])), None) or _last(text, start, end)
    if first and not text.startswith(privacy_table().names.titles, start):
        found = [first, *rows(text, first[1])]
        if not _BESIDE.sub("", text[found[-1][1] : end]):
            yield from (Trace(TraceKind.NAME, *each) for each in found)


def _last(text: str, start: int, end: int) -> Span | None:
    """Return the name a short line ends in, behind what its bearer is: 退休干部赵磊敬上."""
    for match in _CLOSING.finditer(text, start, end):
        span = name_before(text, match.start())
        if span and span[0] >= start and span[0] - start <= LONGEST_ROLE and _ROLE.search(text, start, span[0]):
            return span
    return None
