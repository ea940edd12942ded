"""The command line: each command once, and errors as one Chinese sentence with their exit code."""

import io
import json
import shutil
import sys
import tomllib
from pathlib import Path

import openpyxl
import pytest

from tipclass import messages
from tipclass.corpus import Corpus
from tipclass.limits import Limits

TEXTS = {"water_pollution": "污水流进小河", "illegal_fishing": "有人电鱼", "not_a_tip": "会议强调要落实"}
CORPUS = "id,text,labels,register\n" + "".join(
    f"{code}{n},{text}第{n}次反映,{code},{('message', 'note')[n % 2]}\n"
    for code, text in TEXTS.items()
    for n in range(12)
)


@pytest.fixture
def tips(tmp_path: Path) -> Path:
    path = tmp_path / "线索.csv"
    path.write_text("编号,内容\n1,有人晚上电鱼\n2,污水流进小河\n3,会议强调要落实\n", encoding="utf-8")
    return path


def test_predict_writes_a_workbook_beside_the_input(run, tips: Path) -> None:  # type: ignore[no-untyped-def]
    code, _, err = run("predict", tips)
    assert code == 0
    assert "线索_分类.xlsx" in err
    rows = list(openpyxl.load_workbook(tips.with_name("线索_分类.xlsx")).worksheets[0].iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["编号", "1", "2", "3"]
    assert [row[2] for row in rows[1:]] == ["非法捕捞", "水污染偷排", "非举报材料"]


def test_our_own_output_can_be_fed_in_again(run, tips: Path) -> None:  # type: ignore[no-untyped-def]
    run("predict", tips)
    code, _, err = run("predict", tips.with_name("线索_分类.xlsx"), "-o", "again.xlsx")
    assert code == 0, err
    head, *rows = list(openpyxl.load_workbook(tips.with_name("again.xlsx")).worksheets[0].iter_rows(values_only=True))
    assert len(rows) == 3
    assert "类别(系统)" in head


@pytest.mark.parametrize("name", ["out.jsonl", "out.csv", "out.xlsx"])
def test_predict_follows_the_suffix(run, tips: Path, name: str) -> None:  # type: ignore[no-untyped-def]
    assert run("predict", tips, "-o", name)[0] == 0
    assert tips.with_name(name).stat().st_size > 100


def test_json_lines_go_to_stdout_and_talk_to_stderr(run, tips: Path) -> None:  # type: ignore[no-untyped-def]
    code, out, err = run("predict", tips, "--json")
    assert code == 0
    assert [json.loads(line)["id"] for line in out.splitlines()] == ["1", "2", "3"]
    assert "共 3 条" in err
    assert run("predict", tips, "--json", "--quiet")[2] == ""
    (tips.parent / "信.txt").write_text("有人电鱼", encoding="utf-8")
    assert len(run("predict", tips, "信.txt", "--format", "jsonl")[1].splitlines()) == 4


def test_a_ledger_is_begun_gone_on_with_and_learned_from(run, tips: Path) -> None:  # type: ignore[no-untyped-def]
    code, _, err = run("ledger", tips, "-o", "台账.xlsx", "--date", "2026-08-20")
    assert code == 0, err
    assert "登记 3 条" in err
    assert "另有 3 条台账里已经有了" in run("ledger", tips, "-o", "台账.xlsx")[2]
    path = tips.with_name("台账.xlsx")
    book = openpyxl.load_workbook(path)
    main = book["全部"]
    columns = {cell.value: cell.column for cell in main[1]}
    assert [main.cell(row, columns["编号"]).value for row in (2, 3, 4)] == ["2026-0001", "2026-0002", "2026-0003"]
    main.cell(2, columns["复核类别"]).value = "水污染偷排"
    book.save(path)
    code, _, err = run("ledger", "-o", "台账.xlsx")
    assert (code, "共 3 条" in err) == (0, True)
    (tips.parent / "语料").mkdir()
    code, _, err = run("corpus", "learn", "台账.xlsx", "-o", "语料")
    assert code == 0, err
    assert "新增 1 条，改正 0 条，语料里已有 0 条" in err
    assert "有人晚上电鱼,water_pollution" in next((tips.parent / "语料").glob("*.csv")).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["-o", "台账.xlsx"], 2, "没有给出输入"),
        (["线索.csv", "-o", "台账.csv"], 2, "xlsx"),
        (["线索.csv", "-o", "别的.xlsx"], 3, "不是台账"),
    ],
)
def test_what_cannot_be_a_ledger_is_refused(  # type: ignore[no-untyped-def]
    run, tips: Path, arguments: list[str], code: int, says: str
) -> None:
    openpyxl.Workbook().save(tips.with_name("别的.xlsx"))
    given, _, err = run("ledger", *arguments)
    assert (given, says in err) == (code, True)


@pytest.mark.parametrize(
    ("content", "arguments", "count"),
    [
        ("有人电鱼\n第二行".encode(), [], 1),
        ("有人电鱼".encode("gb18030"), [], 1),
        ("内容\n有人电鱼\n污水\n".encode(), ["--format-in", "csv"], 2),
        ('{"text": "有人电鱼"}\n'.encode(), ["--format-in", "jsonl"], 1),
    ],
)
def test_standard_input(run, monkeypatch, content: bytes, arguments: list[str], count: int) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    lines = run("predict", "-", "-o", "-", *arguments)[1].splitlines()
    assert len(lines) == count
    assert json.loads(lines[0])["category"] == "illegal_fishing"


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such device here")
@pytest.mark.parametrize("arguments", [["predict", "-", "-o", "-"], ["explain", "-"], ["link", "-", "-o", "-"]])
def test_standard_input_without_an_end_is_refused(run, monkeypatch, arguments: list[str]) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr("tipclass.readers.limits", lambda: Limits(file=1))
    with open("/dev/zero") as endless:  # noqa: PTH123
        monkeypatch.setattr(sys, "stdin", endless)
        code, _, err = run(*arguments)
    assert (code, messages.FILE_TOO_LARGE.format(size=1) in err) == (3, True)


def test_explain_says_why(run) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = run("explain", "有人晚上在河边用电瓶电鱼")
    assert code == 0
    assert "非法捕捞" in out
    assert "电鱼" in out
    assert json.loads(run("explain", "有人电鱼", "--json")[1])["category"] == "illegal_fishing"
    assert "相近样本" in out
    assert "文中各项" in run("explain", "1、印染厂半夜把污水排进小河。2、有人在河边用电瓶电鱼。")[1]
    assert run("explain", "Please help us at once")[1].startswith("处理：人工复核")


def test_train_stores_a_model_that_verifies(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "tips").mkdir()
    (tmp_path / "tips" / "a.csv").write_text(CORPUS, encoding="utf-8")
    from conftest import TAXONOMY_TOML

    (tmp_path / "taxonomy.toml").write_text(TAXONOMY_TOML, encoding="utf-8")
    code, out, err = run("train", tmp_path, "--models", tmp_path / "home")
    assert code == 0, err
    assert "主类别正确" in out
    assert run("models", "verify", "--models", tmp_path / "home")[0] == 0
    assert "是" in run("models", "list", "--models", tmp_path / "home")[1]
    assert "# Model m" in run("models", "show", "--models", tmp_path / "home")[1]
    assert run("models", "show", "--models", tmp_path / "home", "--html", "folds.html")[0] == 0
    assert "留出检验" in (tmp_path / "folds.html").read_text(encoding="utf-8")
    assert "就是训练该模型的语料" in run("evaluate", tmp_path, "--models", tmp_path / "home")[2]
    again = run("train", tmp_path, "--models", tmp_path / "home", "--quiet")
    assert again[0] == 0
    assert len(list((tmp_path / "home").glob("m*"))) == 1


@pytest.mark.slow
def test_train_promises_by_category(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    from conftest import TAXONOMY_TOML

    (tmp_path / "taxonomy.toml").write_text(TAXONOMY_TOML, encoding="utf-8")
    (tmp_path / "a.csv").write_text(CORPUS, encoding="utf-8")
    options = ("--target-precision", "电鱼=0.99", "--target-precision", "0.8", "--no-folds", "-o", tmp_path / "m")
    assert run("train", tmp_path / "a.csv", *options)[0] == 0
    policy = tomllib.loads((tmp_path / "m" / "policy.toml").read_text(encoding="utf-8"))
    assert policy["target"] == {"water_pollution": 0.8, "illegal_fishing": 0.99, "not_a_tip": 0.8}
    code, _, err = run("models", "show", "--models", tmp_path / "m", "--html", "folds.html")
    assert (code, "没有做留出检验" in err) == (2, True)
    for word in ("0.2", "很高", "water_pollution="):
        code, _, err = run("train", tmp_path / "a.csv", "--target-precision", word)
        assert (code, word in err) == (2, True)
    assert run("train", tmp_path / "a.csv", "--target-precision", "电=0.9")[0] == 3


def test_a_list_gives_a_row_for_each_matter(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    text = "反映两件事：\n1、印染厂半夜把污水直接排进小河。\n2、有人晚上在河边用电瓶电鱼。\n"
    (tmp_path / "信.txt").write_text(text, encoding="utf-8")
    code, out, _ = run("predict", "信.txt", "--passages", "-o", "-")
    rows = [json.loads(line) for line in out.splitlines()]
    assert (code, [row["category"] for row in rows]) == (0, ["water_pollution", "illegal_fishing"])
    assert [text[row["part"]["start"] : row["part"]["end"]] for row in rows] == [row["input"]["内容"] for row in rows]
    assert run("predict", "信.txt", "--passages", "-o", "信.xlsx")[0] == 0
    (whole,) = [json.loads(line) for line in run("predict", "信.txt", "-o", "-")[1].splitlines()]
    assert [(each["item"], each["category"]) for each in whole["passages"]] == [
        ("1", "water_pollution"),
        ("2", "illegal_fishing"),
    ]


def test_evaluate_prints_writes_and_gates(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "gold.csv").write_text(CORPUS, encoding="utf-8")
    code, out, _ = run("evaluate", "gold.csv", "--html", "page.html", "--errors", "errors.xlsx")
    assert code == 0
    assert "主类别宏平均 F1" in out
    assert "<table>" in (tmp_path / "page.html").read_text(encoding="utf-8")
    assert (tmp_path / "errors.xlsx").exists()
    assert json.loads(run("evaluate", "gold.csv", "--json")[1])["tips"] == 36
    (tmp_path / "wrong.csv").write_text(CORPUS.replace("污水流进小河", "有人电鱼"), encoding="utf-8")
    assert run("evaluate", "wrong.csv", "--min-macro-f1", "0.99")[0] == 6


def test_corpus_check_and_stats(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    from conftest import TAXONOMY_TOML

    (tmp_path / "taxonomy.toml").write_text(TAXONOMY_TOML, encoding="utf-8")
    (tmp_path / "a.csv").write_text(CORPUS, encoding="utf-8")
    assert run("corpus", "check", tmp_path / "a.csv")[0] == 0
    assert "合计" in run("corpus", "stats", tmp_path / "a.csv")[1]
    (tmp_path / "a.csv").write_text(CORPUS + "x,文字,诈骗,note\n", encoding="utf-8")
    assert run("corpus", "check", tmp_path / "a.csv")[0] == 0
    code, out, err = run("corpus", "check", tmp_path / "a.csv", "--strict")
    assert code == 6
    assert "a.csv:38" in out
    assert err


def test_learn_takes_corrections_and_says_what_it_made_of_each_row(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    from conftest import TAXONOMY_TOML

    (tmp_path / "taxonomy.toml").write_text(TAXONOMY_TOML, encoding="utf-8")
    head = "内容,复核类别,复核其他类别,线索标识,模型标识\n"
    rows = "河水发黑,not_a_tip,,1,m1\n桥下有网,电鱼,,2,m1\n井水浑了,水,,3,m1\n沟里有泡沫,,,4,m1\n"
    (tmp_path / "复核.csv").write_text(head + rows, encoding="utf-8")
    (tmp_path / "tips").mkdir()
    (tmp_path / "tips" / "a.csv").write_text("text,labels\n河水发黑,water_pollution\n", encoding="utf-8")
    code, out, err = run("corpus", "learn", "复核.csv", "-o", tmp_path)
    assert (code, out) == (5, "")
    assert "复核.csv:2：与 a.csv:2 文字相同" in err
    assert "复核.csv:4：没有“水”这个类别，是否指“水污染偷排”" in err
    assert "新增 2 条，改正 0 条，语料里已有 0 条，没有填 1 条，没有收 1 条" in err
    (written,) = (tmp_path / "tips").glob("20*-1.csv")
    assert str(written) in err
    assert "新增 0 条，改正 0 条，语料里已有 2 条" in run("corpus", "learn", "复核.csv", "-o", tmp_path)[2]
    assert len(list((tmp_path / "tips").iterdir())) == 2


def test_suspects_and_next_write_workbooks_to_fill_in(run, tips: Path, corpus: Corpus) -> None:  # type: ignore[no-untyped-def]
    from conftest import TAXONOMY_TOML

    tips.with_name("taxonomy.toml").write_text(TAXONOMY_TOML, encoding="utf-8")
    rows = "".join(f"{tip.id},{tip.text},{';'.join(tip.labels)}\n" for tip in corpus.tips)
    tips.with_name("a.csv").write_text(f"id,text,labels\n{rows}", encoding="utf-8")
    for arguments, count in ((("suspects", "a.csv"), 4), (("next", tips), 2)):
        code, out, err = run("corpus", *arguments, "-n", count, "-o", "复核.xlsx")
        assert (code, out) == (0, "")
        assert f"{count} 条" in err
        sheet = openpyxl.load_workbook(tips.with_name("复核.xlsx")).worksheets[0]
        assert sheet.max_row == count + 1
        assert run("corpus", "learn", "复核.xlsx", "-o", "语料")[2].count(f"没有填 {count} 条") == 1


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["predict", "none.csv"], 3, "none.csv"),
        (["predict", "线索.csv", "--text-column", "正文"], 3, "正文"),
        (["predict", "空.csv"], 3, "空"),
        (["predict", "假.xlsx"], 3, "假.xlsx"),
        (["predict", "线索.csv", "-o", "线索.csv"], 3, "就是输入文件"),
        (["predict", "线索.csv", "-o", "out.pdf"], 2, "--format"),
        (["predict", "线索.csv", "空.csv"], 2, "-o"),
        (["predict", "-"], 2, "-o"),
        (["predict", "线索.csv", "--models", "none"], 4, "找不到模型"),
        (["predict", "线索.csv", "--model", "m0"], 4, "没有模型 m0"),
        (["predict", "线索.csv", "--top", "0"], 2, "top"),
        (["predict", "线索.csv", "--nonsense"], 2, "没有 --nonsense 这个选项"),
        (["nonsense"], 2, "没有 nonsense 这个命令。可用的命令：predict"),
        (["train", "none"], 3, "找不到语料"),
        (["evaluate", "线索.csv"], 3, "labels"),
        (["explain", " "], 2, "没有文字"),
        (["corpus", "learn", "线索.csv", "-o", "语料"], 3, "不是本程序的结果表"),
        (["corpus", "learn", "none.xlsx", "-o", "语料"], 3, "none.xlsx"),
        (["corpus", "next", "线索.csv", "-o", "复核.csv"], 2, "复核.csv"),
        (["corpus", "next", "假.xlsx", "-o", "假.xlsx"], 3, "就是输入文件"),
        (["corpus", "next", "线索.csv"], 2, "output"),
        (["corpus", "suspects", "none", "-o", "复核.xlsx"], 3, "找不到语料"),
    ],
)
def test_a_mistake_is_one_sentence_with_its_code(run, tips: Path, arguments: list[str], code: int, says: str) -> None:  # type: ignore[no-untyped-def]
    tips.with_name("空.csv").write_text("", encoding="utf-8")
    tips.with_name("假.xlsx").write_text("内容\n有人电鱼\n", encoding="utf-8")
    before = {path.name for path in tips.parent.iterdir()}
    left, out, err = run(*arguments)
    assert left == code, err
    assert says in err
    assert out == ""
    assert {path.name for path in tips.parent.iterdir()} == before


def test_a_damaged_model_is_one_sentence(run, tips: Path, models: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    copy = Path(shutil.copytree(models, tmp_path / "copy"))
    weights = next(copy.glob("m*/weights.npz"))
    weights.write_bytes(weights.read_bytes()[:-100])
    code, out, err = run("predict", tips, "--models", copy)
    assert (code, out) == (4, "")
    assert "weights.npz" in err


def test_unread_files_are_listed_and_the_rest_goes_on(run, tips: Path) -> None:  # type: ignore[no-untyped-def]
    tips.with_name("旧.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    code, _, err = run("predict", tips, "旧.doc", "-o", "out.jsonl")
    assert code == 5
    assert "旧.doc" in err
    assert len(tips.with_name("out.jsonl").read_text(encoding="utf-8").splitlines()) == 3


def test_version_and_unexpected_errors(run, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    assert run("--version")[1].strip().count(".") == 2

    def broken(*_: object) -> None:
        raise RuntimeError("secret text")

    monkeypatch.setattr("tipclass.store.open_model", broken)
    code, _, err = run("explain", "有人电鱼")
    assert code == 1
    assert "RuntimeError" in err
    assert "secret" not in err


def test_settings_say_what_is_unanswered_and_write_it_down(run, tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("TIPCLASS_HOME", str(tmp_path))
    code, out, _ = run("settings")
    assert code == 0
    assert "cooking_smoke" in out
    assert "还没有" in out
    assert run("settings", "--write")[0] == 0
    answers = (tmp_path / "settings.toml").read_text(encoding="utf-8").replace('= ""', '= "城管局"')
    (tmp_path / "settings.toml").write_text(answers, encoding="utf-8")
    assert "都已填写" in run("settings")[1]


REFERRAL = """案件移送函
××环移〔2026〕3号
××市公安局：
我局在检查中发现当事人××电镀厂涉嫌污染环境罪。经查，该厂用暗管排放废水。依据《行政执法机关移送涉嫌犯罪案件的规定》，现移送你局。
附件：调查报告、检验报告
××市生态环境局
2026年8月20日
"""


def test_a_referral_is_checked_for_papers_and_fields(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "案").mkdir()
    (tmp_path / "案" / "移送书.txt").write_text(REFERRAL, encoding="utf-8")
    (tmp_path / "案" / "报告.txt").write_text("××电镀厂案调查报告\n经调查，……", encoding="utf-8")
    code, out, _ = run("referral", "案")
    assert code == 0
    lines = {line.split()[0]: line.split()[1] for line in out.splitlines() if len(line.split()) >= 2}
    assert (lines["调查报告"], lines["涉案物品清单"]) == ("有", "缺")
    assert lines["接收机关"] == "有"
    (tmp_path / "a.txt").write_text("有人电鱼", encoding="utf-8")
    assert "没有找到移送函" in run("referral", "a.txt")[1]


@pytest.fixture
def pair(models: Path, rival: Path, tmp_path: Path) -> tuple[Path, str, str]:
    """A folder with two models, the id of the one in use, and that of the other."""
    folder = Path(shutil.copytree(models, tmp_path / "pair"))
    shutil.copytree(rival, folder / rival.name)
    return folder, (folder / "CURRENT").read_text(encoding="utf-8").strip(), rival.name


def test_models_are_compared_promoted_and_rolled_back(run, pair: tuple[Path, str, str], tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    folder, old, new = pair
    here = ("--models", folder)
    code, out, err = run("models", "compare", old, new, *here, "--html", "page.html")
    assert code == 0, err
    assert f"{old} → {new}：同样的 25 条文本（留出检验）" in out
    assert "只有 25 条文本可比" in err
    assert "<svg " in (tmp_path / "page.html").read_text(encoding="utf-8")
    assert f"{old} → {new}" in run("models", "compare", new, *here)[1]
    assert f"{new} → {old}" in run("models", "compare", folder / new, folder / old)[1]
    code, out, _ = run("models", "promote", new, *here, "--reason", "更新语料")
    assert (code, f"在用模型已由 {old} 换成 {new}" in out) == (0, True)
    assert "没有改动" in run("models", "promote", new, *here)[1]
    code, out, _ = run("models", "rollback", *here)
    assert (code, f"在用模型已由 {new} 换回 {old}" in out) == (0, True)
    assert (folder / "CURRENT").read_text(encoding="utf-8").strip() == old
    code, _, err = run("models", "rollback", *here)
    assert (code, "无从换回" in err) == (4, True)


def test_a_model_that_breaks_a_strong_case_is_refused_unless_forced_with_a_reason(
    run, pair: tuple[Path, str, str], tmp_path: Path
) -> None:  # type: ignore[no-untyped-def]
    folder, old, new = pair
    (tmp_path / "cases.csv").write_text(
        "id,text,check,other,labels,strength,trait,note\nc9,有人电鱼,main,,not_a_tip,STRONG,T01,\n", encoding="utf-8"
    )
    arguments = ("models", "promote", new, "--models", folder, "--cases", "cases.csv")
    code, _, err = run(*arguments)
    assert (code, "STRONG 用例没有通过（c9）" in err) == (6, True)
    assert (folder / "CURRENT").read_text(encoding="utf-8").strip() == old
    assert not (folder / "history.jsonl").exists()
    assert run(*arguments, "--force")[0] == 2
    assert run(*arguments, "--force", "--reason", "用例有误")[0] == 0
    (line,) = (folder / "history.jsonl").read_text(encoding="utf-8").splitlines()
    kept = json.loads(line)
    assert (kept["from"], kept["to"], kept["reason"], kept["figures"]["strong_broken"]) == (
        old,
        new,
        "用例有误",
        ["c9"],
    )
    assert "c9" in kept["overruled"][0]


def test_a_model_that_cannot_be_compared_is_refused(run, pair: tuple[Path, str, str], tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    from conftest import TAXONOMY_TOML

    folder, _, _ = pair
    (tmp_path / "taxonomy.toml").write_text(TAXONOMY_TOML, encoding="utf-8")
    (tmp_path / "a.csv").write_text(CORPUS, encoding="utf-8")
    code, _, err = run("train", "a.csv", "--models", folder)
    assert code == 0, err
    assert "没有相同的文本" in err
    (name,) = {path.name for path in folder.glob("m*")} - {pair[1], pair[2]}
    assert f"tipclass models promote {name} --models {folder}" in err
    code, _, err = run("models", "promote", name, "--models", folder)
    assert (code, "没有可比的文本" in err) == (6, True)
    (tmp_path / "gold.csv").write_text("text,labels\n河边有人电鱼,电鱼\n污水流进河里,水污染\n", encoding="utf-8")
    code, out, _ = run("models", "compare", name, "--models", folder, "--on", "gold.csv")
    assert (code, "同样的 2 条文本（gold.csv）" in out) == (0, True)
    assert run("models", "promote", name, "--models", folder, "--on", "gold.csv")[0] == 0


@pytest.mark.slow
def test_train_searches_and_compares_with_the_model_in_use(
    run, pair: tuple[Path, str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # type: ignore[no-untyped-def]
    from conftest import FISHING, TALK, TAXONOMY_TOML, WATER

    from tipclass import ablation, search

    monkeypatch.setattr(search, "GRID", {"C": (10.0, 30.0)})
    monkeypatch.setattr(ablation, "PARTS", {"without characters": {"character_weight": 0.0}})
    texts = {"water_pollution": WATER, "illegal_fishing": FISHING, "not_a_tip": TALK}
    rows = [f"{text},{code}" for code, mine in texts.items() for text in mine]
    (tmp_path / "taxonomy.toml").write_text(TAXONOMY_TOML, encoding="utf-8")
    (tmp_path / "a.csv").write_text("\n".join(["text,labels", *rows]), encoding="utf-8")
    (tmp_path / "cases.csv").write_text(
        "id,text,check,other,labels,strength,trait,note\nc9,有人电鱼,main,,电鱼,STRONG,T01,\n", encoding="utf-8"
    )
    code, out, err = run("train", "a.csv", "--models", pair[0], "--search", "--ablation")
    assert code == 0, err
    assert "C 30：宏平均 F1" in err
    assert f"{pair[1]} → m" in out
    assert "同样的 24 条文本" in out
    assert "行为用例（1 条）" in out
    (name,) = {path.name for path in pair[0].glob("m*")} - set(pair[1:])
    card = (pair[0] / name / "card.md").read_text(encoding="utf-8")
    assert "## Settings tried" in card
    assert "| without characters | " in card
    for option in ("--search", "--ablation"):
        assert run("train", "a.csv", option, "--no-folds")[0] == 2
    assert run("train", "a.csv", "--models", pair[0], "--gold", "none.csv")[0] == 3


def test_training_never_puts_a_model_to_use_over_another(run, models: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "a.csv").write_text(CORPUS, encoding="utf-8")
    before = (models / "CURRENT").read_bytes()
    options = ("--taxonomy", "labels", "--no-folds")
    code, _, err = run("train", "a.csv", *options, "-o", tmp_path / "own" / "first")
    assert code == 0, err
    assert "没有可比" not in err
    assert f"--models {tmp_path / 'own' / 'first'}" in err
    assert (models / "CURRENT").read_bytes() == before
    assert run("models", "show", "--models", tmp_path / "own" / "first")[0] == 0


def test_an_installed_copy_is_never_written_to_and_what_is_trained_beside_it_waits_for_promotion(
    run, models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # type: ignore[no-untyped-def]
    from conftest import FISHING, TALK, TAXONOMY_TOML, WATER

    from tipclass import settings

    shutil.copytree(models, tmp_path / "packaged" / "models")
    shutil.copytree(settings.corpora_folder(), tmp_path / "packaged" / "corpora", ignore=shutil.ignore_patterns("tips"))
    monkeypatch.setattr(settings, "PACKAGED", tmp_path / "packaged")
    monkeypatch.setattr(settings, "REPOSITORY", tmp_path / "none")
    monkeypatch.setattr(settings, "_user_home", lambda: tmp_path / "user")
    monkeypatch.delenv("TIPCLASS_HOME")
    packaged = {path: path.read_bytes() for path in (tmp_path / "packaged" / "models").rglob("*") if path.is_file()}
    texts = {"water_pollution": WATER, "illegal_fishing": FISHING, "not_a_tip": TALK}
    rows = [f"{text},{code}" for code, mine in texts.items() for text in mine]
    (tmp_path / "taxonomy.toml").write_text(TAXONOMY_TOML, encoding="utf-8")
    (tmp_path / "a.csv").write_text("\n".join(["text,labels", *rows]), encoding="utf-8")
    code, _, err = run("train", "a.csv")
    assert code == 0, err
    (trained,) = (tmp_path / "user" / "models").glob("m*")
    assert f"tipclass models promote {trained.name}\n" in err
    old = run("models", "list")[1]
    assert trained.name not in old
    assert run("models", "compare", trained.name)[0] == 0
    code, out, err = run("models", "promote", trained.name)
    assert code == 0, err
    assert f"换成 {trained.name}" in out
    assert trained.name in run("models", "list")[1]
    assert run("models", "rollback")[0] == 0
    assert packaged == {
        path: path.read_bytes() for path in (tmp_path / "packaged" / "models").rglob("*") if path.is_file()
    }
