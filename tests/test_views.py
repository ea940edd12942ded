"""Views: coloured words, pages of tables, rows that were asked for."""

from datetime import date

import pytest
from invented import TODAY, invented

from tipclass.records import Evidence
from tipclass.views import PAGE, address, chosen_rows, page_of, pieces, whole_number

ROWS = invented()


def test_coloured_words_keep_every_character_and_never_overlap() -> None:
    text = "河边有人电鱼，请查处"
    spoke_for = [Evidence("人电鱼", 1.0, 3, 6), Evidence("河边", 0.5, 0, 2)]
    cut = pieces(text, spoke_for, [Evidence("电鱼，请", 1.0, 4, 8)])
    assert "".join(each.text for each in cut) == text
    assert [(each.text, each.mark) for each in cut if each.mark] == [
        ("河边", "for"),
        ("人电鱼", "for"),
        ("，请", "against"),
    ]


@pytest.mark.parametrize(("page", "shown"), [(0, 1), (1, 1), (3, 3), (99, 3)])
def test_a_page_that_is_not_there_is_the_nearest(page: int, shown: int) -> None:
    found = page_of(range(2 * PAGE + 1), page)
    assert (found.page, found.pages, found.total) == (shown, 3, 2 * PAGE + 1)


def test_what_is_no_number_is_the_default() -> None:
    assert [whole_number(word, 1) for word in ("7", "-7", "", "x", "9" * 30)] == [7, 1, 1, 1, 1]


def test_an_address_keeps_what_was_asked() -> None:
    assert address("/ledger", {"status": "sent", "page": "2"}, page="", sort="-due") == "/ledger?status=sent&sort=-due"


@pytest.mark.parametrize("test", ["pending", "overdue", "repeats", "corrected"])
def test_rows_are_chosen_by_what_the_ledger_itself_says(test: str) -> None:
    found = chosen_rows(ROWS, {"test": test}, TODAY)
    held = {
        "pending": lambda row: row.is_pending,
        "overdue": lambda row: row.is_overdue(TODAY),
        "repeats": lambda row: row.is_repeat,
        "corrected": lambda row: row.corrected,
    }[test]
    assert {row.number for row in found} == {row.number for row in ROWS if held(row)}


def test_overdue_rows_come_first_the_longest_overdue_before_all() -> None:
    found = chosen_rows(ROWS, {}, TODAY)
    late = [row for row in found if row.is_overdue(TODAY)]
    assert found[: len(late)] == late
    assert [row.due for row in late] == sorted(row.due or date.max for row in late)


def test_rows_are_searched_sorted_and_named() -> None:
    assert all("电瓶" in row.text for row in chosen_rows(ROWS, {"search": "电瓶"}, TODAY))
    sure = [row.certainty for row in chosen_rows(ROWS, {"sort": "-certainty"}, TODAY)]
    assert sure == sorted(sure, reverse=True)
    wanted = {ROWS[3].number, ROWS[5].number}
    assert {row.number for row in chosen_rows(ROWS, {"numbers": ",".join(wanted)}, TODAY)} == wanted
