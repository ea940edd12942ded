"""Places: where something happens, as the longest phrase from the province down to the pit behind the kiln."""

from collections.abc import Iterator
from dataclasses import dataclass

from tipclass.borders import Borders
from tipclass.localities import ALONE, CLEAR, LANDMARKS, LONGEST, SORTS, county_start, makes_place
from tipclass.patterns import lazy
from tipclass.records import Element, ElementKind
from tipclass.spots import BUILDING, EXTENSIONS, MILESTONE, TAIL, WAY, is_fixed, lies
from tipclass.wordlist import Scanner, any_of, tables, words

Span = tuple[int, int]

_HITS = Scanner({word: sort for sort, listed in SORTS.items() for word in listed})
_ABROAD = frozenset(words("places_abroad"))
# What is spoken of without a name: 小学对面, 铁路桥下面.
_SPOKEN = frozenset({"landmark", "public", "business"})
# 厂后 is a side, and so is the 厂后面 that begins with it.
_SIDE_ENDS = lazy("[后前][面边头]")
_BARE = Scanner(dict.fromkeys((*_ABROAD, *CLEAR), True))

# --- coordinates ---------------------------------------------------------------------------------
_DEGREES = r" ?\d{1,3}(?:\.\d{1,8})?[度°]?(?:\d{1,2}(?:\.\d{1,6})?[分′'])?(?:\d{1,2}(?:\.\d{1,6})?[秒″\"])?"
_LETTERED = r"[NE]\d{1,3}[°.][\d′'″\".]{2,14}"
_DECIMAL = r"(?:1[0-3]\d|[7-9]\d|[1-5]\d)\.\d{3,8}°?[EN]?"
COORDINATES = lazy(
    rf"[东西]经{_DEGREES}[，,、 ]{{0,2}}[南北]纬{_DEGREES}|[南北]纬{_DEGREES}[，,、 ]{{0,2}}[东西]经{_DEGREES}"
    rf"|{_LETTERED}[，,、 ]{{1,2}}{_LETTERED}|(?<![\d.]){_DECIMAL}[，,、 ]{{1,2}}{_DECIMAL}(?!\d)"
)

# Schools that are called by their number alone.
_NUMBERED = frozenset(f"{number}{school}" for number in "一二三四五六七八九" for school in "中小")

# --- what stands around a place ------------------------------------------------------------------
_SETTLEMENTS = ("村", "屯", "社区", "嘎查", "委会")
_OPENING = frozenset({"county", "town"})
_FIRM = lazy(
    rf"(?!一|某)[\u4e00-\u9fff]{{2,14}}?{any_of(tables('place_exceptions')['firm'])}"
    r"(?![镇村路街园区市城东西南北旁对门后前附家宿院])"
)
_ON_WATER = frozenset("里上中边水面")
# Before 家 they make it a home: 自家林地旁边.
_OWNERS = frozenset("自我他她你人大")
_BEGINS = _ON_WATER | frozenset("养种挖建")
_GOES_ON = lazy(r"[里上边]?(?:有[人家个]|那[边里一]|这[边里一]|[又天夜晚]|每天|最近)")
_OURS = lazy(r"(?:[我咱俺]们?|咱家)$")
_LEADS_TO = lazy(
    r"(?:[在到至往从向自沿住经发寄]|(?<![关对由])于|进入?|流[入到进]|直?排[入到进]?|连着|通[到向]|倒[入到进在]|汇入"
    r"|[运销发卖拉寄]往|[卖销运]到|运至|来自"
    r"|[沿顺靠挨]着|靠近|临近|紧邻|毗邻|穿过|[流途]经|横跨|围[垦占堵]|填[了占]|污染了?|占[了用]|抵达|驶[入往]|进了|[路经绕]过|翻过|[来回赶]到"
    r"|产地是?|籍贯|地点|地址|坐标|老家|名字叫|地名叫?)$"
)
_BARE_ENDS = lazy(
    r"[，。；、）)(（“\"\s等的]|边境|口岸|方向|一[\u4e00-\u9fff]|人(?!民)|打工|读书|上学|[那这]边|地区|卖|销售|批发"
    r"|倒|处理|$"
)
_COMES = lazy(r"过?来的|那边来|过来|发货|发来")
_OFFICE = (
    "局|厅|委员会|监督所|管理所|执法|大队|支队|总队|税务|海关|银行|供电|法庭|司法所|办事处(?=[：:])|国土所|林业站|渔政|海事|管委会|卫健委|信访|纪委|监委"
    "|住建|环保所|财政|电视台|日报|[市县区镇]长|书记|领导|人大|政协|武装部|办公室|工商|热线|消防救援|教委|城管"
)
_AUTHORITY = lazy(
    rf"(?:人民)?(?:政府|法院|检察院|公安|派出所|[\u4e00-\u9fff]{{0,8}}?(?:{_OFFICE}))"
    r"|(?<!村)[委长](?![\u4e00-\u9fff]?村)|党委|两委"
    r"|[\u4e00-\u9fff]{1,5}[〔\[]\d{4}"
)
# Where the word found is only the beginning of another one.
_RUNS_INTO = lazy(
    r"弄(?!\d)|冲(?=[断洗下走毁进出到刷了垮向着过完])|村(?:支|民(?!小?组|委))|村头顶|市(?:[民场政容里]|监(?!狱))|县[里委城]|庄[稼某]|办理|冲冲|区[域别]|乡[亲村镇下]|镇政|村[干霸]"
    r"|路[灯面过人况费途基由程障机]|街坊|港口费"
    r"|[河江湖沟]里的|海[鲜里]|山[上里]的?人"
)


@dataclass(slots=True)
class _Phrase:
    """A phrase in the making: its span, whether a name or a fixing word makes it a place, and the sort of its end."""

    start: int
    end: int
    named: bool
    sort: str


def find(text: str, borders: Borders) -> Iterator[Element]:
    """Yield the places of a folded text."""
    taken = bytearray(len(text))
    for start, end in _spans(text, borders):
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            yield Element(ElementKind.PLACE, text[start:end], start, end)


def _spans(text: str, borders: Borders) -> Iterator[Span]:
    for match in COORDINATES.finditer(text):
        yield match.span()
    ends = set()
    for phrase in _phrases(text, borders):
        if _stands(text, phrase, borders):
            ours = _OURS.search(text, max(0, phrase.start - 3), phrase.start) if text[phrase.start] in "村屯" else None
            ends.add(phrase.end)
            yield ours.start() if ours else phrase.start, phrase.end
    for start, end in _bare_names(text):
        if _is_led_to(text, start, end, borders) or (text[start - 1 : start] == "、" and start - 1 in ends):
            ends.add(end)
            yield start, end


def _bare_names(text: str) -> Iterator[Span]:
    """Yield the spans of counties named without 市 or 县; names side by side are one: 北京昌平."""
    first = last = 0
    for start, end, _ in _BARE.scan(text):
        if start != last and last:
            yield first, last
        if start != last or not last:
            first = start
        last = end
    if last:
        yield first, last


def _phrases(text: str, borders: Borders) -> Iterator[_Phrase]:
    """Chain the parts that stand side by side: county, town, village, road, number, side, spot."""
    current: _Phrase | None = None
    refused = 0  # where the last long word ends that was refused: no name reaches over it
    for start, end, sort in _hits(text):
        if current and start < current.end:
            continue
        part = _part(text, start, end, sort, borders, current, refused)
        if not part or _RUNS_INTO.match(text, end - 1):
            refused = end if end - start > 1 else refused
            continue
        if current and _joins(text[current.end : part.start], current, part):
            current.named = current.named or part.named or (sort == "water" and part.start == start)
            current.end, current.sort = part.end, part.sort
        else:
            opened = _opened(text, part)
            if current and current.end == opened.start and borders.free(opened.start, opened.end):
                opened = _Phrase(current.start, part.end, True, part.sort)
            elif current:
                yield current
            current = opened
        _extend(text, current)
    if current:
        yield current


def _hits(text: str) -> list[tuple[int, int, str]]:
    """Return the words for places, the numbers of houses and the ways from a spot, in order of place."""
    numbers = ((match.start(), match.end(), "building") for match in BUILDING.finditer(text))
    ways = ((match.start(), match.end(), "side") for match in WAY.finditer(text))
    miles = ((match.start(), match.end(), "mile") for match in MILESTONE.finditer(text))
    listed = (
        (start, end + (sort == "side" and _SIDE_ENDS.match(text, end - 1) is not None), sort)
        for start, end, sort in _HITS.scan(text)
    )
    return sorted((*listed, *numbers, *ways, *miles), key=lambda hit: (hit[0], -hit[1]))


def _part(
    text: str, start: int, end: int, sort: str, borders: Borders, current: _Phrase | None, refused: int
) -> _Phrase | None:
    """Return the word found with the name before it, or None where the two make no part of a place.

    A word that was refused ends at `refused`; a name of which it would be a part begins behind it.
    """
    if sort == "mile":
        return _Phrase(start, end, True, "road")
    name_start = _name_start(text, start, LONGEST[sort], borders)
    if (name_start is None or name_start < refused) and start - LONGEST[sort] <= refused < start - 1:
        name_start = refused
    if name_start is None and sort == "county" and text[start] == "县" and start > 2:
        name_start = start - 2
    county = county_start(text, start) if sort == "county" else None
    chained = current is not None and start - current.end <= LONGEST[sort] and borders.free(current.end, start)
    if county is not None:
        name_start = county
        if current and current.end > county:
            current.end = max(county, current.start)
    elif current and chained:
        name_start = current.end
    if name_start is None:
        return None
    name, word = text[name_start:start], text[start:end]
    if name[:1] == "家" and text[name_start - 1 : name_start] in _OWNERS:
        return None
    if sort == "side" and not name and not chained and lies(text, end, word):
        return _Phrase(start, end, True, sort)
    beside = sort == "site" and word[0] not in "老旧废" and is_fixed(text, end, numbered=False)
    if not chained and not name and (sort in _SPOKEN or beside):
        return _Phrase(start, end, False, sort if word in _NUMBERED else "bare")
    if not name and current and current.sort in {"village", "town"} and sort in {"village", "town"}:
        return None
    # 解放路老王饭店 is a road and a shop, 解放路老王饭店对面 a place.
    if (
        sort == "business"
        and (name or (current and current.sort in LANDMARKS))
        and not is_fixed(text, end, numbered=chained)
    ):
        return None
    if not makes_place(sort, name, word, chained):
        return None
    return _Phrase(name_start, end, sort not in LANDMARKS, sort)


def _name_start(text: str, end: int, longest: int, borders: Borders) -> int | None:
    """Return where the name before a word begins; the bare name of a county before it makes it longer: 江津朱杨溪."""
    start = borders.place_start(end, longest)
    if start is not None:
        return start
    start = borders.place_start(end, longest + 4)
    if start is None:
        return None
    county = next((size for size in (4, 3, 2) if text[start : start + size] in CLEAR), 0)
    return start if end - start - county <= longest else None


def _opened(text: str, part: _Phrase) -> _Phrase:
    """Open a phrase with its first part, and with the names of counties right before it: 扬州江都区."""
    start = part.start
    while (known := county_start(text, start)) is not None and text[known:start] in CLEAR:
        start = known
    market = text[part.end - 1] in "场城" and any(text[part.start : part.start + size] in CLEAR for size in (2, 3))
    return _Phrase(start, part.end, part.named or start < part.start or market, part.sort)


def _joins(gap: str, current: _Phrase, part: _Phrase) -> bool:
    return not gap or (gap in {"与", "和", "、", "跟", "-"} and current.sort == part.sort == "road")


def _extend(text: str, phrase: _Phrase) -> None:
    """Let the phrase run on over towns, numbers, sides and distances, and over one spot they lead to."""
    tailed = False
    while True:
        for sort, pattern in EXTENSIONS:
            match = pattern.match(text, phrase.end)
            if match and match.end() > phrase.end and (sort != "town" or phrase.sort in {"county", "town"}):
                break
        else:
            match, sort = (
                (None if tailed or (phrase.sort == "bare" and not phrase.named) else TAIL.match(text, phrase.end)),
                "tail",
            )
            if not match or (phrase.sort == "county" and match[0][0] == "的"):
                return
            tailed = True
        phrase.named = phrase.named or _fixes(text, phrase, sort, match[0])
        phrase.sort = sort if sort == "town" else phrase.sort
        phrase.end = match.end()


def _fixes(text: str, phrase: _Phrase, sort: str, part: str) -> bool:
    """Tell whether what a phrase runs on over makes a spot known: a side always, a floor or a part of a named one."""
    if sort not in {"after", "number"}:
        return True
    if phrase.sort == "bare":
        return sort == "after" and text[phrase.end - 1] == "桥"
    return sort == "number" or len(part) > 1


def _stands(text: str, phrase: _Phrase, borders: Borders) -> bool:
    """Tell whether a phrase is a place: it is named or fixed, or something leads to it, and it is no office."""
    if _AUTHORITY.match(text, phrase.end) or text[phrase.start : phrase.end] in ALONE:
        return False
    if phrase.sort in _OPENING and _opens_firm(text, phrase.end, borders):
        return False
    if phrase.named:
        return True
    led = _LEADS_TO.search(text, max(0, phrase.start - 3), phrase.start) is not None
    led = led or (phrase.end - phrase.start > 2 and _is_told_of(text, phrase))
    ends = phrase.end == len(text) or not borders.free(phrase.end, phrase.end + 1) or text[phrase.end] in _BEGINS
    ends = ends or text[phrase.end - 1] == "段"
    return led and ends and (phrase.sort == "water" or text[phrase.start] in "老旧废")


def _is_told_of(text: str, phrase: _Phrase) -> bool:
    """Tell whether somebody is on a water, or a clause begins with a spot where something goes on: 芦花港有人偷捞."""
    if text[phrase.end - 1] in "江河湖溪岛" and text[phrase.end : phrase.end + 1] in _ON_WATER:
        return True
    begins = phrase.start == 0 or not text[phrase.start - 1].isalnum()
    return begins and _GOES_ON.match(text, phrase.end) is not None


def _opens_firm(text: str, end: int, borders: Borders) -> bool:
    """Tell whether the name of a firm goes on where a county or town ends: 玉门市祁连风电材料厂."""
    if text.endswith(_SETTLEMENTS, 0, end):
        return False
    firm = _FIRM.match(text, end)
    return firm is not None and borders.open(end, firm.end())


def _is_led_to(text: str, start: int, end: int, borders: Borders) -> bool:
    """Tell whether a county's or country's bare name is a place: something leads to it, or comes from it."""
    if _COMES.match(text, end):
        return True
    led = _LEADS_TO.search(text, max(0, start - 3), start) is not None
    home = text[start:end] not in _ABROAD and not _AUTHORITY.match(text, end)
    return led and home and (_BARE_ENDS.match(text, end) is not None or not borders.free(end, end + 1))
