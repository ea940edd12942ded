"""Localities: whether the name before a word such as 村, 路 or 水库 makes it a part of a place."""

from collections.abc import Callable

from tipclass.patterns import lazy
from tipclass.wordlist import tables, words

SORTS = tables("place_words")
# The longest name of each sort.
LONGEST = {
    "county": 3,
    "town": 6,
    "village": 6,
    "road": 6,
    "site": 8,
    "public": 8,
    "landmark": 8,
    "business": 8,
    "water": 3,
    "side": 8,
    "building": 8,
}
# Sorts that are places only where a side, a distance or a way leads to them.
LANDMARKS = frozenset({"water", "public", "landmark", "business"})
CLEAR = frozenset(words("places"))
KNOWN = CLEAR | frozenset(words("places_common"))

_LISTED = tables("place_exceptions")
_EXCEPTIONS = {label: frozenset(listed) for label, listed in _LISTED.items()}
ALONE = _EXCEPTIONS["alone"]
_WORDS = frozenset(word for listed in SORTS.values() for word in listed)
_LEVELS, _GROUNDS, _UNNAMED = _LISTED["level"], _LISTED["ground"], _LISTED["unnamed"]
_MASKS = frozenset("某×*○XABCDEFGHIJKMN")
_ADMINISTRATIVE = frozenset("省市县区乡镇村州")
# Names of one character that villages bear and towns do not: 王村.
_SHORT = frozenset("村屯寨庄社")
_COUNTED = lazy(
    r"\d|[一二三四五六七八九十百两几](?:[条座个级米栋层户段]|里$|十$|百)|一(?:[张支片份口块次根把辆种股堆]|小时)"
    r"|[二三四五六七八九十百两几]{1,3}(?:天|小时|公里|分钟)"
)
_NO_ROAD = frozenset("线道电马网思断绝半让堵占封截")
_HALLS = frozenset("城厦馆场院广座汇港都园")
_LAND = frozenset("山坝堤洲沟库")
_TRADES = frozenset("农茶饭钱布酒山烟票绸药渔")
_NO_WATER = frozenset("院阴鱼虾地岔景邻时前后护阿外内里边角旁土污臭黑废荒泄排渗粪孔座条山农回沿雨")

Judge = Callable[[str, str, bool], bool]


def makes_place(sort: str, name: str, word: str, chained: bool) -> bool:
    """Tell whether name and word are a part of a place; `chained` says that another part ends where the name begins.

    >>> makes_place("village", "东岗", "村", False), makes_place("village", "农", "村", False)
    (True, False)
    """
    return _JUDGES[sort](name, word, chained)


def county_start(text: str, end: int) -> int | None:
    """Return where the county begins whose name ends here, if one does; the 望城 of 希望城市 is none."""
    for size in (4, 3, 2):
        start = end - size
        if start >= 0 and text[start:end] in KNOWN and text[start - 1 : start + 1] not in {"希望", "失望", "盼望"}:
            return start
    return None


def _settled(name: str, word: str, chained: bool) -> bool:
    """A town or village: a name of Chinese characters or masks."""
    if not name:
        return chained
    return not _COUNTED.match(name) and (len(name) > 1 or word[0] in _SHORT or name in _MASKS)


def _county(name: str, word: str, chained: bool) -> bool:
    if name in KNOWN:
        return True
    if name + word in KNOWN:  # 郑州, without 市, is a place only where something leads to it
        return chained
    masked = name[-1:] in _MASKS and bool(name)
    if word[0] in "省盟旗州":
        return masked or (chained and bool(name))
    if word in {"区", "市"} and not (chained or masked) and (word == "区" or len(name) > 2):
        return False
    if set(name) <= _ADMINISTRATIVE or name in _EXCEPTIONS["county"] or (len(name) < 2 and not masked):
        return False
    return not name[0].isdigit()


def _town(name: str, word: str, chained: bool) -> bool:
    if (name and set(name) <= _ADMINISTRATIVE) or name in _EXCEPTIONS["town"] or name.endswith(_LEVELS):
        return False
    return _settled(name, word, chained)


def _village(name: str, word: str, chained: bool) -> bool:
    if (name and set(name) <= _ADMINISTRATIVE) or name in _EXCEPTIONS["village"]:
        return False
    if word == "庄" and name[-1:] in _TRADES and not chained:
        return False
    return _settled(name, word, chained)


def _road(name: str, word: str, chained: bool) -> bool:
    if _COUNTED.match(name) and not word.endswith(("道", "高速")):
        return False
    if word == "路" and name[-1:] in _NO_ROAD and name:
        return False
    if not name or name in _EXCEPTIONS["road"]:
        return chained
    return chained or len(name) > 1 or len(word) > 1


def _site(name: str, word: str, chained: bool) -> bool:
    if not name or name in _EXCEPTIONS["site"]:
        return (chained and len(word) > 1) or (not name and word[0] in "老旧废")
    return chained or (name not in _WORDS and (len(name) > 1 or (len(word) > 3 and name in _MASKS)))


def _water(name: str, word: str, chained: bool) -> bool:
    if not name:
        return chained
    return (
        (name not in {"水", "大", "小"} or (chained and name != "水"))
        and not name[0].isascii()
        and not set(name) & _NO_WATER
    )


def _side(name: str, word: str, chained: bool) -> bool:
    if chained or word in ALONE:
        return True
    said = len(name) > 1 and name not in _EXCEPTIONS["anchor"] and not name[0].isascii()
    return said and (word[0] in _LAND or (name.endswith(_GROUNDS) or word[0] in _GROUNDS))


def _building(name: str, word: str, chained: bool) -> bool:
    """A house number or floor behind the name of an estate: 幸福里二期4栋, 万象城四楼."""
    if chained or len(name) < 2 or name in _EXCEPTIONS["anchor"] or name.endswith(_UNNAMED):
        return False
    return word[-1] not in "楼层" or word.endswith("号楼") or (len(name) > 2 and name[-1] in _HALLS)


_JUDGES: dict[str, Judge] = {
    "county": _county,
    "town": _town,
    "village": _village,
    "road": _road,
    "site": _site,
    "public": _site,
    "landmark": _site,
    "business": _site,
    "water": _water,
    "side": _side,
    "building": _building,
}
