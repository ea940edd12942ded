"""Reviews: which ones a main sheet takes over, and what `corpus learn` reads of a ledger."""

import pytest

from tipclass import messages
from tipclass.reviews import MARKS, bring_back, main_sheet
from tipclass.tables import Table


@pytest.mark.parametrize(
    ("own", "reviewed", "taken", "says"),
    [
        (("", ""), ("甲", "乙"), ("甲", "乙"), ""),
        (("甲", ""), ("甲", ""), None, ""),
        (("甲", ""), ("乙", ""), None, "填的复核类别不同"),
        (("", ""), ("", ""), None, ""),
        (("甲", ""), ("", ""), None, ""),
        (None, ("甲", ""), None, "没有这一条"),
    ],
)
def test_the_main_sheet_keeps_its_own(
    own: tuple[str, ...] | None, reviewed: tuple[str, ...], taken: tuple[str, ...] | None, says: str
) -> None:
    brought = bring_back({"1": own} if own else {}, {"1": reviewed})
    assert brought.reviews.get("1") == taken
    assert says in "".join(brought.notes)
    assert bool(brought.notes) == bool(says)


def test_of_a_ledger_only_the_main_sheet_is_read_with_all_reviews() -> None:
    columns = tuple(sorted(MARKS))
    at, review = columns.index(messages.COLUMN_NUMBER), columns.index(messages.COLUMN_CORRECTION)
    cells = tuple("1" if place == at else "" for place in range(len(columns)))
    filled = tuple("甲" if place == review else cell for place, cell in enumerate(cells))
    main = Table("a#全部", messages.SHEET_LEDGER, columns, ((2, cells),))
    (found,) = main_sheet([main, Table("a#人工复核", messages.SHEET_REVIEWS, columns, ((3, filled),))])
    assert (found.source, found.rows) == ("a#全部", ((2, filled),))
    other = [Table("a", messages.SHEET_LEDGER, ("编号", "内容"), ((2, ("1", "河水")),))]
    assert main_sheet(other) == other
