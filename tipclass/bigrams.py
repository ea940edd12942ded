"""Bigrams: the pairs of characters that texts are made of, and how rare each of them is in tips."""

import functools
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from tipclass import settings
from tipclass.clean import drop_controls, drop_pinyin, drop_tags, fold_width, simplify, unescape_entities

Keys = NDArray[np.uint32]
Counts = NDArray[np.int64]

FILE = "pairs.txt"
LEAST = 5  # texts of the corpora that a pair must stand in to be listed
LOW = 0xFFFF  # the second character of a key
MOST_SHARE = 50  # texts from which three characters in a row are no name
UNLISTED = 1  # texts that a pair is taken to stand in which is not

STEPS = (drop_controls, unescape_entities, drop_tags, fold_width, drop_pinyin, simplify)
# What a hotline, a platform or the manners of letters put around any matter.
_WHO = r"(?:来电[人者]|市民|群众|网友|诉求人|投诉人|举报人|反映人|当事人|该市民|该群众|来信人|信访人)"
_FRAMES = (
    rf"(?:接|据)?(?:{_WHO}(?:[\u4e00-\u9fff]?(?:先生|女士))?)(?:再次|多次|匿名|来电|致电|来信|实名|电话){{0,9}}"
    r"(?:反映|称|表示|举报|投诉|咨询|诉|认为|来电|希望|要求|请求)+[：:,，]?",
    r"(?:请|望|希望|要求|请求|建议|诉求|恳请|盼)(?:贵?局|有关部门|相关部门|职能部门|政府|领导|上级|执法部门|你们|属地|主管部门){0,9}(?:尽快|及时|依法|予以|给予|能够?|早日|派人|介入|到现场){0,9}"
    r"(?:核实|处理|查处|调查|解决|回复|答复|关注|重视|协调|整治|核查|管管|管一管|为盼)+",
    r"(?:尊敬的|敬爱的)[\u4e00-\u9fff、]{0,12}(?:领导|书记|[市县区局]长|同志)们?[：:,，]?|(?:您|你们?|领导)好[！!,，。]?|此致|敬礼|特此(?:反映|举报|投诉)",
    r"[^，。！？；\n]{0,12}(?:百忙之中|的心情(?:给您|写|向|反映|提笔)|走投无路|实在是?没有办法|体察民情|为民做主|(?:百姓|群众|我们|小民)做主|多次向[^，。]{0,10}反映|一直没有(?:结果|人管|答复)|明察秋毫|主持公道|尽快派人|不胜感激|翘首以盼|跪求|冒昧)[^，。！？；\n]{0,16}",
    r"(?:此致|敬礼|祝您?[^，。！\n]{0,10}(?:顺利|健康|顺遂)|全体(?:村民|业主|居民|职工)敬?上?(?=[\s，。]{0,99}$))",
    r"(?:工单|受理)(?:编号|号|类型|时间)[：:]?\S{0,20}|(?:诉求|反映|主要)(?:内容|目的)[：:]|办理(?:要求|单位)[：:]\S{0,12}|\[(?:电话|长号码|网址|隐名)\]",
)
FRAMES = re.compile("|".join(_FRAMES))
SIGNS = re.compile(r"[^\u4e00-\u9fffa-z0-9]+|[某叉]+")


def plain(text: str) -> str:
    """Return what can be compared of a raw text: simplified, in small letters, a space for each sign, no stock frames.

    >>> plain("来电人反映：東崗村有人倒垃圾！希望相关部门尽快处理。")
    '东岗村有人倒垃圾'
    """
    for step in STEPS:
        text = step(text)
    return SIGNS.sub(" ", FRAMES.sub("，", text).lower()).strip()


@dataclass(frozen=True)
class Bigrams:
    """Which pairs stand in which text: `table` of ones, shape (texts, pairs).

    `rarity`, `texts` and `keys` are those of each pair; keys, both code points in 32 bits, ascend.
    """

    table: sparse.csr_matrix
    rarity: NDArray[np.float32]
    texts: Counts
    keys: Counts

    @property
    def weighed(self) -> sparse.csr_matrix:
        """The table with the rarity of each pair in place of its one."""
        weights = self.table.copy()
        weights.data = self.rarity[weights.indices]
        return weights


def bigrams(texts: Sequence[str]) -> Bigrams:
    """Take plain texts apart; a pair is the rarer, the fewer of the corpora and of these texts it stands in."""
    rows, keys = distinct_pairs(texts)
    signs, letters = np.unique(np.stack([keys >> 16, keys & LOW]), return_inverse=True)
    codes = letters[0] * len(signs) + letters[1]
    counts = np.bincount(codes, minlength=len(signs) ** 2)  # a table is many times faster than sorting
    present = np.flatnonzero(counts)
    columns = np.cumsum(counts > 0) - 1
    known, texts_of = usual_pairs(), counts[present]
    vocabulary = (signs[present // max(1, len(signs))] << 16) | signs[present % max(1, len(signs))]
    rarity = np.log((known.size + len(texts) + 1) / (known.texts(vocabulary) + texts_of))
    starts = np.searchsorted(rows, np.arange(len(texts) + 1))
    parts = (np.ones(len(keys), np.float32), columns[codes].astype(np.int32), starts.astype(np.int32))
    table = sparse.csr_matrix(parts, shape=(len(texts), len(present)))
    return Bigrams(table, rarity.astype(np.float32), texts_of, vocabulary.astype(np.int64))


def distinct_pairs(texts: Sequence[str]) -> tuple[Counts, Keys]:
    """Return row and key of the pairs of characters that no sign parts, each once a text, in order.

    A key is both code points in 32 bits.
    """
    codes, rows = _codes(texts)
    within = (codes[:-1] > ord(" ")) & (codes[1:] > ord(" "))
    return _distinct((rows[:-1][within] << 32) | (codes[:-1][within] << 16) | codes[1:][within])


def distinct_keys(texts: Sequence[str]) -> tuple[Counts, Keys]:
    """Return row and key of the characters and of the pairs of characters, each once a text, in order."""
    codes, rows = _codes(texts)
    signs, within = codes > ord(" "), (codes[:-1] > ord(" ")) & (codes[1:] > ord(" "))
    pairs = (rows[:-1][within] << 32) | (codes[:-1][within] << 16) | codes[1:][within]
    return _distinct(np.concatenate([(rows[signs] << 32) | codes[signs], pairs]))


def _codes(texts: Sequence[str]) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    codes = np.frombuffer("\n".join(texts).encode("utf-32-le"), dtype=np.uint32)
    rows = np.cumsum(codes == ord("\n"), dtype=np.uint64)
    return np.where(codes > LOW, ord(" "), codes).astype(np.uint64), rows


def _distinct(keyed: NDArray[Any]) -> tuple[Counts, Keys]:
    both = np.sort(keyed)
    both = both[np.diff(both, prepend=np.uint64(2**64 - 1)) != 0]
    return (both >> 32).astype(np.int64), (both & 0xFFFFFFFF).astype(np.uint32)


@dataclass(frozen=True)
class Usual:
    """In how many of so many texts of the corpora each pair stands; `keys` ascend."""

    keys: Keys
    counts: Counts
    size: int

    def texts(self, keys: Keys) -> Counts:
        """Return the count of each key."""
        if not len(self.keys):
            return np.full(len(keys), UNLISTED)
        at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return np.where(self.keys[at] == keys, self.counts[at], UNLISTED)


@functools.cache
def usual_pairs() -> Usual:
    """Read corpora/link/pairs.txt: a count and the pairs that stand in so many texts, a line each."""
    lines = (settings.corpora_folder() / "link" / FILE).read_text(encoding="utf-8").splitlines()
    listed = [line.split() for line in lines if line and not line.startswith("#")]
    size = int(listed[0][1])
    found = sorted((ord(pair[0]) << 16 | ord(pair[1]), int(line[0])) for line in listed[1:] for pair in line[1:])
    keys, counts = zip(*found, strict=True)
    return Usual(np.array(keys, np.uint32), np.array(counts, np.int64), size)


def usual_rarity(text: str) -> dict[str, float]:
    """Return the pairs of characters of a plain text, each with its rarity in the corpora."""
    listed, unlisted = _usual_rarities()
    pairs = (one + other for one, other in itertools.pairwise(text) if " " not in (one, other))
    return {pair: listed.get(pair, unlisted) for pair in pairs}


@functools.cache
def _usual_rarities() -> tuple[dict[str, float], float]:
    """Return the rarity of each listed pair, and that of any other."""
    known = usual_pairs()
    rarity = np.log((known.size + 1) / known.counts).tolist()
    pairs = (f"{chr(key >> 16)}{chr(key & LOW)}" for key in known.keys.tolist())
    return dict(zip(pairs, rarity, strict=True)), float(np.log((known.size + 1) / UNLISTED))


def strange_runs(texts: Sequence[str], most: int) -> tuple[list[int], list[str]]:
    """Return row and wording of each three characters in a row that some texts share and that are hardly a word.

    Of the rows that have any, at most so many are told, the earliest; the others count all the same.
    """
    codes, rows = _codes(texts)
    if len(codes) < 3:
        return [], []
    present = np.bincount(codes.astype(np.int64)) > 0  # a table is many times faster than sorting
    signs, numbers = np.flatnonzero(present), (np.cumsum(present) - 1)[codes]
    within = (codes[:-2] > ord(" ")) & (codes[1:-1] > ord(" ")) & (codes[2:] > ord(" "))
    known = usual_pairs()
    pairs = ((codes[:-1] << 16) | codes[1:]).astype(np.uint32)
    strange = known.texts(pairs) <= UNLISTED
    within &= strange[:-1] | strange[1:]
    three = (numbers[:-2] * len(signs) + numbers[1:-1]) * len(signs) + numbers[2:]
    kinds, kind = np.unique(three[within], return_inverse=True)
    once = np.unique(rows[:-2][within].astype(np.int64) * max(1, len(kinds)) + kind)
    row, kind = once // max(1, len(kinds)), once % max(1, len(kinds))
    texts_of = np.bincount(kind, minlength=len(kinds))
    shared = (texts_of[kind] > 1) & (texts_of[kind] <= MOST_SHARE)
    shared &= np.isin(row, np.unique(row[shared])[:most])
    told, place = np.unique(kind[shared], return_inverse=True)
    letters = (kinds[told] // len(signs) ** 2, kinds[told] // len(signs) % len(signs), kinds[told] % len(signs))
    spelt = np.stack([signs[each] for each in letters], axis=1).astype(np.uint32)
    wordings = spelt.tobytes().decode("utf-32-le")
    return row[shared].tolist(), [wordings[3 * each : 3 * each + 3] for each in place.tolist()]


def write_usual_pairs(texts: Sequence[str]) -> str:
    """Return the content of pairs.txt for plain texts."""
    vocabulary, counts = np.unique(distinct_pairs(texts)[1], return_counts=True)
    lines = [f"texts {len(texts)}"]
    for count in sorted({int(each) for each in counts if each >= LEAST}):
        pairs = (f"{chr(key >> 16)}{chr(key & LOW)}" for key in vocabulary[counts == count].tolist())
        lines.append(f"{count} {' '.join(pairs)}")
    head = "# In how many texts of corpora/tips each pair of characters stands; written by scripts/fit_link.py.\n"
    return head + "\n".join(lines) + "\n"
