"""What a file really is, told by its first bytes and not by its suffix."""

import io
import re
import zipfile
from pathlib import PurePath

from tipclass import messages
from tipclass.documents import ENTRY, PACKINGS, ZIP_DAMAGE, Unreadable

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
MAGIC = (
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\0", "image"),
    (b"MM\0*", "image"),
    (b"Rar!\x1a", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b\x08", "archive"),
    (b"PAR1", "parquet"),
)
# Parts that tell packages apart.
PACKAGES = (
    ("word/document", "docx"),
    ("xl/workbook.bin", "xlsb"),
    ("xl/workbook", "xlsx"),
    ("OFD.xml", "ofd"),
)
LONGEST_TYPE = 100  # bytes
MOST_PARTS = 100_000  # listing more takes a second and more
OPEN_DOCUMENTS = {
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.text": "odt",
}
# Streams that tell OLE files apart; of several the first counts, the others belong to things pasted in.
STREAMS = (("EncryptedPackage", "encrypted"), ("WordDocument", "doc"), ("Workbook", "xls"), ("Book", "xls"))
HTML = re.compile(rb"(?>(?><!--.*?-->)\s*)*+<(!doctype html|html|head|meta|table|style|div|body)|mime-version:", re.S)
XML_TABLE = b"urn:schemas-microsoft-com:office:spreadsheet"

# Kinds that are not read, by suffix.
UNREADABLE_SUFFIXES = {
    **dict.fromkeys((".doc", ".dot", ".wps"), "doc"),
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".bmp", ".gif", ".tif", ".tiff", ".webp", ".heic"), "image"),
    **dict.fromkeys((".zip", ".rar", ".7z"), "archive"),
    ".et": "et",
    ".odt": "odt",
    ".ofd": "ofd",
    ".rtf": "rtf",
    ".xlsb": "xlsb",
}
# What each suffix may hold; "" is content without any of the signs above.
# A pdf may open with some bytes of its own, and a pasted web page is a plain text like any other.
HOLDS = {
    ".csv": {""},
    ".tsv": {""},
    ".jsonl": {""},
    ".parquet": {"parquet"},
    ".txt": {"", "html"},
    ".xlsx": {"xlsx"},
    ".xlsm": {"xlsx"},
    ".xls": {"xls"},
    ".ods": {"ods"},
    ".docx": {"docx"},
    ".pdf": {"pdf", ""},
}


def check_content(raw: bytes, suffix: str, name: str) -> None:
    """Refuse an empty file and one whose content is not what its suffix says, naming what it seems to be."""
    if not raw:
        raise Unreadable(name, messages.EMPTY_FILE)
    kind = seems(raw)
    if kind in HOLDS[suffix]:
        return
    if not kind:
        raise Unreadable(name, messages.DAMAGED_DOCX if suffix == ".docx" else messages.DAMAGED_TABLE)
    seen, way = messages.KINDS[kind]
    raise Unreadable(name, messages.OTHER_CONTENT.format(kind=seen, suffix=suffix, way=way))


def refuse_suffix(suffix: str, name: str) -> Unreadable:
    """Say how to bring a file of an unreadable kind into a readable one."""
    if suffix not in UNREADABLE_SUFFIXES:
        seen = suffix or PurePath(name).name
        return Unreadable(name, messages.UNKNOWN_SUFFIX.format(suffix=seen, suffixes="、".join(HOLDS)))
    kind, way = messages.KINDS[UNREADABLE_SUFFIXES[suffix]]
    return Unreadable(name, messages.REFUSED_KIND.format(kind=kind, way=way))


def seems(raw: bytes) -> str:
    """Name the kind of content by its first bytes, or "" when nothing gives it away."""
    if raw.startswith(ZIP):
        return _package(raw)
    if raw.startswith(OLE):
        return _compound(raw)
    return next((kind for magic, kind in MAGIC if raw.startswith(magic)), "") or _markup(raw)


def _package(raw: bytes) -> str:
    """Tell zip packages apart by the parts they hold."""
    if raw.count(ENTRY) > MOST_PARTS:
        return "zip"
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            names = package.namelist()
            mimetype = _beginning(package, "mimetype") if "mimetype" in names else b""
    except ZIP_DAMAGE:
        return "zip"
    known = (kind for part, kind in PACKAGES if any(name.startswith(part) for name in names))
    return OPEN_DOCUMENTS.get(mimetype.strip()) or next(known, "zip")


def _beginning(package: zipfile.ZipFile, part: str) -> bytes:
    """Unpack a few bytes of a part, unless it is packed in a way that gives all or nothing."""
    if package.getinfo(part).compress_type not in PACKINGS:
        return b""
    with package.open(part) as stream:
        return stream.read(LONGEST_TYPE)


def _compound(raw: bytes) -> str:
    """Tell OLE files apart by the first telling stream in their directory."""
    found = [(raw.find(name.encode("utf-16-le") + b"\0\0"), kind) for name, kind in STREAMS]
    return min((at for at in found if at[0] >= 0), default=(0, "ole"))[1]


def _markup(raw: bytes) -> str:
    """Recognise web pages and XML tables, which platforms like to save as .xls."""
    head = raw[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if HTML.match(head):
        return "html"
    return "xmltable" if head.startswith(b"<?xml") and XML_TABLE in head else ""
