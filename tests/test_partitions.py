"""Tables of pandas come out with our columns and otherwise as they went in."""

from datetime import date
from functools import partial
from pathlib import Path

import pandas
import pytest

from tipclass.errors import InputError
from tipclass.model import Model
from tipclass.office import load_office
from tipclass.partitions import NAMES, classify_partitions
from tipclass.records import Tip
from tipclass.triage import triage_batch

TEXTS = ["有人电鱼", "往河里排污水", "会议强调，要扎实推进", "", None, 3.5]


def test_rows_order_and_index_stay(models: Path) -> None:
    frame = pandas.DataFrame({"编号": range(6), "内容": TEXTS}, index=[9, 7, 5, 3, 1, 1])
    classify = partial(classify_partitions, text_column="内容", models=models)  # as it is handed to Spark
    found = list(classify(iter([frame, frame.iloc[:0], frame.iloc[:2]])))
    assert [len(each) for each in found] == [6, 0, 2]
    assert list(found[0].columns) == ["编号", "内容", *NAMES]
    pandas.testing.assert_frame_equal(found[0][["编号", "内容"]], frame)
    assert list(frame.columns) == ["编号", "内容"]


def test_it_says_what_the_batch_says(models: Path, model: Model) -> None:
    (found,) = classify_partitions([pandas.DataFrame({"内容": TEXTS[:3]})], text_column="内容", models=models)
    entries = triage_batch(
        [Tip(str(row), str(text)) for row, text in enumerate(TEXTS[:3])], model, office=load_office(date.today())
    )
    assert found["category"].tolist() == [entry.decision.main.code for entry in entries]
    assert found["reason"].tolist() == [entry.reason for entry in entries]
    assert found["route"].tolist() == [entry.decision.route.value for entry in entries]


@pytest.mark.parametrize(("columns", "word"), [(["正文"], "内容"), (["内容", "score"], "score")])
def test_a_column_that_is_missing_or_taken_is_told(columns: list[str], word: str, models: Path) -> None:
    frame = pandas.DataFrame([["有人电鱼"] * len(columns)], columns=columns)
    with pytest.raises(InputError, match=word):
        list(classify_partitions([frame], text_column="内容", models=models))
