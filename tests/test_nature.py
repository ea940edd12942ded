"""Nature: each rule by hand, and floors on the labelled tips of the corpora."""

import csv
from pathlib import Path

import pytest

from tipclass.corpus import load_corpus
from tipclass.errors import SettingsError
from tipclass.nature import Cues, load_cues, natures
from tipclass.records import Nature, Signature
from tipclass.settings import NATURE, corpora_folder
from tipclass.training import taxonomy_for

CUES = Cues.model_validate(
    {
        "otherwise": "help",
        "papers": ["公诉机关", "被告人"],
        "citizens": ["我家"],
        "anonymous": ["匿名", "[^，]{0,4}保密"],
        "named": ["实名", "我叫.某"],
        "nature": [
            {"code": "complaint", "words": ["拖欠", "工资"], "beside": ["退款"], "most": 2},
            {"code": "inquiry", "opening": ["请问"], "words": ["多少钱"], "beside": ["咨询"]},
            {"code": "help", "words": ["路灯"]},
        ],
    }
)


@pytest.mark.parametrize(
    ("text", "offence", "expected"),
    [
        ("有人电鱼", True, ["report"]),
        ("有人卖假药，要求退款", True, ["report", "complaint"]),
        ("厂里排污水，还拖欠工资", True, ["report", "complaint"]),
        ("厂里排污水，工资也低", True, ["report"]),
        ("拖欠工资", False, ["complaint"]),
        ("路灯坏了", False, ["help"]),
        ("没人来", False, ["help"]),
        ("请问拖欠工资找谁", False, ["inquiry", "complaint"]),
        ("拖欠工资，想咨询", False, ["complaint", "inquiry"]),
        ("公诉机关指控被告人电鱼", True, []),
        ("公诉机关指控被告人电鱼，我家在下游", True, ["report"]),
        ("  ", True, []),
    ],
)
def test_natures(text: str, offence: bool, expected: list[str]) -> None:
    assert list(natures(text, CUES, offence=offence)) == expected


@pytest.mark.parametrize(
    ("text", "signature"),
    [
        ("实名举报", Signature.NAMED),
        ("我叫王某", Signature.NAMED),
        ("实名举报，请替我保密", Signature.ANONYMOUS),
        ("匿名", Signature.ANONYMOUS),
        ("有人电鱼", Signature.UNKNOWN),
    ],
)
def test_signatures(text: str, signature: Signature) -> None:
    assert CUES.signature(text) is signature


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ('otherwise = "beg"\nnature = []\n', "otherwise 处有误：应是 report、complaint"),
        ('otherwise = "help"\nnamed = ["("]\nnature = []\n', "不是有效的正则表达式"),
        ('otherwise = "help"\n[[nature]]\ncode = "help"\nwords = []\n', "nature 第1项 words 处有误"),
    ],
)
def test_cues_that_do_not_hold_together_are_refused(tmp_path: Path, content: str, says: str) -> None:
    (tmp_path / NATURE).write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError, match=says):
        load_cues(tmp_path / NATURE)


def test_the_shipped_cues_keep_what_they_reach() -> None:
    """Floors two points below what was measured when the cues were last changed."""
    folder = corpora_folder()
    taxonomy = taxonomy_for([folder], None)
    tips = {tip.id: tip for tip in load_corpus([folder], taxonomy).tips}
    cues = load_cues(folder / NATURE)
    with (folder / "nature.csv").open(encoding="utf-8", newline="") as stream:
        gold = [(tips[row["id"]], row) for row in csv.DictReader(stream)]
    main = signed = 0
    for tip, row in gold:
        offence = tip.labels[0] not in taxonomy.no_department | taxonomy.set_aside
        main += (
            list(natures(tip.text, cues, offence=offence))[:1] == [Nature(n) for n in row["nature"].split(";") if n][:1]
        )
        signed += cues.signature(tip.text) == row["signature"]
    assert len(gold) >= 400
    assert main / len(gold) >= MAIN
    assert signed / len(gold) >= SIGNED


MAIN, SIGNED = 0.84, 0.97
