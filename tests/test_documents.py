"""A letter is one tip: everything its reader sees, each text exactly once."""

import io
import zipfile
from pathlib import Path

import pypdf
import pytest

from tipclass import messages
from tipclass.errors import InputError
from tipclass.limits import Limits
from tipclass.readers import read_stream, read_tips
from tipclass.records import Tip

NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "v": "urn:schemas-microsoft-com:vml",
}
SPACES = "".join(f' xmlns:{name}="{space}"' for name, space in NAMES.items())


# --- files written by hand ---


def docx(body: str, **parts: str) -> bytes:
    """A Word file: the body, and parts such as header1 or footnotes by their names."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", f"<w:document{SPACES}><w:body>{body}</w:body></w:document>")
        for name, inside in parts.items():
            package.writestr(f"word/{name}.xml", f"<w:part{SPACES}>{inside}</w:part>")
    return target.getvalue()


def run(text: str) -> str:
    return f'<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*inside: str) -> str:
    return f'<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr>{"".join(inside)}</w:p>'


def line(text: str) -> str:
    return paragraph(run(text))


def cell(*inside: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(inside)}</w:tc>"


def table(*rows: list[str]) -> str:
    lines = "".join("<w:tr>" + "".join(row) + "</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr/>{lines}</w:tbl>"


def box(*inside: str) -> str:
    return f"<w:txbxContent>{''.join(inside)}</w:txbxContent>"


def twins(*inside: str) -> str:
    """A text box as Word writes it: once for itself and once for older programs."""
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{box(*inside)}</mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box(*inside)}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def pdf(*pages: str) -> bytes:
    """A pdf with a line of text a page; an empty text makes a page without a text layer."""
    count = len(pages)
    kids = " ".join(f"{number} 0 R" for number in range(4, 4 + count))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        *(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Resources << /Font << /F1 3 0 R >> >>"
            f" /Contents {4 + count + at} 0 R >>"
            for at in range(count)
        ),
        *(_stream(f"BT /F1 12 Tf 50 200 Td ({text}) Tj ET" if text else "0 0 m 9 9 l S") for text in pages),
    ]
    content, places = "%PDF-1.4\n", []
    for number, inside in enumerate(objects, 1):
        places.append(len(content))
        content += f"{number} 0 obj\n{inside}\nendobj\n"
    start = len(content)
    content += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(f"{at:010} 00000 n \n" for at in places)
    content += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return content.encode()


def _stream(inside: str) -> str:
    return f"<< /Length {len(inside)} >>\nstream\n{inside}\nendstream"


def locked(raw: bytes, password: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(raw))
    writer.encrypt(password, owner_password="owner", algorithm="RC4-128")
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def write(path: Path, raw: bytes) -> Path:
    path.write_bytes(raw)
    return path


def refusal(suffix: str, raw: bytes) -> str:
    with pytest.raises(InputError) as caught:
        read_stream(raw, suffix)
    return str(caught.value)


def docx_text(body: str, **parts: str) -> str:
    return read_stream(docx(body, **parts), "docx").tips[0].text


# --- every letter is one tip ---


@pytest.mark.parametrize(
    ("name", "raw", "text"),
    [
        ("信.txt", "某公司\r\n虚开发票".encode(), "某公司\n虚开发票"),
        ("信.docx", docx(line("某公司") + line("虚开发票")), "某公司\n虚开发票"),
        ("信.PDF", pdf("Report of fraud", "second page"), "Report of fraud\nsecond page"),
    ],
)
def test_a_letter_is_one_tip(tmp_path, name, raw, text):
    reading = read_tips([write(tmp_path / name, raw)])
    assert reading.tips == (Tip(name, text, name, 0, {"内容": text}),)
    assert not reading.notes
    assert not reading.unread


@pytest.mark.parametrize(
    ("raw", "text", "notes"),
    [
        ("举报".encode("utf-8-sig"), "举报", ()),
        ("举报".encode("utf-16"), "举报", (messages.DECODED_AS.format(name="stdin", codec="UTF-16"),)),
        ("举报".encode("gb18030"), "举报", (messages.DECODED_AS.format(name="stdin", codec="GB18030"),)),
        ("  举\r\n\r报_x000D_\n ".encode(), "  举\n\r报_x000D_\n ", ()),
        ("举\0报".encode(), "举报", (messages.NUL_DROPPED.format(name="stdin"),)),
        ("<html><p>举报</p></html>".encode(), "<html><p>举报</p></html>", ()),
    ],
)
def test_plain_text_stays_as_it_is(raw, text, notes):
    reading = read_stream(raw, "txt")
    assert (reading.tips[0].text, reading.notes) == (text, notes)


# --- docx ---


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (paragraph(run("甲"), "<w:r><w:tab/></w:r>", run("乙"), "<w:r><w:br/></w:r>", run("丙")), "甲\t乙\n丙"),
        (line("一") + paragraph() + line("二"), "一\n\n二"),
        (
            paragraph(run("留"), f"<w:ins>{run('增')}</w:ins>", "<w:del><w:r><w:delText>删</w:delText></w:r></w:del>"),
            "留增",
        ),
        (paragraph(f"<w:moveFrom>{run('移')}</w:moveFrom>") + paragraph(f"<w:moveTo>{run('移')}</w:moveTo>"), "移"),
        (f"<w:ins>{line('整段')}</w:ins>", "整段"),
        (paragraph(twins(line("框内"), line("第二行")), run("正文")), "正文\n框内\n第二行"),
        (f"<mc:AlternateContent><mc:Fallback>{line('旧')}</mc:Fallback></mc:AlternateContent>", "旧"),
        (
            paragraph("<w:hyperlink>", run("链接"), "</w:hyperlink>", f"<w:fldSimple>{run('域')}</w:fldSimple>"),
            "链接域",
        ),
        (paragraph("<w:r><w:instrText>PAGE</w:instrText></w:r>", run("1")), "1"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{line('控件')}</w:sdtContent></w:sdt>", "控件"),
        (paragraph(f"<w:r><w:ruby><w:rt>{run('jǔ')}</w:rt><w:rubyBase>{run('举')}</w:rubyBase></w:ruby></w:r>"), "举"),
        (paragraph("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>"), "x=1"),
        (
            table([cell(line("姓名")), cell(line("张三"))], [cell(line("电话")), cell(line("110"))]),
            "姓名\t张三\n电话\t110",
        ),
        (table([cell(line("内容")), cell(line("一"), line("二"))], [cell(line("尾")), cell()]), "内容\t一\n二\n尾"),
        (table([cell(line("外"), table([cell(line("内")), cell(line("里"))]))]), "外\n内\t里"),
        (table([f"<w:sdt><w:sdtContent>{cell(line('控件'))}</w:sdtContent></w:sdt>", cell(line("乙"))]), "控件\t乙"),
        (
            table(
                [cell(line("并"), properties='<w:vMerge w:val="restart"/>'), cell(line("甲"))],
                [cell(line("并"), properties="<w:vMerge/>"), cell(line("乙"))],
            ),
            "并\t甲\n乙",
        ),
        (table([cell(line("横"), properties='<w:gridSpan w:val="2"/>')]), "横"),
    ],
)
def test_each_text_of_a_document_is_read_once_and_in_order(body, text):
    assert docx_text(body) == text


def test_headers_footers_and_notes_are_read_once_each():
    text = docx_text(
        line("正文"),
        header1=line("某市公安局"),
        header2=line("某市公安局"),
        header3=paragraph(),
        footer1=line("第1页"),
        footnotes=f"<w:footnote>{line('脚注')}</w:footnote>",
        endnotes=f"<w:endnote>{line('尾注')}</w:endnote>",
        comments=line("批注"),
    )
    assert text == "某市公安局\n正文\n第1页\n脚注\n尾注"


def test_a_body_saved_online_is_found():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("word/document2.xml", f"<w:document{SPACES}>{line('甲')}</w:document>")
    assert read_stream(target.getvalue(), "docx").tips[0].text == "甲"


BOMB = f'<!DOCTYPE a [<!ENTITY b "c">]><w:document{SPACES}/>'


def package(xml: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as parts:
        parts.writestr("word/document.xml", xml)
    return target.getvalue()


@pytest.mark.parametrize(
    ("raw", "cause"),
    [
        (docx(paragraph()), messages.NO_TEXT[".docx"]),
        (package(BOMB.encode()), messages.DOCTYPE_REFUSED),
        (package(("<?xml version='1.0' encoding='utf-16'?>" + BOMB).encode("utf-16")), messages.DOCTYPE_REFUSED),
        (package(b"<w:document>"), messages.DAMAGED_DOCX),
        (docx("<w:sdt>" * 50_000 + "</w:sdt>" * 50_000), messages.DAMAGED_DOCX),
        (docx(line("一段够长的文字")).replace(b"PK\x01\x02", b"PK\x01\x03", 1), None),
        (package(b"<a/>").replace(b"<a/>", b"<b/>"), messages.DAMAGED_DOCX),
        ("文字".encode(), messages.DAMAGED_DOCX),
        (b"", messages.EMPTY_FILE),
    ],
)
def test_a_document_that_cannot_be_read_says_why(raw, cause):
    seen, way = messages.KINDS["zip"]
    expected = cause or messages.OTHER_CONTENT.format(suffix=".docx", kind=seen, way=way)
    assert refusal("docx", raw) == f"stdin：{expected}"


def test_parts_that_unpack_too_far_are_refused():
    limits = Limits()
    cause = messages.TOO_LARGE.format(unpacked=limits.unpacked, ratio=limits.ratio)
    assert refusal("docx", docx(line("长" * 4_000_000))) == f"stdin：{cause}"


# --- pdf ---


def test_pages_without_a_text_layer_are_said():
    reading = read_stream(pdf("one", "", "three", ""), "pdf")
    assert reading.tips[0].text.split() == ["one", "three"]
    assert reading.notes == (messages.PAGES_WITHOUT_TEXT.format(name="stdin", pages="2、4"),)


def test_a_pdf_that_only_forbids_printing_is_read():
    assert read_stream(locked(pdf("one"), ""), "pdf").tips[0].text == "one"


def test_bytes_before_a_pdf_do_no_harm():
    assert read_stream(b"\r\n\r\n" + pdf("one"), "pdf").tips[0].text == "one"


@pytest.mark.parametrize(
    ("raw", "cause"),
    [
        (pdf("", ""), messages.NO_TEXT[".pdf"]),
        (locked(pdf("one"), "secret"), messages.ENCRYPTED_PDF),
        (pdf("one")[:200], messages.DAMAGED_PDF),
        (b"%PDF-1.4\n", messages.DAMAGED_PDF),
        (pdf("one").replace(b"/Pages 2 0 R", b"/Pages 9 0 R"), messages.DAMAGED_PDF),
        ("文字".encode(), messages.DAMAGED_PDF),
    ],
)
def test_a_pdf_that_cannot_be_read_says_why(raw, cause, caplog):
    assert refusal("pdf", raw) == f"stdin：{cause}"
    assert not caplog.records


def test_other_letters_go_on(tmp_path):
    write(tmp_path / "a.pdf", pdf(""))
    write(tmp_path / "b.docx", docx(line("甲")))
    write(tmp_path / "c.txt", b"  \n")
    reading = read_tips([tmp_path])
    assert [tip.id for tip in reading.tips] == ["b.docx"]
    assert [(each.place, each.cause) for each in reading.unread] == [
        ("a.pdf", messages.NO_TEXT[".pdf"]),
        ("c.txt", messages.NO_TEXT[".txt"]),
    ]
