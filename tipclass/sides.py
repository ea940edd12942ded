"""Sides: whether a thing belongs to the informant or to those reported, by the nearest word that tells."""

import functools
import re
from bisect import bisect_left, bisect_right
from enum import StrEnum

from tipclass.privacy_table import privacy_table
from tipclass.wordlist import Scanner

REACH = 60  # how far before a thing a cue still tells, in characters
STOP = 15  # what the end of a sentence adds to the distance
FAINT = 12  # what it adds that a cue is faint
LATER = 4  # what it adds that a cue stands behind
FAR = 99  # the distance of a cue that there is none of
MOST = 12  # cues that are looked at

_STOPS = re.compile(r"[。！？!?；;\n]")
_PAUSES = re.compile(r"[，,。！？!?；;\n]")
_CLAUSE_ENDS = re.compile(r"[。！？!?；;\n]|[，,](?=[\d\u4e00-\u9fff]{0,6}[:：])")

# Who asks to be called tells where; who advertises or answers for an office asks so as well.
_ASKS = re.compile(
    r"(?<![订购买货问询])(?:请|麻烦|烦请|劳烦|希望|务必|直接|随时|最好|尽量)[^，。；！？\n疑咨询订购买货盟约招办证举]{0,12}?"
    r"(?:拨打|致电|回电|回拨|打电话|联系|打|发到|发至|发短信|加)[到给至我：: ]{0,2}"
)

# Words that leave no doubt: nobody but the writer is meant, whatever stands nearer.
_OWN = re.compile(
    r"(?<![让叫问骗给跟和与向])(?:联系|寻找|找|打给|加|拨打|回复|回电|回访|转告|告知|通知|发给|寄给)我(?!去|来|说|买|们?[要钱])"
    r"|(?<![让叫问骗给跟贵不])(?:我|俺|本人|咱)(?:们|家|自己|个人)?的?(?:联系)?"
    r"(?:微信|[vV][xX]|[qQ]{2}|扣扣|电话|手机|座机|固话|号码|方式|邮箱|账号|帐号|银行卡|卡号|身份证|抖音|快手|微博|支付宝)号?"
    r"|(?<=[。，；！\n ])(?:请|可)?联系(?:[qQ]{2}|微信|[vV][xX])"
)
CERTAIN = 8  # what such words take from the distance in their clause


class Side(StrEnum):
    """Whose a thing is."""

    INFORMANT = "informant"
    REPORTED = "reported"


# How far behind a thing a cue still tells.
BEHIND = {Side.INFORMANT: 20, Side.REPORTED: 10}


class Sides:
    """The cues of a folded text."""

    def __init__(self, text: str) -> None:
        before, behind = _scanners()
        cues = [(start, end, *label) for start, end, label in before.scan(text) if label]
        own = ((*each.span(), Side.INFORMANT, -CERTAIN) for each in _OWN.finditer(text))
        asks = ((*each.span(), Side.INFORMANT, 0) for each in _ASKS.finditer(text))
        self._cues = sorted([*cues, *asks, *own], key=lambda cue: cue[1])
        self._ends = [cue[1] for cue in self._cues]
        self._behind = list(behind.scan(text))
        self._starts = [start for start, _, _ in self._behind]
        self._stops = [match.start() for match in _STOPS.finditer(text)]
        self._pauses = [match.start() for match in _PAUSES.finditer(text)]
        self._clause_ends = [match.start() for match in _CLAUSE_ENDS.finditer(text)]

    def distances(self, start: int, end: int) -> tuple[int, int, Side | None]:
        """Return how far the nearest cues of the informant and of the reported are, and whose is the nearest."""
        near = [each for each in (*self._before(start), *self._after(end)) if each[0] <= REACH]
        ours, theirs = (min((far for far, side in near if side is each), default=FAR) for each in Side)
        return ours, theirs, min(near, default=(FAR, None), key=lambda each: each[0])[1]

    def _before(self, start: int) -> list[tuple[int, Side]]:
        last = bisect_right(self._ends, start)
        near: list[tuple[int, Side]] = []
        for _, end, side, handicap in self._cues[max(0, last - MOST) : last]:
            stops = bisect_left(self._stops, start) - bisect_left(self._stops, end)
            elsewhere = handicap < 0 and bisect_left(self._pauses, start) > bisect_left(self._pauses, end)
            near.append((start - end + STOP * stops + (0 if elsewhere else handicap), side))
        return near[::-1]

    def _after(self, end: int) -> list[tuple[int, Side]]:
        first = bisect_left(self._starts, end)
        if first == len(self._behind):
            return []
        start, _, side = self._behind[first]
        same_clause = bisect_left(self._clause_ends, end) == bisect_left(self._clause_ends, start)
        return [(start - end + LATER, side)] if same_clause and start - end <= BEHIND[side] else []


@functools.cache
def _scanners() -> tuple[Scanner[tuple[Side, int] | None], Scanner[Side]]:
    cues = privacy_table().cues
    before: dict[str, tuple[Side, int] | None] = dict.fromkeys(cues.informant, (Side.INFORMANT, 0))
    before |= dict.fromkeys(cues.reported, (Side.REPORTED, 0)) | dict.fromkeys(cues.faint, (Side.REPORTED, FAINT))
    before |= dict.fromkeys(cues.neutral)
    behind = dict.fromkeys(cues.after_informant, Side.INFORMANT) | dict.fromkeys(cues.after_reported, Side.REPORTED)
    return Scanner(before), Scanner(behind)
