"""The command line: each command once, and errors as one Chinese sentence with their exit code."""

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import openpyxl
import pytest

from tipclass import cli
from tipclass.corpus import Corpus

TEXTS = {"water_pollution": "污水流进小河", "illegal_fishing": "有人电鱼", "not_a_tip": "会议强调要落实"}
CORPUS = "id,text,labels,register\n" + "".join(
    f"{code}{n},{text}第{n}次反映,{code},{('message', 'note')[n % 2]}\n"
    for code, text in TEXTS.items()
    for n in range(12)
)


@pytest.fixture
def run(models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    """Run the program in an empty folder that has the models beside it; returns exit code, stdout, stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TIPCLASS_HOME", str(models.parent))

    def call(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["tipclass", *map(str, arguments)])
        with pytest.raises(SystemExit) as leaving:
            cli.main()
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        return int(leaving.value.code or 0), out, err

    return call


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


@pytest.mark.parametrize(
    ("content", "arguments", "count"),
    [
        ("有人电鱼\n第二行".encode(), [], 1),
        ("有人电鱼".encode("gb18030"), [], 1),
        ("内容\n有人电鱼\n污水\n".encode(), ["--format-in", "csv"], 2),
        ('{"text": "有人电鱼"}\n'.encode(), ["--format-in", "jsonl"], 1),
    ],
)
def test_standard_input(models: Path, content: bytes, arguments: list[str], count: int) -> None:
    command = [sys.executable, "-m", "tipclass", "predict", "-", "-o", "-", "--models", str(models), *arguments]
    done = subprocess.run(command, input=content, capture_output=True, check=True)
    lines = done.stdout.decode("utf-8").splitlines()
    assert len(lines) == count
    assert json.loads(lines[0])["category"] == "illegal_fishing"


@pytest.mark.parametrize("encoding", ["ascii", "gbk"])
@pytest.mark.parametrize("command", [["--help"], ["predict", "--help"], ["explain", "有人电鱼😀"], ["models", "list"]])
def test_a_console_of_another_encoding_crashes_nothing(models: Path, encoding: str, command: list[str]) -> None:
    environment = os.environ | {"PYTHONIOENCODING": encoding, "TIPCLASS_HOME": str(models.parent)}
    done = subprocess.run([sys.executable, "-m", "tipclass", *command], env=environment, capture_output=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout


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
    import shutil

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

    monkeypatch.setattr(cli, "_load", broken)
    code, _, err = run("explain", "有人电鱼")
    assert code == 1
    assert "RuntimeError" in err
    assert "secret" not in err
