"""An invented ledger: some four hundred tips over seven months, steady but for one planted surge."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from tipclass.ledger import Row, Status
from tipclass.records import Repeats, Route, Series, TieKind

FIRST, LAST = date(2026, 4, 1), date(2026, 10, 31)
TODAY = date(2026, 11, 5)
STORIES = {
    "water_pollution": ("夜里从后墙的管子往河里放黑水", "生态环境", ("排污口一直流黄水", "下雨天偷排，沟里都是泡沫")),
    "illegal_fishing": ("有人背着电瓶电鱼", "农业农村", ("快艇拖网，渔政一来就跑", "桥下有人下地笼")),
    "air_pollution": ("半夜烧塑料，呛得睡不着", "生态环境", ("烟囱冒黑烟", "喷漆味道很大，窗户不敢开")),
    "food_safety": ("熟食店用发臭的肉做卤味", "市场监管", ("豆腐坊里用工业石膏", "外卖店后厨老鼠乱窜")),
    "noise_pollution": ("工地打桩打到后半夜", "住房城乡建设", ("广场音响吵到十一点", "楼下切割石材")),
    "waste_dumping": ("货车往废砖窑里倒工业渣", "生态环境", ("山沟里倒了一车一车的建筑垃圾", "桶装的废油埋在地里")),
    "tobacco": ("小卖部卖没有税标的香烟", "烟草专卖", ("有人上门推销走私烟", "仓库里堆着假烟")),
    "other_matter": ("路灯坏了一直没人修", "", ("公交站牌写错了", "社保卡办不下来")),
    "not_a_tip": ("会议强调，要扎实推进各项工作", "", ("关于印发工作方案的通知", "本台消息：专项行动取得成效")),
}
WEIGHTS = (9, 6, 6, 5, 5, 4, 3, 4, 2)
PLACES = tuple(
    f"清江市{county}{town}"
    for county, towns in (("临河区", ("河口镇", "石桥街道")), ("望山县", ("城关镇", "柳林乡")), ("沙洲区", ("沙头镇",)))
    for town in towns
)
CHANNELS = ("12345热线", "网站信箱", "来信", "12369平台")
SUBJECTS = ("", "", "永利印染厂", "顺达沙石场", "好再来熟食店", "宏发塑料加工点")


def invented(seed: int = 7, *, per_month: int = 55, surge: int = 14) -> list[Row]:
    """Return the rows of a ledger; `surge` tips on waste in one town come in the last two weeks of it."""
    dice = random.Random(seed)
    days = (LAST - FIRST).days + 1
    planted = [(LAST - timedelta(days=dice.randrange(14)), "waste_dumping", "清江市望山县柳林乡") for _ in range(surge)]
    steady = [
        (FIRST + timedelta(days=dice.randrange(days)), dice.choices(list(STORIES), WEIGHTS)[0], dice.choice(PLACES))
        for _ in range(per_month * 7 if per_month else 0)
    ]
    rows: list[Row] = []
    for number, (received, code, place) in enumerate(sorted([*steady, *planted]), 1):
        rows.append(_row(number, received, code, place, dice, rows))
    return rows


def _row(number: int, received: date, code: str, place: str, dice: random.Random, earlier: Sequence[Row]) -> Row:
    opening, lead, more = STORIES[code]
    route = Route.SET_ASIDE if code == "not_a_tip" else dice.choices([Route.ACCEPT, Route.REVIEW], [3, 1])[0]
    age = (TODAY - received).days
    row = Row(
        number=f"2026-{number:04}",
        received=received,
        id=f"R{number}",
        source="热线.xlsx",
        text=f"{place.removeprefix('清江市')}{dice.choice((opening, *more))}，联系电话1380000{number:04}，请尽快来查",
        labels=(code,),
        route=route,
        certainty=0.9,
        channel=dice.choice(CHANNELS),
        place=place,
        subject=dice.choice(SUBJECTS) if lead else "",
        grade=dice.choices("ABC", [1, 3, 6])[0] if lead else "",
        lead=lead,
        status=Status.CLOSED if dice.random() < min(0.97, age / 60) else dice.choice((Status.REGISTERED, Status.SENT)),
        due=received + timedelta(days=60 if lead == "生态环境" else 21) if lead else None,
        series=(Series(TieKind.METHOD, "后半夜作业", ()),) if dice.random() < 0.05 else (),
    )
    near = [each for each in earlier[-25:] if (each.labels, each.place) == (row.labels, row.place) and not each.repeats]
    if lead and near and dice.random() < 0.25:
        row = replace(row, repeats=Repeats(near[0].number, 2))
    return row
