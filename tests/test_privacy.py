"""Privacy: what is masked, and what counts as left in."""

import pytest

from tipclass.privacy import mask, personal


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("电话13812345678", [("phone", 2)]),
        ("电话１３８１２３４５６７８", [("phone", 2)]),
        ("138 1234 5678和138-1234-5678", [("phone", 0), ("phone", 14)]),
        ("拨0571-88123456或(010)88123456", [("phone", 1), ("phone", 15)]),
        ("身份证33010219900307123X。", [("id_number", 3)]),
        ("发到zhang.san@mail.com即可", [("email", 2)]),
        ("138****5678、12345、13800000000、0000-0000000、xx@xx.cn、jubao@example.cn、a@b.example", []),
        ("编号20211206003，订单913812345678901", []),
    ],
)
def test_what_leads_to_a_person_is_found(text: str, found: list[tuple[str, int]]) -> None:
    assert [(kind, start) for kind, start, _ in personal(text)] == found


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("拨138 1234 5678，找我", "拨[电话]，找我"),
        ("拨１３８１２３４５６７８找我", "拨[电话]找我"),
        ("拨(0571)8812 3456找我", "拨[电话]找我"),
        ("13812345678@qq.com或13912345678", "[网址]或[电话]"),
        ("33010219900307123X住在河边", "[长号码]住在河边"),
        ("发到zhang@mail.com，或打400-123-4567", "发到[网址]，或打[电话]"),
    ],
)
def test_nothing_is_left_in_what_was_masked(text: str, masked: str) -> None:
    assert mask(text) == mask(masked) == masked
