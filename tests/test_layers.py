"""Imports point down only, every module has its place, and the heavy libraries stay off the predict path."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import tipclass

PACKAGE = Path(tipclass.__file__).parent
# A module may import what stands before it.
LAYERS = (
    "errors", "messages", "drafts", "targets", "workbook", "printable", "formulas", "records", "units", "points",
    "rows", "fields", "patterns", "tomlfile", "limits", "settings", "taxonomy", "choices",
    "clean", "cleaned", "numerals", "passages", "doubt", "lexicon", "dictionary", "segment", "decide",
    "documents", "signs", "sheets", "parquet", "sandbox", "parsers",
    "tables", "frames", "stretches", "reviews", "readers", "sources", "corpus", "crew",
    "bigrams", "runs", "about", "particulars", "additions", "pairs", "groups", "company", "trees",
    "likeness",
    "folding", "wordlist", "days", "identifiers", "moments", "quantities",
    "npz", "vocabulary", "traits", "tagger", "elements",
    "traces", "privacy_table", "columns", "sides", "forms", "names",
    "surroundings", "scales", "name_words", "name_forms", "name_signs", "mentions", "contacts", "homes", "posts",
    "disguise", "envelope", "privacy",
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
    "console", "cli",
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
"""
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, encoding="utf-8", cwd=tmp_path, check=True
    )
    loaded = run.stderr.splitlines()[-1]
    assert "sklearn" not in loaded
    assert "pandas" not in loaded
    assert "starlette" not in loaded
    assert "sqlite3" not in loaded
    assert command == "ledger" or "scipy" not in loaded  # linking needs it
