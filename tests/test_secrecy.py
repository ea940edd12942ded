"""Secrecy: whatever goes wrong, what a tip says is not told on the screen."""

from pathlib import Path

import openpyxl
import pytest

from tipclass import line, triage

SECRET = "我叫谢春生，住下湾村六组23号，电话13800001234，老板夜里往河里放黑水"
TRACES = ("谢春生", "下湾村", "13800001234", "黑水")


@pytest.fixture
def silent(run):  # type: ignore[no-untyped-def]
    """Run a command that fails, and hold that nothing of the secret is on either stream."""

    def call(*arguments: object) -> str:
        code, out, err = run(*arguments)
        assert code
        assert not [trace for trace in TRACES if trace in out + err]
        return str(err)

    return call


def write(path: Path, content: str) -> Path:
    path.write_text(content, encoding="utf-8")
    return path


def test_an_unexpected_error_does_not_tell_its_cause(silent, tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    def fail(*_: object, **__: object) -> None:
        raise ValueError(SECRET)

    for module in (line, triage):
        monkeypatch.setattr(module, "triage", fail)
    assert "ValueError" in silent("predict", write(tmp_path / "a.csv", f"内容\n{SECRET}\n"))
    assert "ValueError" in silent("explain", SECRET)


@pytest.mark.parametrize(
    "arguments",
    [
        (SECRET,),
        ("explain", "有人电鱼", SECRET),
        ("explain", f"--{SECRET}"),
        ("predict", SECRET),
        ("predict", f"-{SECRET}"),
        ("predict", "a.csv", "--text-column", SECRET),
        ("predict", "a.csv", "--top", SECRET),
        ("report", SECRET),
        ("corpus", SECRET),
        ("corpus", "learn", SECRET),
        ("corpus", "learn", "a.csv"),
        ("evaluate", "labels.csv"),
        ("corpus", "check", "labels.csv", "--strict"),
        ("corpus", "next", "header.csv", "-o", "next.xlsx"),
        ("predict", "header.csv"),
        ("predict", "broken.jsonl"),
        ("predict", "broken.docx"),
    ],
)
def test_no_mistake_tells_what_a_tip_says(silent, tmp_path: Path, arguments: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
    write(tmp_path / "a.csv", f"编号,备注,附言\n1,{SECRET},无\n")
    write(tmp_path / "labels.csv", f"id,text,labels\n1,{SECRET},{SECRET}\n")
    write(tmp_path / "header.csv", f'"{SECRET}",其他,别的\n"{SECRET}",一,二\n')
    write(tmp_path / "broken.jsonl", f'{{"text": "{SECRET}"\n["{SECRET}"]\n')
    write(tmp_path / "broken.docx", SECRET)
    silent(*arguments)


def test_masked_results_tell_nothing_of_the_informant(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    rows = f'编号,来电人,联系电话,内容\n1,谢春生,13800001234,"{SECRET}"\n2,匿名,,有人晚上电鱼\n'
    source = write(tmp_path / "线索.csv", rows)
    for output in ("a.xlsx", "a.csv", "a.jsonl"):
        assert run("predict", source, "--mask", "-o", output)[0] == 0
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    told = "\n".join([*cells, *((tmp_path / name).read_text(encoding="utf-8-sig") for name in ("a.csv", "a.jsonl"))])
    assert not [trace for trace in TRACES[:3] if trace in told]
    assert "[举报人]" in told
    assert "黑水" in told
    _, out, _ = run("explain", SECRET, "--mask")
    assert not [trace for trace in TRACES[:3] if trace in out]


def test_a_masked_result_has_a_name_of_its_own(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    source = write(tmp_path / "张三来信.txt", SECRET)
    assert run("predict", source, "--mask")[0] == 0
    assert (tmp_path / "[举报人]来信_分类_已遮盖.xlsx").exists()
