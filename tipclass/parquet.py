"""A parquet file as rows of text."""

import io

from tipclass import messages
from tipclass.documents import Unreadable
from tipclass.limits import Limits
from tipclass.sheets import to_text


def open_parquet(raw: bytes, name: str, limits: Limits) -> list[list[str]]:
    """Read the names of the columns and all rows; raises Unreadable."""
    from pyarrow import ArrowException, parquet

    try:
        with parquet.ParquetFile(io.BytesIO(raw)) as file:
            if file.metadata.num_rows * file.metadata.num_columns > limits.cells:
                raise Unreadable(name, messages.TOO_MANY_CELLS.format(cells=limits.cells))
            found = file.read(use_threads=False)
            columns = [[_plain(value) for value in column.to_pylist()] for column in found.columns]
    except (ArrowException, OSError, UnicodeDecodeError):
        raise Unreadable(name, messages.DAMAGED_TABLE) from None
    return [found.column_names, *map(list, zip(*columns, strict=True))]


def _plain(value: object) -> str:
    """Write any value as text, also those that no workbook and no JSON can hold."""
    try:
        return to_text(value)
    except TypeError:
        return str(value)
