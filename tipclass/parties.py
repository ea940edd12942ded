"""Parties: whom a tip reports, firms and persons, wherever their names stand."""

import re
from collections.abc import Iterable, Iterator, Sequence

from tipclass import firms, persons
from tipclass.borders import Borders
from tipclass.records import Element, ElementKind
from tipclass.wordlist import Scanner

Span = tuple[int, int]

_LABEL = (
    "卖家|商家|店铺|店名|商户|被(?:举报|投诉|反映)(?:人|单位)|被?举报对象|投诉对象|(?:公司|企业|单位)名称|被移送单位|被检查单位|受检单位|违法主体"
    "|当事人|涉事(?:单位|企业)|施工单位|建设单位|生产厂家|开户名"
)
_BRINGS = (
    "店名|招牌|昵称|网名|外号|绰号|店铺|门店|名叫|名为|叫做?|写着|署名|微信名|用户名|账号|名义上叫|[上下]家|直播间"
    "|公众号|小程序|网店|微商|淘宝|拼多多|京东|闲鱼"
)
_WARES = "农药|化肥|肥料|种|药|产品|烟|酒|油|膏|丸|货|东西|面膜|化妆品|减肥|保健|食品|饮料|套餐|项目|牌子"
_OWNERS = "微信|公司|[网门药饭酒]?店|厂|直播间|账号|商家|卖家|老板|超市|棋牌室|烧烤|KTV|会所|工作室|诊所|餐厅|饭庄|火锅"
LABELLED = re.compile(rf"(?:{_LABEL})[:： ]{{1,2}}(?P<name>[^，。；、\s()（）:：“”\"]{{2,20}})")
QUOTED = re.compile(
    rf"(?:{_BRINGS})(?:是|为|叫|上?写着|写)?[:：]?[“\"「](?P<name>[^“”\"「」，。；\n]{{2,16}})[”\"」](?!的?(?:{_WARES}))"
)
OWNED = re.compile(rf"[“\"「](?P<name>[^“”\"「」，。；\n]{{2,14}})[”\"」](?=的?[\u4e00-\u9fff]{{0,2}}?(?:{_OWNERS}))")
HOUSED = re.compile(rf"[一这那]家[“\"](?P<name>[^“”\"，。；\n]{{2,12}})[”\"](?!的?(?:{_WARES}))")
CALLED = re.compile(
    r"(?:(?:工地|项目|楼盘|[饭酒网]店|饭馆|机构|厂子|公司)的?名[字称][是叫]|店名[是叫为]?|[公店厂]司?叫|名叫|自称|讲课的叫|招牌[是叫]|发货人写|厂名[是叫为]|店铺叫|[品场站]名叫|机构叫|群主叫)"
    r"(?P<name>[^\W\da-z的了在是有我你他她它这那不做]{2,16})(?=[，。；、\s（(”\"]|$)"
)


def find(text: str, borders: Borders, places: Sequence[Span]) -> Iterator[Element]:
    """Yield the reported parties of a folded text; `places` are the spans of its places."""
    introduced = [
        match.span("name") for pattern in (LABELLED, QUOTED, OWNED, HOUSED, CALLED) for match in pattern.finditer(text)
    ]
    named = [*introduced, *firms.find(text, borders, places), *persons.of_places(text, places)]
    taken = bytearray(len(text))
    spans: list[Span] = []
    for start, end in (*_everywhere(text, named), *_everywhere(text, persons.find(text))):
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            spans.append((start, end))
    for start, end in sorted(spans):
        yield Element(ElementKind.SUBJECT, text[start:end], start, end)


def _everywhere(text: str, spans: Iterable[Span]) -> list[Span]:
    """Return the spans and all further mentions of what stands there, the longest first at each place."""
    found = set(spans)
    mentions = Scanner({text[start:end]: True for start, end in found if end - start > 1})
    found.update((start, end) for start, end, _ in mentions.scan(text))
    return sorted(found, key=lambda span: (span[0], -span[1]))
