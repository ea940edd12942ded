"""The text of letters: txt, docx and pdf, and how bytes become text at all.

A docx is walked by hand: docx2txt gives a text box twice and a header once a part, and leaves footnotes out.
"""

import codecs
import io
import logging
import lzma
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from xml.etree import ElementTree

from tipclass import messages
from tipclass.errors import InputError
from tipclass.limits import DEFAULT, MEBIBYTE, Limits
from tipclass.records import Unread

BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
UNANNOUNCED = {"utf-8", "utf-8-sig"}
# What calls itself GB2312 or GBK often holds a rare character of a name; GB18030 reads all three.
SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030"}
UNSOUND = re.compile(r"[\0\ud800-\udfff]")
SURROGATES = re.compile(r"[\ud800-\udfff]")

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
# Parts in the order in which their texts are joined; Word numbers headers, and the body too when saved online.
DOCX_PARTS = tuple(
    re.compile(rf"word/{part}\d{{0,9}}\.xml") for part in ("header", "document", "footer", "footnotes", "endnotes")
)
DOCX_BODY = DOCX_PARTS[1]
DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))
# Deleted and moved-away text, the pinyin of ruby, and properties (a tab stop is a w:tab too).
UNSEEN = {W + tag for tag in ("del", "moveFrom", "rt", "pPr", "rPr", "tblPr", "trPr", "tcPr", "sdtPr", "sectPr")}
MARKS = {W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
TEXTS = {W + "t", M + "t"}
ENTRY = b"PK\x01\x02"  # begins what a package says of each of its parts
PACKINGS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
SMALL = 10 * MEBIBYTE  # what may be packed as tightly as it likes
# What zipfile and its decompressors raise on damaged packages.
ZIP_DAMAGE = (
    EOFError, LookupError, NotImplementedError, OSError, RuntimeError, ValueError, lzma.LZMAError, zipfile.BadZipFile,
    zlib.error,
)  # fmt: skip
# Beside its own errors pypdf lets these through on damaged files.
PDF_LEAKS = (
    ArithmeticError, AssertionError, AttributeError, LookupError, NotImplementedError, OSError, RecursionError,
    TypeError, ValueError, zlib.error,
)  # fmt: skip


class Unreadable(InputError):
    """A file, sheet or line that cannot be read: the place and the cause make up the sentence."""

    def __init__(self, place: str, cause: str) -> None:
        super().__init__(messages.PLACE_AND_CAUSE.format(place=place, cause=cause))
        self.unread = Unread(place, cause)


@dataclass(frozen=True, slots=True)
class Content:
    """The text of a file and what is worth telling about it."""

    text: str
    notes: tuple[str, ...] = ()


def read_document(
    raw: bytes, suffix: str, name: str, *, encoding: str | None = None, limits: Limits = DEFAULT
) -> Content:
    """Read the one text of a letter, or say why there is none."""
    content = DOCUMENTS[suffix](raw, name, encoding, limits)
    if not content.text.strip():
        raise Unreadable(name, messages.NO_TEXT[suffix])
    return content


def decode(raw: bytes, name: str, encoding: str | None = None) -> Content:
    """Decode by the given encoding, else by BOM, else as UTF-8, else as GB18030; say so when not UTF-8."""
    for codec in codecs_to_try(raw, encoding):
        try:
            text = raw.decode(codec)
        except ValueError:
            continue
        content = tidy(text, name)
        said = () if encoding or codec in UNANNOUNCED else (messages.DECODED_AS.format(name=name, codec=codec.upper()),)
        return Content(content.text, said + content.notes)
    raise Unreadable(name, messages.WRONG_ENCODING.format(encoding=encoding) if encoding else messages.NO_ENCODING)


def known_encoding(name: str) -> str:
    """Give the codec for a named encoding, or refuse a name that is none."""
    try:
        codec = codecs.lookup(name).name
        bytes(4).decode(codec)  # refuses codecs such as hex, which do not give text
    except (LookupError, ValueError):
        raise InputError(messages.UNKNOWN_ENCODING.format(encoding=name)) from None
    return SUPERSETS.get(codec, codec)


def codecs_to_try(raw: bytes, encoding: str | None) -> tuple[str, ...]:
    """List the codecs to try, by the first bytes of a file; a name or a BOM leaves no choice."""
    if encoding:
        return (known_encoding(encoding),)
    return tuple(codec for bom, codec in BOMS if raw.startswith(bom)) or ("utf-8", "gb18030")


def tidy(text: str, name: str) -> Content:
    """Drop a leading BOM, write line ends as newlines, and remove what no text may hold (NUL, lone surrogates)."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    if not UNSOUND.search(text):
        return Content(text)
    notes = (("\0" in text, messages.NUL_DROPPED), (SURROGATES.search(text), messages.SURROGATE_REPLACED))
    return Content(
        SURROGATES.sub("\ufffd", text.replace("\0", "")),
        tuple(note.format(name=name) for found, note in notes if found),
    )


# --- packages ---


@contextmanager
def open_package(raw: bytes, name: str, limits: Limits) -> Iterator[zipfile.ZipFile]:
    """Open a zipped file, or refuse it before it unpacks beyond the limits; what it says of its sizes may be a lie."""
    if raw.count(ENTRY) > limits.parts:  # counted before they are listed
        raise Unreadable(name, messages.TOO_MANY_PARTS.format(parts=limits.parts))
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        parts = package.infolist()
        unpacked = sum(part.file_size for part in parts)
        if unpacked > limits.unpacked * MEBIBYTE or unpacked > max(SMALL, limits.ratio * len(raw)):
            raise Unreadable(name, messages.TOO_LARGE.format(unpacked=limits.unpacked, ratio=limits.ratio))
        if not {part.compress_type for part in parts} <= PACKINGS:  # the others cannot be unpacked bit by bit
            raise NotImplementedError
        yield package


def unpack(package: zipfile.ZipFile, part: str) -> bytes:
    """Unpack a part as far as it was said to be long; raises BadZipFile when it is not as long."""
    with package.open(part) as stream:
        return stream.read(package.getinfo(part).file_size + 1)


# --- docx ---


def read_docx(raw: bytes, name: str, encoding: str | None = None, limits: Limits = DEFAULT) -> Content:
    """Read what a Word document shows: headers, body, tables, text boxes, footers and notes, each once."""
    try:
        with open_package(raw, name, limits) as package:
            texts = [_part_text(package, part, name) for part in _parts(package)]
    except (ElementTree.ParseError, *ZIP_DAMAGE):  # too deep a tree is a RuntimeError
        raise Unreadable(name, messages.DAMAGED_DOCX) from None
    # The headers of first, odd and even pages are parts of their own and mostly alike.
    return tidy("\n".join(text for text in dict.fromkeys(texts) if text), name)


def _parts(package: zipfile.ZipFile) -> list[str]:
    """List the parts that hold text, in reading order."""
    names = sorted(package.namelist())
    if not any(DOCX_BODY.fullmatch(part) for part in names):
        raise KeyError("word/document.xml")
    return [part for kind in DOCX_PARTS for part in names if kind.fullmatch(part)]


def _part_text(package: zipfile.ZipFile, part: str, name: str) -> str:
    """Parse one part within bounds and give its lines."""
    xml = unpack(package, part)
    if any(mark in xml for mark in DOCTYPES):
        raise Unreadable(name, messages.DOCTYPE_REFUSED)
    return "\n".join(_lines(ElementTree.fromstring(xml))).strip("\n")


def _lines(element: ElementTree.Element) -> Iterator[str]:
    """Walk blocks in document order: a paragraph is a line, a table row is a line."""
    for child in _seen(element):
        yield from BLOCKS.get(child.tag, _lines)(child)


def _paragraph_lines(paragraph: ElementTree.Element) -> Iterator[str]:
    """Give the text of a paragraph, then that of the text boxes anchored in it."""
    boxes: list[ElementTree.Element] = []
    yield "".join(_inline(paragraph, boxes))
    for box in boxes:
        yield from _lines(box)


def _inline(element: ElementTree.Element, boxes: list[ElementTree.Element]) -> Iterator[str]:
    """Give the pieces of text inside a paragraph, collecting its text boxes on the way."""
    for child in _seen(element):
        if child.tag == W + "txbxContent":
            boxes.append(child)
        elif child.tag in TEXTS:
            yield child.text or ""
        else:
            yield MARKS.get(child.tag, "")
            yield from _inline(child, boxes)


def _row_lines(row: ElementTree.Element) -> Iterator[str]:
    """Give the cells of a table row separated by tabs."""
    yield "\t".join("\n".join(_lines(cell)).strip("\n") for cell in _cells(row)).rstrip("\t")


def _cells(element: ElementTree.Element) -> Iterator[ElementTree.Element]:
    """Give the cells of a row, also those inside content controls, without the hidden rest of merged ones."""
    for child in _seen(element):
        if child.tag != W + "tc":
            yield from _cells(child)
        elif not _continues_merge(child):
            yield child


def _continues_merge(cell: ElementTree.Element) -> bool:
    """Tell whether a cell lies under the one it is merged with."""
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return merge is not None and merge.get(W + "val", "continue") == "continue"


def _seen(element: ElementTree.Element) -> Iterator[ElementTree.Element]:
    """Give the children that a reader of the document sees, one of twins that say the same in two ways."""
    if element.tag == MC + "AlternateContent":
        yield from element.findall(MC + "Choice")[:1] or element.findall(MC + "Fallback")
    else:
        yield from (child for child in element if child.tag not in UNSEEN)


BLOCKS: dict[str, Callable[[ElementTree.Element], Iterator[str]]] = {W + "p": _paragraph_lines, W + "tr": _row_lines}


# --- pdf and txt ---


def read_pdf(raw: bytes, name: str, encoding: str | None = None, limits: Limits = DEFAULT) -> Content:
    """Read the text layer of all pages, and say which pages have none."""
    pages = _pdf_pages(raw, name)
    bare = [str(number) for number, text in enumerate(pages, 1) if not text.strip()]
    content = tidy("\n".join(pages), name)
    note = (messages.PAGES_WITHOUT_TEXT.format(name=name, pages="、".join(bare)),) if bare else ()
    return Content(content.text, content.notes + note)


def _pdf_pages(raw: bytes, name: str) -> list[str]:
    """Extract the text of every page."""
    import pypdf
    from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(raw)).pages]
    except (DependencyError, FileNotDecryptedError):
        raise Unreadable(name, messages.ENCRYPTED_PDF) from None
    except (PyPdfError, *PDF_LEAKS):
        raise Unreadable(name, messages.DAMAGED_PDF) from None


def read_txt(raw: bytes, name: str, encoding: str | None = None, limits: Limits = DEFAULT) -> Content:
    """Read a plain text file."""
    return decode(raw, name, encoding)


DOCUMENTS: dict[str, Callable[[bytes, str, str | None, Limits], Content]] = {
    ".txt": read_txt,
    ".docx": read_docx,
    ".pdf": read_pdf,
}
