"""Corpus checks: each finding, and quotas."""

from pathlib import Path

import pytest

from tipclass import checks
from tipclass.corpus import Corpus
from tipclass.taxonomy import Taxonomy

HEAD = "id,text,labels,register,traits\n"
GOOD = "".join(
    f"{code}{n},{text}第{n}次来信反映,{code},message,T01\n"
    for code, text in (("water_pollution", "河水发黑"), ("illegal_fishing", "有人电鱼"), ("not_a_tip", "会议强调"))
    for n in range(10)
)


def found(folder: Path, taxonomy: Taxonomy, body: str, *, strict: bool = False) -> list[str]:
    (folder / "tips").mkdir(exist_ok=True)
    (folder / "tips" / "a.csv").write_text(HEAD + body, encoding="utf-8")
    return [f"{each.place} {each.problem}" for each in checks.check([folder], taxonomy, strict=strict)[1]]


def test_a_sound_corpus_has_no_findings(tmp_path: Path, taxonomy: Taxonomy) -> None:
    assert found(tmp_path, taxonomy, GOOD) == []


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("x,河水发黑第1次来信反映,water_pollution,,", "a.csv:32 与 a.csv:3 的文字完全相同"),
        ("x,河水发黑第1次来信反映,illegal_fishing,,", "a.csv:32 与 a.csv:3 的文字相同而类别不同"),
        ("not_a_tip1,新的文字在这里,not_a_tip,,", "a.csv:32 编号 not_a_tip1 与 a.csv:23 重复"),
        ("x,新的文字在这里,not_a_tip;water_pollution,,", "a.csv:32 “非举报材料”不能与其他类别同时出现"),
        ("x,新的文字在这里,诈骗,,", "a.csv:32 没有“诈骗”这个类别"),
        ("x,河水发黑，回电139-1234-5678,water_pollution,,", "a.csv:32 第 8 字起有没有遮盖的电话"),
    ],
)
def test_finding(tmp_path: Path, taxonomy: Taxonomy, row: str, says: str) -> None:
    assert any(each.startswith(says) for each in found(tmp_path, taxonomy, f"{GOOD}{row}\n"))


def test_a_small_category_is_named(tmp_path: Path, taxonomy: Taxonomy) -> None:
    without_last = GOOD.rsplit("\n", 2)[0] + "\n"
    assert found(tmp_path, taxonomy, without_last) == [" 类别 非举报材料 只有 9 条，少于 10 条，不够留出检验"]


def test_near_repeats_beyond_the_limit_are_a_finding(tmp_path: Path, taxonomy: Taxonomy) -> None:
    long = "印染厂半夜把污水直接排进小河河水发黑发臭请来看看"
    twins = f"x,{long},water_pollution,,\ny,{long}吧,water_pollution,,\n"
    assert any("近似重复" in each for each in found(tmp_path, taxonomy, GOOD + twins))


def test_quotas_are_held_with_strict_only(tmp_path: Path, taxonomy: Taxonomy) -> None:
    quotas = "[total]\ntips = 31\n[main]\nnot_a_tip = 10\n[trait]\nT02 = 1\n[share]\nfrom_300 = 0\n"
    (tmp_path / "quotas.toml").write_text(quotas, encoding="utf-8")
    assert found(tmp_path, taxonomy, GOOD) == []
    assert found(tmp_path, taxonomy, GOOD, strict=True) == [
        " total.tips：有 30，要求至少 31",
        " trait.T02：有 0，要求至少 1",
    ]


FEW = "x,河水冒泡,water_pollution,mesage,\n"
LETTERS = "".join(f"l{n},{'信' * 90}{n},not_a_tip,message,\n" for n in range(20))


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (FEW, ["b.csv:2 文体“mesage”别的文件里没有，这里也只有 1 条，可能写错了"]),
        (FEW.replace("mesage", ""), []),
        (LETTERS, []),
        (LETTERS.replace("信", "信" * 2), [
            "a.csv:2 从这一条起的 30 条信箱留言，长度中位数 11 字，别处 181 字，相差 10 倍以上",
            "b.csv:2 从这一条起的 20 条信箱留言，长度中位数 181 字，别处 11 字，相差 10 倍以上",
        ]),
        (LETTERS.replace("信", "信" * 2).rsplit("l19")[0], []),
    ],
)  # fmt: skip
def test_files_that_drift_are_named(tmp_path: Path, taxonomy: Taxonomy, other: str, expected: list[str]) -> None:
    (tmp_path / "tips").mkdir()
    (tmp_path / "tips" / "b.csv").write_text(HEAD + other, encoding="utf-8")
    drifted = [each for each in found(tmp_path, taxonomy, GOOD) if "文体" in each or "中位数" in each]
    assert drifted == expected


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("河水 发黑第1次来信反映", ["a.csv:3"]),
        ("河水发黑第1次来信反映吧", ["a.csv:3"]),
        ("河水发黑", []),
    ],
)
def test_what_stands_on_both_sides_of_the_border_is_named(
    tmp_path: Path, taxonomy: Taxonomy, text: str, others: list[str]
) -> None:
    path, gold = tmp_path / "a.csv", tmp_path / "gold.csv"
    path.write_text(HEAD + GOOD, encoding="utf-8")
    gold.write_text(f"text,labels\n{text},not_a_tip\n没有类别,\n", encoding="utf-8")
    findings = checks.check([path], taxonomy, strict=False, against=[gold])[1]
    assert [each.place for each in findings] == ["gold.csv:3", *others]
    assert all("gold.csv:2" in each.problem for each in findings[1:])


def test_quotas_of_a_renamed_category_hold_under_its_old_name(tmp_path: Path, taxonomy: Taxonomy) -> None:
    (tmp_path / "quotas.toml").write_text('[main]\n"电鱼" = 10\n"水污染" = 11\n', encoding="utf-8")
    assert found(tmp_path, taxonomy, GOOD, strict=True) == [" main.水污染：有 10，要求至少 11"]


def test_statistics_add_up(corpus: Corpus) -> None:
    title, _, rows = next(checks.tables(corpus))
    assert title == "语料概况"
    assert rows[0] == ("水污染偷排", "9", "0")
    assert rows[1] == ("非法捕捞", "8", "1")
    assert rows[-1] == ("合计", "25", "1")
    assert "不足 60 占 100.0%" in checks.describe(corpus)[0]
