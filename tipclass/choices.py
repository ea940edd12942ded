"""Choices: what staff may fill in beside a result, as the rules that a workbook holds their cells to."""

from collections.abc import Mapping
from typing import Any

from tipclass import messages
from tipclass.taxonomy import Taxonomy

Rule = Mapping[str, Any]  # of a data validation, as XlsxWriter takes it


def of_corrections(taxonomy: Taxonomy) -> dict[str, Rule]:
    """Return the rules of the columns for corrections, by their names.

    The names to choose from stand on a sheet, since an inline list may hold 255 characters only.
    """
    names = {
        "validate": "list",
        "source": f"='{messages.SHEET_NAMES}'!$A$1:$A${len(taxonomy.category)}",
        "input_title": messages.CORRECTION_TITLE,
        "input_message": messages.CORRECTION_HINT,
        "error_message": messages.CORRECTION_ERROR,
    }
    free = {  # text with a hint: a drop-down gives one name only
        "validate": "any",
        "input_title": messages.COLUMN_FURTHER_CORRECTION,
        "input_message": messages.FURTHER_CORRECTION_HINT,
    }
    return {messages.COLUMN_CORRECTION: names, messages.COLUMN_FURTHER_CORRECTION: free}
