"""Particulars: names of places and persons, numbers and hours by which one matter is told from another of its kind."""

import functools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from tipclass.patterns import lazy

# A name is the two characters before the word for what it names: wherever it began, they come before that word.
NAMED = lazy(r"(?P<name>[\u4e00-\u9fff]{2})(?P<word>村|镇|乡|街道|路|街|小区|社区|屯|水库|河|闸|桥|县|区|苑|园|巷)")
NUMBERED = lazy(
    r"(?P<name>[一二三四五六七八九十\d]{1,4})(?P<word>巷|组|小学|小|中学|中|号楼|栋|幢|单元|期|号线|路|号|队|店|区|社|桥|公里)"
)
PLACED = lazy(
    r"(?=(?P<name>[\u4e00-\u9fff]{2})(?:村|镇|乡|街|路|巷|屯|庄|湾|坝|岭|沟|山|湖|江|河|溪|渠|塘|洲|岛|闸|桥|码头|渡口|水库|市场"
    r"|广场|大道|公园|园区|工业|小区|社区|家园|花园|苑|园|城|大厦|公馆|学校|小学|中学|医院|车站|林场|农场|矿|坳|坪|嘴|口))"
)
SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛范彭郎鲁韦马苗凤方俞任袁柳史唐费廉岑薛雷"
    "贺倪汤滕殷罗毕郝邬安常乐于傅皮卞齐康伍余元顾孟黄穆萧尹姚邵汪祁毛狄米贝明臧计成戴宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季贾路娄江童颜"
    "郭梅林刁钟徐邱骆高夏蔡田樊胡凌霍虞万柯管卢莫经房裘缪解应宗丁宣邓郁单杭洪包诸左石崔吉龚程邢裴陆荣翁荀羊甄封储靳段富巫乌焦巴牧谷"
    "车侯班仰秋仲伊宫宁仇栾甘厉戎祖武符刘景詹束龙叶司黎薄印白蒲卓池乔闻党翟谭劳姬申冉桑桂牛尚农温庄晏柴瞿阎慕连习艾容向古易慎戈廖居"
    "步都耿满弘匡国文寇广禄沃利师巩厍聂晁勾敖融冷辛阚那简饶曾关蒯相查游权邝逯"
)
PERSON = lazy(
    rf"姓(?P<told>[{SURNAMES}])|老(?P<old>[{SURNAMES}])(?!板)"
    rf"|(?P<name>[{SURNAMES}])(?:某|老板|总|老[一二三四五六七八九大幺]|[一二三四五六七八九]哥|师傅|氏|医生|大夫|经理|主任|书记|队长)"
)
AMOUNT = lazy(r"[\d零〇一二两三四五六七八九十百千万]+")
SMALLEST = 4  # amount that is more than a manner of speaking
HOURS = {
    "night": "凌晨 半夜 夜里 晚上 夜间 深夜 通宵 天黑",
    "day": "白天 中午 下午",
    "morning": "早上 清晨 早晨",
    "evening": "傍晚",
    "holiday": "周末 节假日",
}
HOUR_OF = {word: hour for hour, told in HOURS.items() for word in told.split()}
HOUR = lazy("|".join(HOUR_OF))
DIGITS = str.maketrans("一二三四五六七八九", "123456789")
NONE = ("", "")  # what is read where nothing is told
Read = Callable[[re.Match[str]], tuple[str, str]]

FIGURES = {sign: value for value, signs in enumerate(("〇零", "一", "二两", *"三四五六七八九")) for sign in signs}
UNITS = {"十": 10, "百": 100, "千": 1000}
MOST_FIGURES = 3  # of an amount; longer ones are one kind
MOST = 2  # names or numbers in which two texts may agree or differ, and more is no more


@dataclass(frozen=True)
class Particulars:
    """Which names stand in which text, and to which word each belongs; shapes (texts, names) and (names, words)."""

    names: sparse.csr_matrix
    words: sparse.csr_matrix

    @functools.cached_property
    def there(self) -> sparse.csr_matrix:
        """Which words stand with any name in which text."""
        return (self.names @ self.words).sign().tocsr()

    def compare(self, one: NDArray[np.int64], two: NDArray[np.int64]) -> tuple[NDArray[np.float32], ...]:
        """Return for pairs of rows in how many words they agree, and in how many they only differ."""
        there = self.there
        agree = _count((self.names[one].multiply(self.names[two]) @ self.words).sign())
        both = _count(there[one].multiply(there[two]))
        return np.minimum(agree, MOST), np.minimum(both - agree, MOST)


def _count(table: sparse.csr_matrix) -> NDArray[np.float32]:
    return np.asarray(table.sum(axis=1), dtype=np.float32).ravel()


def named(texts: Sequence[str]) -> Particulars:
    """Find the names of villages, roads, rivers and the like in plain texts."""
    return _particulars(texts, NAMED, lambda match: (match["name"], match["word"]))


def numbered(texts: Sequence[str]) -> Particulars:
    """Find the numbers of houses, groups, schools and the like in plain texts; they are told by the first character."""
    return _particulars(texts, NUMBERED, lambda match: (match["name"].translate(DIGITS), match["word"][0]))


def placed(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Return row and key (both code points) of the two characters before each word for a place; some are no name."""
    found = ((row, match["name"]) for row, text in enumerate(texts) for match in PLACED.finditer(text))
    return list(dict.fromkeys((row, ord(name[0]) << 16 | ord(name[1])) for row, name in found))


def persons(texts: Sequence[str]) -> Particulars:
    """Find the surnames of persons in plain texts."""
    return _particulars(texts, PERSON, lambda match: (match["told"] or match["old"] or match["name"], "person"))


def hours(texts: Sequence[str]) -> Particulars:
    """Find at what time of the day or week things happen."""
    return _particulars(texts, HOUR, lambda match: (HOUR_OF[match[0]], "hour"))


def amounts(texts: Sequence[str]) -> Particulars:
    """Find numbers, in figures or Chinese, by how many figures they have; those below four are no particulars."""

    def read(match: re.Match[str]) -> tuple[str, str]:
        value = str(_value(match[0]))
        return (value, str(min(len(value), MOST_FIGURES))) if int(value) >= SMALLEST else ("", "")

    return _particulars(texts, AMOUNT, read)


def _value(wording: str) -> int:
    """Return a number in figures or Chinese: 21 and 二十一, 1.2 万 not."""
    total = section = digit = 0
    for sign in wording:
        if sign in UNITS:
            section += (digit or 1) * UNITS[sign]
            digit = 0
        elif sign == "万":
            total, section, digit = (total + section + digit) * 10_000, 0, 0
        else:
            digit = digit * 10 + (int(sign) if sign.isdigit() else FIGURES[sign])
    return total + section + digit


def _particulars(texts: Sequence[str], pattern: re.Pattern[str], read: Read) -> Particulars:
    rows, columns = [], []
    names: dict[tuple[str, str], int] = {}
    for row, text in enumerate(texts):
        for key in {read(match) for match in pattern.finditer(text)} - {NONE}:
            rows.append(row)
            columns.append(names.setdefault(key, len(names)))
    kinds = {word: place for place, word in enumerate(dict.fromkeys(word for _, word in names))}
    belongs = _ones(range(len(names)), [kinds[word] for _, word in names], (len(names), len(kinds)))
    return Particulars(_ones(rows, columns, (len(texts), len(names))), belongs)


def _ones(rows: Sequence[int], columns: Sequence[int], shape: tuple[int, int]) -> sparse.csr_matrix:
    return sparse.csr_matrix((np.ones(len(columns), np.float32), (rows, columns)), shape=shape)
