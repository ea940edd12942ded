"""Identifiers: numbers with their check digits, accounts, plates and ships."""

import pytest

from tipclass import identifiers
from tipclass.folding import fold


def read(text: str) -> list[tuple[str, str, str]]:
    return [(found.kind.value, found.text, found.note) for found in identifiers.find(fold(text))]


@pytest.mark.parametrize(
    ("text", "kind", "surface"),
    [
        ("手机13800138000。", "phone", "13800138000"),
        ("手机号：１３８００１３８０００", "phone", "13800138000"),
        ("打138 0013 8000", "phone", "138 0013 8000"),
        ("打138-0013-8000", "phone", "138-0013-8000"),
        ("打138****1234", "phone", "138****1234"),
        ("打+86 137 5801 9246", "phone", "+86 137 5801 9246"),
        ("座机0371-6610 8834", "phone", "0371-6610 8834"),
        ("座机(010)85364172", "phone", "(010)85364172"),
        ("客服400-871-6632", "phone", "400-871-6632"),
        ("电话8536 4172", "phone", "8536 4172"),
        ("发到a.b_c@163.com谢谢", "email", "a.b_c@163.com"),
        ("微信号ylx_8899", "account", "ylx_8899"),
        ("QQ30457812", "account", "30457812"),
        ("加V信：lao_wang-88", "account", "lao_wang-88"),
        ("快手号：cxnz_zhibo09", "account", "cxnz_zhibo09"),
        ("群号594731802", "account", "594731802"),
        ("发在dongfengqu_laohu这个抖音上", "account", "dongfengqu_laohu"),
        ("冀E·7K3*8拉走", "plate", "冀E·7K3*8"),
        ("车号：湘A 12345", "plate", "湘A 12345"),
        ("蒙A·D07*85是绿牌", "plate", "蒙A·D07*85"),
        ("鲁A·12**5", "plate", "鲁A·12**5"),
        ("豫C某某某", "plate", "豫C某某某"),
        ("晋M*****挂", "plate", "晋M*****挂"),
        ("看见浙岭渔12345在拖", "ship", "浙岭渔12345"),
        ("皖某某货9908", "ship", "皖某某货9908"),
        ("“琼××渔54321”号", "ship", "琼××渔54321"),
        ("和鄱阳湖采17号", "ship", "鄱阳湖采17号"),
        ("“宏运168”轮", "ship", "宏运168"),
        ("看见皖顺泰6031这条船", "ship", "皖顺泰6031"),
        ("船停着，是闽峰88×61", "ship", "闽峰88×61"),
        ("举报闽岚渔9102号出海", "ship", "闽岚渔9102号"),
    ],
)
def test_an_identifier_is_found(text: str, kind: str, surface: str) -> None:
    assert (kind, surface, "") in read(text)


@pytest.mark.parametrize(
    ("text", "kind", "note"),
    [
        ("身份证11010519491231002X", "id_number", "valid"),
        ("身份证110105194912310021", "id_number", "invalid"),
        ("身份证430***********0019", "id_number", ""),
        ("卡号6228480402564890018", "bank_card", "valid"),
        ("卡号6222 0262 1938 2806 686", "bank_card", "invalid"),
        ("信用代码91350100M000100Y43", "credit_code", "valid"),
        ("信用代码91350100M000100Y44", "credit_code", "invalid"),
        ("信用代码91350100M00010OY43", "credit_code", "invalid"),
    ],
)
def test_check_digits_are_told(text: str, kind: str, note: str) -> None:
    assert [(found, said) for found, _, said in read(text)] == [(kind, note)]


@pytest.mark.parametrize(
    "text",
    [
        "打12345和12315、110都没用",
        "法释〔2023〕7号第1条",
        "工单编号：2024060718823",
        "工单号202406071234567890",
        "银行卡尾号0612",
        "车牌尾号368",
        "微信转账7500元",
        "玩QQ农场24小时",
        "云南路23号，川A牌照",
        "中国渔政33001船",
        "渔政船货物共进货300箱",
        "2024-05-19至2024-06-02",
        "轮胎20吨，第三轮12家",
        "(Andrias davidianus)",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert read(text) == []
