"""The envelope: columns, sources and ids of masked tips."""

import pytest

from tipclass.envelope import mask_source, mask_tips
from tipclass.records import Tip

TEXT = "我叫谢春生，电鱼的老板邵国栋的电话是13900000000"
MASKED = "我叫[举报人]，电鱼的老板邵国栋的电话是13900000000"


def test_columns_of_the_informant_are_hidden_and_others_masked() -> None:
    fields = {
        "编号": "2026-17",
        "举报人": "谢春生",
        "联系电话": "13800000000",
        "被举报人": "邵国栋",
        "被举报人电话": "13900000000",
        "事发地址": "青溪路9号",
        "备注": "举报人谢春生要求保密",
        "邮箱": "",
        "反映内容": TEXT,
    }
    (tip,) = mask_tips([Tip("2026-17", TEXT, "五月.xlsx", 2, fields)])
    assert tip.text == MASKED
    assert tip.id == "2026-17"
    assert dict(tip.fields) == fields | {
        "举报人": "[已隐藏]",
        "联系电话": "[已隐藏]",
        "备注": "举报人[举报人]要求保密",
        "反映内容": MASKED,
    }


@pytest.mark.parametrize(
    ("source", "masked"),
    [
        ("张三来信.docx", "[举报人]来信.docx"),
        ("信访/王建国-举报材料.docx", "信访/[举报人]-举报材料.docx"),
        ("13800000000举报.txt", "[电话]举报.txt"),
        ("五月工单.xlsx#Sheet1", "五月工单.xlsx#Sheet1"),
        ("李家村污染举报.docx", "李家村污染举报.docx"),
        ("", ""),
    ],
)
def test_names_of_files_name_no_informant(source: str, masked: str) -> None:
    assert mask_source(source) == masked


def test_ids_made_of_a_source_follow_it_and_stay_apart() -> None:
    tips = [Tip(name, TEXT, name) for name in ("张三来信.docx", "李四来信.docx")]
    tips.append(Tip("张三来信.docx#Sheet1#4", TEXT, "张三来信.docx#Sheet1", 4))
    masked = mask_tips(tips)
    assert [tip.id for tip in masked][:2] == ["[举报人]来信.docx", "[举报人]来信(2).docx"]
    assert masked[2].id == f"{masked[2].source}#4"
    assert "张三" not in "".join(tip.id + tip.source for tip in masked)
