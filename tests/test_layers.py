"""Imports point down only, every module has its place, and the heavy libraries stay off the predict path."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import tipclass
from tipclass.cli import COMMANDS

PACKAGE = Path(tipclass.__file__).parent
# A module may import what stands before it.
LAYERS = (
    "errors", "messages", "drafts", "targets", "workbook", "printable", "formulas", "records", "units", "points",
    "rows", "fields", "patterns", "tomlfile", "limits", "settings", "taxonomy", "choices",
    "clean", "cleaned", "numerals", "passages", "doubt", "wordlist", "lexicon", "dictionary", "segment", "decide",
    "documents", "signs", "sheets", "parquet", "sandbox", "parsers",
    "tables", "frames", "stretches", "reviews", "readers", "sources", "corpus", "crew",
    "bigrams", "runs", "about", "particulars", "additions", "pairs", "groups", "company", "trees",
    "likeness",
    "folding", "days", "identifiers", "moments", "quantities",
    "npz", "vocabulary", "traits", "tagger", "proposals", "elements",
    "traces", "guesses", "privacy_table", "columns", "sides", "forms", "names",
    "surroundings", "scales", "name_words", "name_forms", "name_signs", "mentions", "contact_forms",
    "contacts", "homes", "posts", "disguise", "envelope", "privacy",
    "routing_table", "routing", "transfer", "nature", "grade", "office", "deadlines", "ledger",
    "linked", "methods", "ties", "link",
    "grams", "scorer", "neighbours", "novelty", "reference", "classifier", "explain",
    "told", "result_columns", "result_csv", "result_json", "result_sheets", "result_book", "journal", "link_book",
    "corrections", "paper", "ledger_counts", "ledger_lines", "ledger_figures", "ledger_sheets", "registration",
    "ledger_book",
    "verdicts", "evaluate", "comparison", "calibration", "checks", "manifest", "card",
    "model_files", "model", "store",
    "triage", "line", "cluster", "partitions", "queue", "pen", "pictures", "figures", "cases", "drift", "drift_page",
    "periods", "districts", "rates", "tally", "surges", "report", "report_pictures", "report_words",
    "report_page", "report_json",
    "omissions", "search", "ablation", "training", "suspects", "trial",
    "differences", "promotion",
    "essentials", "desk_store", "jobs", "shelf", "batches", "desk", "retraining", "session", "views",
    "webpage", "web_intake", "web_batches", "web_ledger", "web_review", "web_audit", "web_models", "web", "opening",
    "console", "cli_options", "cli_files",
    "cli_predict", "cli_explain", "cli_link", "cli_settings", "cli_referral", "cli_train", "cli_evaluate", "cli_report",
    "cli_ledger", "cli_serve", "cli_corpus", "cli_models", "cli",
)  # fmt: skip


def imports(module: str) -> set[str]:
    tree = ast.parse((PACKAGE / f"{module}.py").read_text(encoding="utf-8"))
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "tipclass":
            found |= {alias.name for alias in node.names if (PACKAGE / f"{alias.name}.py").is_file()}
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("tipclass."):
            found.add(node.module.split(".")[1])
    return found


@pytest.mark.parametrize("place", range(len(LAYERS)), ids=LAYERS)
def test_imports_point_down(place: int) -> None:
    assert imports(LAYERS[place]) <= set(LAYERS[:place])


def test_every_module_has_a_place() -> None:
    assert {path.stem for path in PACKAGE.glob("*.py")} - {"__init__", "__main__"} == set(LAYERS)


def test_each_command_stands_in_the_module_of_its_name() -> None:
    shared = {"cli_options", "cli_files"}
    assert {path.stem for path in PACKAGE.glob("cli_*.py")} - shared == {f"cli_{name}" for name in COMMANDS}


@pytest.mark.parametrize("command", ["predict", "explain", "ledger", "--help"])
def test_prediction_needs_neither_pandas_nor_scikit_learn(command: str, models: Path, tmp_path: Path) -> None:
    source = tmp_path / "a.csv"
    source.write_text("内容\n有人电鱼\n", encoding="utf-8")
    arguments = {
        "predict": ["predict", str(source), "--models", str(models)],
        "explain": ["explain", "有人电鱼", "--models", str(models)],
        "ledger": ["ledger", str(source), "-o", "台账.xlsx", "--models", str(models)],
        "--help": ["--help"],
    }
    program = f"""
import sys
sys.argv = ["tipclass", *{arguments[command]!r}]
from tipclass.cli import main
try:
    main()
except SystemExit as leaving:
    assert not leaving.code, leaving.code
heavy = {{"sklearn", "scipy", "pandas", "joblib", "jieba", "starlette", "sqlite3"}}
print(sorted(heavy & set(sys.modules)), file=sys.stderr)
print(*sorted(name for name in {[*COMMANDS]!r} if f"tipclass.cli_{{name}}" in sys.modules), file=sys.stderr)
"""
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, encoding="utf-8", cwd=tmp_path, check=True
    )
    loaded, commands = run.stderr.splitlines()[-2:]
    assert commands == ("" if command == "--help" else command)
    assert "sklearn" not in loaded
    assert "pandas" not in loaded
    assert "starlette" not in loaded
    assert "sqlite3" not in loaded
    assert command == "ledger" or "scipy" not in loaded  # linking needs it
