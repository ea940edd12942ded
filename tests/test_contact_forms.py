"""Contacts: numbers and accounts in all the ways they are written."""

import pytest

from tipclass.contact_forms import find
from tipclass.traces import TraceKind


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("电话13800000000，", TraceKind.PHONE, "13800000000"),
        ("+86 138 0000 0000", TraceKind.PHONE, "+86 138 0000 0000"),
        ("0086-139-0990-0000", TraceKind.PHONE, "0086-139-0990-0000"),
        ("1 3 1 0 0 0 0 5 5 5 5。", TraceKind.PHONE, "1 3 1 0 0 0 0 5 5 5 5"),
        ("幺三八零零零零零零零零", TraceKind.PHONE, "幺三八零零零零零零零零"),
        ("一三八，零零零零，零零零零", TraceKind.PHONE, "一三八，零零零零，零零零零"),
        ("139****0000", TraceKind.PHONE, "139****0000"),
        ("(0571)8812 3456转801", TraceKind.PHONE, "(0571)8812 3456转801"),
        ("座机88120000", TraceKind.PHONE, "88120000"),
        ("130104 19780923 0006", TraceKind.ID_NUMBER, "130104 19780923 0006"),
        ("33010219900307123X", TraceKind.ID_NUMBER, "33010219900307123X"),
        ("护照E00000123", TraceKind.ID_NUMBER, "E00000123"),
        ("幺五零，三个零再加一二三四八", TraceKind.PHONE, "幺五零，三个零再加一二三四八"),
        ("159—0000—0000", TraceKind.PHONE, "159—0000—0000"),
        ("末四位为0046", TraceKind.PHONE, "0046"),
        ("尾号零零四六", TraceKind.PHONE, "零零四六"),
        ("银行卡尾号8806", TraceKind.BANK_CARD, "8806"),
        ("我的车尾号0F6", TraceKind.PLATE, "0F6"),
        ("冀E 12K45", TraceKind.PLATE, "冀E 12K45"),
        ("身份证后四位：2008", TraceKind.ID_NUMBER, "2008"),
        ("6222 0000 1111 2222 333", TraceKind.BANK_CARD, "6222 0000 1111 2222 333"),
        ("a.b-c@mail.com", TraceKind.EMAIL, "a.b-c@mail.com"),
        ("QQ：1000023456", TraceKind.ACCOUNT, "1000023456"),
        ("微信号zhang_jg88", TraceKind.ACCOUNT, "zhang_jg88"),
        ("网友“江边夜钓”说", TraceKind.ACCOUNT, "江边夜钓"),
        ("前面是177，后面0000 6620，", TraceKind.PHONE, "177，后面0000 6620"),
        ("手机138 0000，后四位6184，", TraceKind.PHONE, "138 0000，后四位6184"),
        ("先是166，接着四个零，最后3325。", TraceKind.PHONE, "166，接着四个零，最后3325"),
        ("1350000096113500000962", TraceKind.PHONE, "1350000096113500000962"),
        ("电话：139000041520，多一位", TraceKind.PHONE, "139000041520"),
        ("我6600 0013。", TraceKind.PHONE, "6600 0013"),
        ("门岗68000135没人接", TraceKind.PHONE, "68000135"),
        ("0398、2000515", TraceKind.PHONE, "0398、2000515"),
        ("0851-8500 0042，", TraceKind.PHONE, "0851-8500 0042"),
        ("我的电动车临川A·00631", TraceKind.PLATE, "临川A·00631"),
        ("车牌是豫A00631", TraceKind.PLATE, "豫A00631"),
        ("加我Q2700048816", TraceKind.ACCOUNT, "2700048816"),
        ("电话0759/2200000", TraceKind.PHONE, "0759/2200000"),
        ("电话021-8000 0037*5", TraceKind.PHONE, "021-8000 0037*5"),
        ("号码13900000000转12", TraceKind.PHONE, "13900000000转12"),
        ("手机139O0000021", TraceKind.PHONE, "139O0000021"),
        ("电话只看清138……0000", TraceKind.PHONE, "138……0000"),
        ("打660000（短号）", TraceKind.PHONE, "660000"),
        ("证件1101 0119 9003 0700 12", TraceKind.ID_NUMBER, "1101 0119 9003 0700 12"),
        ("账号1302 0000 0009 0012 447", TraceKind.BANK_CARD, "1302 0000 0009 0012 447"),
        ("卡号六二二八四八零零零零零零零零零零一二三", TraceKind.BANK_CARD, "六二二八四八零零零零零零零零零零一二三"),
        ("拖拉机鲁15·02345停在", TraceKind.PLATE, "鲁15·02345"),
        ("车豫C·7K 300被砸", TraceKind.PLATE, "豫C·7K 300"),
        ("牌号B3K27", TraceKind.PLATE, "B3K27"),
        ("电动车（南宁A0009F）", TraceKind.PLATE, "南宁A0009F"),
        ("快手号东山小凤9021就是我", TraceKind.ACCOUNT, "东山小凤9021"),
        ("我的闲鱼名南瓜不加糖，", TraceKind.ACCOUNT, "南瓜不加糖"),
        ("昵称坡上一棵葱：碗里有钢丝", TraceKind.ACCOUNT, "坡上一棵葱"),
        ("内线60026", TraceKind.PHONE, "60026"),
        ("电话六二零零零零七一，要加区号", TraceKind.PHONE, "六二零零零零七一"),
        ("新村4-1-602，166 0000 0741，", TraceKind.PHONE, "166 0000 0741"),
        ("一折通号是6230 0000 1709 4452 081，", TraceKind.BANK_CARD, "6230 0000 1709 4452 081"),
        ("尾号6F9的白色商务车", TraceKind.PLATE, "6F9"),
        ("骑的电动车，昭通 B21740", TraceKind.PLATE, "昭通 B21740"),
        ("三轮车（洛泾00862）", TraceKind.PLATE, "洛泾00862"),
        ("号牌辽河残0821", TraceKind.PLATE, "辽河残0821"),
        ("甘·农04-21376", TraceKind.PLATE, "甘·农04-21376"),
        ("川A 幺二三K七", TraceKind.PLATE, "川A 幺二三K七"),
        ("打双闪的是我的车，5P83J", TraceKind.PLATE, "5P83J"),
    ],
)
def test_contacts_are_found_whole(text: str, kind: TraceKind, found: str) -> None:
    assert [(each.kind, text[each.start : each.end]) for each in find(text)] == [(kind, found)]


@pytest.mark.parametrize(
    "text",
    [
        "2026年3月5日",
        "QW20260411-0087",
        "120000000元",
        "3.1415926535",
        "一共三个零件",
        "12345",
        "坐标110.7382，31.2056",
        "收了135元，2026年1月1日又来",
        "批号2109031",
        "标准GB 8702-2014",
        "20260501夜里",
        "卖了28000000元",
    ],
)
def test_other_numbers_are_none(text: str) -> None:
    assert not list(find(text))
