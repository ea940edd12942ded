"""Arrays of an npz file: read within bounds, never unpickled."""

import io
import math
import tokenize
import zipfile
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.lib import format as npy

HEADERS = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}
PACKINGS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # others cannot be unpacked bit by bit


def read_npz(raw: bytes, kinds: Mapping[str, str], *, most: int) -> dict[str, Any]:
    """Return the named arrays, each of one of its kinds (letters of `numpy.dtype.kind`), at most so many bytes in all.

    What a file says of its sizes is held against what there is before any memory is taken. Raises ValueError,
    KeyError or what zipfile raises when an array is missing, of another kind, or not as long as it was said to be.
    """
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = {name: archive.getinfo(f"{name}.npy") for name in kinds}
        if sum(part.file_size for part in parts.values()) > most:
            raise ValueError("arrays too large")
        return {name: _array(archive, part, kinds[name]) for name, part in parts.items()}


def _array(archive: zipfile.ZipFile, part: zipfile.ZipInfo, kinds: str) -> np.ndarray[Any, Any]:
    if part.compress_type not in PACKINGS:
        raise ValueError("unknown packing")
    with archive.open(part) as stream:
        shape, fortran, dtype = _header(stream)
        length = math.prod(shape) * dtype.itemsize
        if dtype.kind not in kinds or length != part.file_size - stream.tell():
            raise ValueError("not as it was said to be")
        values = np.frombuffer(stream.read(length), dtype)
    return values.reshape(shape, order="F" if fortran else "C")


def _header(stream: Any) -> tuple[tuple[int, ...], bool, "np.dtype[Any]"]:
    try:
        return HEADERS[npy.read_magic(stream)](stream)
    except (SyntaxError, TypeError, tokenize.TokenError) as error:
        raise ValueError("no array") from error
