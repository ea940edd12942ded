"""Days: which one day a phrase of time names."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from tipclass.numerals import parse
from tipclass.patterns import lazy

_N = r"\d{1,2}|[一二三四五六七八九十廿]{1,3}"
_YEARS = {"今": 0, "去": 1, "前": 2}
_DAYS = {"今": 0, "昨": 1, "前": 2, "大前": 3}
_WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}

FIGURES = lazy(r"((?:19|20)\d\d)[-./](\d{1,2})[-./](\d{1,2})")
CALENDAR = lazy(
    rf"(?:(?P<year>(?:19|20)\d\d|二[〇零○O0一二三四五六七八九]{{3}}|(?P<relative>[今去前]))年)?(?P<month>{_N})月(?P<day>{_N})[日号]"
)
NEAR = lazy(r"(?P<back>今|昨|大前|前)(?:[日天晚早夜晨午]|儿)(?!前|后)")
WEEK = lazy(r"(?P<weeks>上上|上|这|本)个?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])")
# A second day makes a phrase a span of time; clock times and parts of the day do not.
_SPAN = lazy(r"[至到~].{0,24}(?:日|号|月|年|天|[昨今前]|今$)|以来|起$|以后|之后")


def day_of(phrase: str, day: date | None = None) -> str:
    """Return the ISO date of the one day a folded phrase names, or "" where it names none; `day` is the tip's own date.

    >>> day_of("2023年5月3日晚上十点左右"), day_of("昨天夜里", date(2024, 3, 1)), day_of("2021年3月1日至5月2日")
    ('2023-05-03', '2024-02-29', '')
    """
    if _SPAN.search(phrase):
        return ""
    for pattern, resolve in RESOLVERS:
        match = pattern.search(phrase)
        if match:
            try:
                found = resolve(match, day)
            except ValueError:  # no such day: 2月30日
                return ""
            return found.isoformat() if found else ""
    return ""


def _figures(match: re.Match[str], day: date | None) -> date | None:
    return date(*map(int, match.groups()))


def _calendar(match: re.Match[str], day: date | None) -> date | None:
    month, number = int(parse(match["month"]) or 0), int(parse(match["day"].replace("廿", "二十")) or 0)
    if match["relative"]:
        return date(day.year - _YEARS[match["relative"]], month, number) if day else None
    if match["year"]:
        figures = match["year"].translate(str.maketrans("〇零○O一二三四五六七八九", "0000123456789"))
        return date(int(figures), month, number)
    if not day:
        return None
    this_year = date(day.year, month, number)
    return this_year if this_year <= day else date(day.year - 1, month, number)


def _near(match: re.Match[str], day: date | None) -> date | None:
    return day - timedelta(days=_DAYS[match["back"]]) if day else None


def _week(match: re.Match[str], day: date | None) -> date | None:
    if not day:
        return None
    monday = day - timedelta(days=day.weekday()) - timedelta(weeks={"上": 1, "上上": 2}.get(match["weeks"], 0))
    return monday + timedelta(days=_WEEKDAYS[match["weekday"]])


RESOLVERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date | None], date | None]], ...] = (
    (FIGURES, _figures),
    (CALENDAR, _calendar),
    (WEEK, _week),
    (NEAR, _near),
)
