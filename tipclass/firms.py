"""Firms: the names of firms, shops, works and craft, by what they end in."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from tipclass.borders import Borders
from tipclass.candidates import Candidate
from tipclass.patterns import lazy
from tipclass.wordlist import Scanner, any_of, tables, words

Span = tuple[int, int]
Found = tuple[int, int, str, Iterable[str]]  # start, end, how it is named, the signs within

_WORDS = tables("party_words")
_ENDINGS = Scanner({word: sort for sort in ("trade", "shop", "works", "company", "vessel") for word in _WORDS[sort]})
_LONGEST = {"company": 18, "works": 12, "shop": 10, "trade": 6}
_MODIFIERS = lazy(any_of(_WORDS["modifiers"]))
_ALL_MODIFIERS = lazy(rf"(?:{_MODIFIERS.pattern}){{1,9}}")
# One character, the 金 of 金辉, is no word for the trade unless it stands where the name ends.
_LONG_MODIFIERS = lazy(rf"{any_of(word for word in _WORDS['modifiers'] if len(word) > 1)}|(?:{_MODIFIERS.pattern})$")
_COMMON = frozenset(words("common"))
_MASKED = lazy(r"某某|[×*○]{2}|XX")

# What an ending must not run into: 厂房 and 店主 are no factory and no shop.
_RUNS_INTO = lazy(
    r"(?<=厂)[房区长家址子方商界矿名]|(?<=店)[主家铺面员名内长址]|(?<=场)[长主所地子景面]|(?<=公司)[法章化制名]|(?<=站)[长点台]"
    r"|(?<=矿)[山石长业产工区]|(?<=[馆院])长|(?<=会)[议员]|(?<=库)[房存]|(?<=行)[为业人]|(?<=食堂)[里的]|(?<=加工)[点厂]|(?<=摊)[主位]"
    r"|(?<=船)[号名上员主]|(?<=直播间)里"
)
# A trade word ends a name only where the name ends: before a sign, a particle, a verb or one of these.
_TRADE_ENDS = lazy(r"仓库|公司|偷|排|店|里|门口|上门|违规|冒充|做|送|当|卖|一直|天天|每|录用|办|涉嫌")
# Firms that serve everybody, and words that only seem a name.
_NEVER = lazy(
    r"(?:[该本此贵我两几各多每另总分子母]|其[他它]|所有|有的|一些|部分|全|某些|上述|涉案|相关|有关|自来水|供[电水]|电力|燃气|热力|公交|物业|保险|快递"
    r"|移动|电信|联通|铁塔|银行|邮政|人民|中心|国家|正规|同类|实体|直播|幼儿|专卖|连锁|大型|小型|一般|普通|合法|外资|国有|知名|品牌|附近|周边|隔壁"
    r"|自己|别人|人家|保洁|劳务派遣)?的?"
)
_OFFICE = lazy(
    r"(?:局|厅|委员会|政府|街道办事处|街道办|村委会|居委会|社区|海关|派出所|法院|检察院|大学|[中小]学|人民医院|[大支]队)$|^(?:黄鹤楼|同仁堂|岳阳楼|九芝堂)"
)
# Sorts of shops too plain to be what is reported unless they have a name.
_PLAIN = frozenset(_WORDS["plain"])
_HALL = lazy(
    r"(?:(?<![\u4e00-\u9fff0-9])|(?<=[的给去在是从]))"
    r"(?P<name>[^\W\da-zA-Z一二三四五六七八九十几两各每整这那号]{2}(?P<hall>堂|轩|阁|斋|楼|之家))(?![长主道梯顶层盘下上])"
)

# What the administrative part of a place ends in; a hill behind it may open the name of a quarry.
_ADMINISTRATIVE = "省市县区旗州镇乡村街路道号组侧边面头角门口"

_OPENING, _CLOSING = ("“", "「", '"'), frozenset('”」"')
_TRAILING = lazy(rf"(?:{_MODIFIERS.pattern}){{1,4}}$")
_QUOTES = frozenset('“”"')
_LIMITED = frozenset({"有限公司", "责任公司", "股份公司"})
# What may stand before a name without being of it: 一采石场, 县化肥厂.
_LEADING = frozenset("一两省市县区镇乡村")

# --- what stands around works and shops without a name -------------------------------------------
_INTRODUCED = lazy(
    r"(?:(?:[有一这那开新叫]|开了|办了|举报|反映|投诉|查处|管管|查一?查)[一两]?(?:[个家座处间伙条艘辆])?|[个家座处间]"
    r"|(?<![一二三四五六])是|系|让|被|[上中下]游的?|镇上的?|村里的?|附近的?|隔壁的?|楼下的?|^)$"
)
_OPENS = lazy(r"[，。！？；：:\n\s]$")
_GOES_ON = lazy(r"[^\W的和与及、]")
_LANDMARK = lazy(
    r"斜?对面|旁边|隔壁|[后前]面|附近|[东西南北][侧边]|往[东南西北]|门口的|背后|边上|楼上|取水口|的?(?:老?职工|工人|员工|下岗|退休|上班|打工|工作|离职)"
)
_SEVERAL = lazy(r"[二三四五六七八九十几多\d][家个座]$")
_TRADED = lazy(r"(?:卖给|[送运拉卖]到|[送运卖销发]往|供给|供应|销给|批发给|[我他她]在)[^，。；]{0,8}$")


class Places:
    """The spans of a text's places, in order, asked for what ends near a point."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = sorted(spans)
        self._ends = [end for _, end in self._spans]

    def before(self, point: int, reach: int) -> Span | None:
        """Return the last place that ends at the point or not more than `reach` before it."""
        at = bisect_left(self._ends, point + 1) - 1
        return self._spans[at] if at >= 0 and point - self._ends[at] <= reach else None

    def covers(self, start: int, end: int) -> bool:
        """Tell whether a place holds the span's end."""
        at = bisect_left(self._ends, end)
        return at < len(self._spans) and self._spans[at][0] <= start


def find(text: str, borders: Borders, places: Sequence[Span]) -> Iterator[Candidate]:
    """Yield what may name a firm, a shop, works or craft in a folded text, with the signs for and against it."""
    known = Places(places)
    for start, end, naming, signs in (*_ended(text, borders, known), *_halls(text, borders)):
        if not _OFFICE.search(text, start, end):
            yield Candidate(start, end, (*signs, *_around(text, start, end, naming, known)), naming != "bare")


def _ended(text: str, borders: Borders, places: Places) -> Iterator[Found]:
    """Yield what ends in a word for a firm, a shop, works, a trade or craft: with its name, and without."""
    for word_start, end, sort in _ENDINGS.scan(text):
        if not _RUNS_INTO.match(text, end):
            for start, naming in _extents(text, word_start, end, sort, borders, places):
                if sort != "company" and _SEVERAL.search(text, max(0, start - 4), start):
                    continue
                yield start, end, naming, _inside(text, start, word_start, end, sort, naming, borders, places)


def _extents(
    text: str, word_start: int, end: int, sort: str, borders: Borders, places: Places
) -> Iterator[tuple[int, str]]:
    """Yield where what ends in a word for a firm may begin, and how it is named then: quoted, named, weak or bare."""
    if word_start and text[word_start - 1] in _CLOSING:
        opened = max(text.rfind(sign, max(0, word_start - 14), word_start - 1) for sign in _OPENING)
        if opened >= 0:
            yield opened, "quoted"
    start = None if sort == "vessel" else _name_start(text, word_start, sort, borders, places)
    if start is not None and start < word_start and not _ALL_MODIFIERS.fullmatch(text, start, word_start):
        named = _bears_name(text, start, word_start, end, places)
        yield start, "named" if named else "weak"
        if named:
            return
    kind = _TRAILING.search(text, max(0, word_start - 9), word_start)
    if (
        sort != "trade"
        and end - word_start > 1
        and text[word_start:end] != "公司"
        and text[word_start:end] not in _LIMITED
    ):
        yield (kind.start() if kind else word_start), "bare"


def _inside(
    text: str, start: int, word_start: int, end: int, sort: str, naming: str, borders: Borders, places: Places
) -> Iterator[str]:
    """Yield the signs of a name and of the word it ends in."""
    word, own = text[word_start:end], text[start:word_start]
    yield f"{sort} {naming}"
    yield f"{naming} {word}"
    yield f"head {naming} {word[-1]}"
    yield f"own {naming} {min(word_start - start, 7)}"
    yield f"own {sort} {naming} {min(word_start - start, 7) // 2}"
    yield f"placed {places.covers(word_start, end)} {naming}"
    if sort == "trade":
        yield f"short trade {word_start - start <= 4 and _ends_trade(text, end, borders)}"
    if naming == "bare":
        reported = _is_reported(text, start, word_start, end, places)
        yield f"reported {reported}"
        yield f"reported {sort} {reported}"
    if naming == "weak":
        yield f"proper {_proper(own)}"
        yield f"opens with {own[0]}"


def _around(text: str, start: int, end: int, naming: str, places: Places) -> Iterator[str]:
    """Yield the signs that stand around a name."""
    yield f"left {naming} {text[max(0, start - 1) : start]}"
    yield f"right {naming} {text[end : end + 1]}"
    yield f"told {naming} {min(text.count(text[start:end]), 3)}"
    yield f"part {naming} {5 * start // (len(text) + 1)}"
    if naming != "bare" and _INTRODUCED.search(text, max(0, start - 5), start):
        yield f"introduced {naming}"
    if _LANDMARK.match(text, end):
        yield f"landmark {naming}"
    if places.before(start, 1):
        yield f"behind a place {naming}"


def _halls(text: str, borders: Borders) -> Iterator[Found]:
    """Yield shops called in the old style, 聚贤楼: two characters that make no usual word before the hall."""
    for match in _HALL.finditer(text):
        name = match["name"]
        if not {name[:2], name[1:3]} & _COMMON and borders.free(match.start("name"), match.start("hall")):
            yield *match.span("name"), "hall", ("hall", f"hall {match['hall']}")


def _name_start(text: str, word_start: int, sort: str, borders: Borders, places: Places) -> int | None:
    """Return where the name before an ending begins; it can follow a place, or open with the name of a county."""
    start = (borders.place_start if sort == "trade" else borders.name_start)(word_start, _LONGEST[sort])
    place = places.before(word_start, _LONGEST[sort])
    if place and (start is None or start < place[1]) and borders.open(place[1], word_start):
        own = text[place[1] : word_start]
        if not own and sort != "company":
            return max(place[0], 1 + max(text.rfind(sign, *place) for sign in _ADMINISTRATIVE))
        whole = sort == "company" and (not _is_named(own) or text[place[1] - 1] in "省市县区")
        return place[0] if whole else place[1]
    if start is None:
        return None
    start = _behind_verbs(text, start, word_start, borders)
    return start + (start < word_start and text[start] in _LEADING)


def _behind_verbs(text: str, start: int, end: int, borders: Borders) -> int:
    """Return where the name begins behind the last verb that is no word of the trade: 把房子改造成民宿.

    One character alone, the 运 of 鸿运, may be part of a name.
    """
    trade = {place for match in _MODIFIERS.finditer(text, start, end) for place in range(*match.span())}
    verb = [place not in trade and not borders.free(place, place + 1) for place in range(start, end)]
    lead = next((place for place, is_verb in enumerate(verb) if not is_verb), len(verb))
    cuts = (place for place in range(lead + 1, len(verb)) if verb[place])
    last = max(
        (place for place in cuts if verb[place - 1] or text[start + place] in "建开办挖搞做盖造"), default=lead - 1
    )
    return start + last + 1


def _ends_trade(text: str, end: int, borders: Borders) -> bool:
    return end == len(text) or not borders.free(end, end + 1) or _TRADE_ENDS.match(text, end) is not None


def _bears_name(text: str, start: int, word_start: int, end: int, places: Places) -> bool:
    """Tell whether an ending bears a name: quoted, before 有限公司, a hill's, or a proper one."""
    if text[start - 1 : start] in _QUOTES and text[end : end + 1] in _QUOTES:
        return True
    told = text[end - 4 : end] in _LIMITED or places.before(word_start, 0) is not None
    return (told and word_start - start > 1) or _is_named(text[start:word_start])


def _is_named(name: str) -> bool:
    """Tell whether there is a name before the ending: more than usual words and the words for what is made or sold."""
    if _NEVER.fullmatch(name) or name[0].isdigit() or "公司" in name:
        return False
    if _ALL_MODIFIERS.fullmatch(name):
        return False
    return _proper(name) > 1 or _MASKED.search(name) is not None


def _proper(name: str) -> int:
    """Return how many characters of a name are of no usual word and no word for what is made or sold."""
    own = _LONG_MODIFIERS.sub(lambda match: "_" * len(match[0]), name)
    usual = {place for at in range(len(own) - 1) if own[at : at + 2] in _COMMON for place in (at, at + 1)}
    return sum(sign >= "一" and sign not in "某的" for place, sign in enumerate(own) if place not in usual)


def _is_reported(text: str, start: int, word_start: int, end: int, places: Places) -> bool:
    """Tell whether works or a shop without a name seem to be what is reported: introduced, no landmark, no customer."""
    name = text[start:word_start]
    if end - start < 3 or (name and _NEVER.fullmatch(name)) or text[start:end] in _PLAIN or _LANDMARK.match(text, end):
        return False
    before = text[max(0, start - 12) : start]
    if places.before(start, 1) and before[-1] not in "，、":
        return True
    if _TRADED.search(before):
        return False
    goes_on = _OPENS.search(before) is not None and _GOES_ON.match(text, end) is not None
    return goes_on or _INTRODUCED.search(before) is not None
