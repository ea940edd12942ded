"""Columns: which of them hold the informant."""

import pytest

from tipclass.columns import cells, hidden_columns, is_reported


@pytest.mark.parametrize(
    "name",
    [
        "举报人",
        "举报人姓名",
        "来电人",
        "联系电话",
        "手机号码",
        "身份证号",
        "举报人住址",
        "邮箱",
        "微信号",
        "工号",
        "IP",
        "email",
        " 姓 名：",
    ],
)
def test_columns_of_the_informant_are_hidden(name: str) -> None:
    assert hidden_columns([name]) == {name}


@pytest.mark.parametrize(
    "name",
    [
        "被举报人",
        "被举报单位电话",
        "涉事地址",
        "事发地址",
        "内容",
        "举报人诉求内容",
        "来电时间",
        "承办人电话",
        "tip",
        "编号",
        "recipient",
    ],
)
def test_other_columns_are_not(name: str) -> None:
    assert not hidden_columns([name])


def test_a_bare_address_is_hidden_beside_the_informant_only() -> None:
    assert hidden_columns(["姓名", "地址"]) == {"姓名", "地址"}
    assert not hidden_columns(["企业名称", "地址"])


def test_reported_columns_are_known() -> None:
    assert is_reported("被举报人电话")
    assert not is_reported("联系电话")


def test_cells_of_a_table_in_a_text_have_their_places() -> None:
    text = "前言\n姓名|电话|事发地址\n 甲一 |138|某路\n后记"
    found = [(cell.column, text[cell.start : cell.end], cell.hidden) for cell in cells(text)]
    assert found == [("姓名", "甲一", True), ("电话", "138", True), ("事发地址", "某路", False)]
