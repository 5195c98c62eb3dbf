"""Documents with something wrong: written by hand with their reason, and seeded mutations."""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import Any

from tests.written_documents import SAMPLES, docx, package, xlsx

CONTENT_TYPES = "[Content_Types].xml"
DOCUMENT = "word/document.xml"
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def word_xml(body: str, before: str = "") -> str:
    """A whole word/document.xml."""
    return f"{before}<w:document {WORD}><w:body>{body}</w:body></w:document>"


XXE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY a{i} "{"&a" + str(i - 1) + ";" if i else "&a;"}{"&a;" * 9}">' for i in range(9)
    )
    + "]>"
)
DEEP = "<w:sdt><w:sdtContent>" * 60_000 + "</w:sdtContent></w:sdt>" * 60_000


def _sheet(body: str, dimension: str = "A1:B2") -> bytes:
    """An XLSX whose sheet is given as XML."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return package(
        {
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><dimension ref="{dimension}"/>'
            f"<sheetData>{body}</sheetData></worksheet>"
        },
        xlsx(),
    )


def _bomb() -> bytes:
    return package({DOCUMENT: b" " * (30 * 2**20)}, docx())


def _lying_bomb() -> bytes:
    """A part that unpacks to more than the package says."""
    content = bytearray(package({"word/x.xml": b" " * 100_000}, docx()))
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = 0
        while (at := content.find(mark, at)) >= 0:
            if int.from_bytes(content[at + place : at + place + 4], "little") == 100_000:
                content[at + place : at + place + 4] = (10).to_bytes(4, "little")
            at += 4
    return bytes(content)


def _encrypted_zip() -> bytes:
    content = bytearray(docx())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def _many_parts() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(5_001):
            archive.writestr(f"word/{number}.xml", "")
    return buffer.getvalue()


def encrypted_pdf() -> bytes:
    """A PDF that asks for a password."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(SAMPLES["plan.pdf"])))
    writer.encrypt("secret", algorithm="AES-256")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def raw_pdf(*objects: bytes) -> bytes:
    """A PDF of these objects (numbered from 1; 1 is the catalogue), without a table of places."""
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, o) for n, o in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer << /Root 1 0 R >>\n%%EOF"


CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"


def looping_pdf() -> bytes:
    """Pages that are their own parent and child."""
    return raw_pdf(CATALOGUE, b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 /Parent 2 0 R >>")


def swollen_pdf(megabytes: int) -> bytes:
    """A page whose content unpacks to so many megabytes of drawing."""
    packed = zlib.compress(b"0 0 m 9 9 l S\n" * (megabytes * 75_000), 9)
    stream = b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(packed), packed)
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>"
    return raw_pdf(CATALOGUE, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, stream)


# Name → (file name, maker of the content, reason).
REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "empty": ("a.docx", lambda: b"", "empty_file"),
    "empty_text": ("a.txt", lambda: b"", "empty_file"),
    "blank_text": ("a.txt", lambda: b"\xef\xbb\xbf \r\n\n", "no_text"),
    "nul": ("a.txt", lambda: b"a\0b", "binary_content"),
    "control_bytes": ("a.txt", lambda: bytes(range(1, 32)) * 20 + b"text", "binary_content"),
    "broken_utf8": ("a.txt", lambda: "Kế hoạch".encode()[:-1] + b"\xff", "unknown_encoding"),
    "broken_utf16": ("a.txt", lambda: b"\xff\xfeA\0\x00\xd8", "unknown_encoding"),
    "too_large": ("a.txt", lambda: b"a" * (50 * 2**20 + 1), "file_too_large"),
    "too_much_text": ("a.txt", lambda: b"a b\n" * 1_300_000, "too_much_text"),
    "unknown_ending": ("a.exe", lambda: b"MZ\x90\0", "unknown_type"),
    "no_ending": ("document", lambda: b"text", "unknown_type"),
    "old_word": ("a.doc", lambda: CFB + b"\0" * 600, "old_office_format"),
    "old_word_as_docx": ("a.docx", lambda: CFB + b"\0" * 600, "old_office_format"),
    "protected_docx": (
        "a.docx", lambda: CFB + "EncryptedPackage".encode("utf-16-le"), "encrypted",
    ),
    "pdf_as_docx": ("a.docx", lambda: SAMPLES["plan.pdf"], "type_mismatch"),
    "docx_as_pdf": ("a.pdf", docx, "type_mismatch"),
    "docx_as_text": ("a.txt", docx, "type_mismatch"),
    "docx_as_html": ("a.html", docx, "type_mismatch"),
    "xlsx_as_docx": ("a.docx", xlsx, "type_mismatch"),
    "docx_as_xlsx": ("a.xlsx", docx, "type_mismatch"),
    "text_as_html": ("a.html", lambda: b"plain text", "type_mismatch"),
    "png_as_csv": ("a.csv", lambda: b"\x89PNG\r\n\x1a\n", "type_mismatch"),
    "rtf_as_text": ("a.txt", lambda: b"{\\rtf1 a}", "type_mismatch"),
    "macro_name": ("a.docm", docx, "macros"),
    "macro_part": ("a.docx", lambda: package({"word/vbaProject.bin": b"x"}, docx()), "macros"),
    "macro_type": (
        "a.docx",
        lambda: package(
            {CONTENT_TYPES: '<Types><Override ContentType="application/vnd.ms-word.document.'
             'macroEnabled.main+xml"/></Types>'}, docx(),
        ),
        "macros",
    ),
    "macro_sheet": ("a.xlsx", lambda: package({"xl/macrosheets/s1.xml": "<a/>"}, xlsx()), "macros"),
    "encrypted_part": ("a.docx", _encrypted_zip, "encrypted"),
    "truncated": ("a.docx", lambda: docx()[:-400], "damaged"),
    "nested_zip": (
        "a.docx", lambda: package({"word/embeddings/a.bin": docx()}, docx()), "nested_archive",
    ),
    "nested_ole": (
        "a.docx", lambda: package({"word/embeddings/o.bin": CFB}, docx()), "nested_archive",
    ),
    "bomb": ("a.docx", _bomb, "zip_bomb"),
    "lying_bomb": ("a.docx", _lying_bomb, "damaged"),
    "many_parts": ("a.docx", _many_parts, "too_many_parts"),
    "path": ("a.docx", lambda: package({"../../x": b"x"}, docx()), "unsafe_names"),
    "absolute_path": ("a.docx", lambda: package({"/etc/x": b"x"}, docx()), "unsafe_names"),
    "windows_path": ("a.docx", lambda: package({"word\\..\\..\\x": b"x"}, docx()), "unsafe_names"),
    "xxe": (
        "a.docx",
        lambda: package({DOCUMENT: word_xml("<w:p><w:r><w:t>&e;</w:t></w:r></w:p>", XXE)}, docx()),
        "dtd_or_entities",
    ),
    "xxe_utf16": (
        "a.docx",
        lambda: package({DOCUMENT: word_xml("<w:p/>", XXE).encode("utf-16")}, docx()),
        "dtd_or_entities",
    ),
    "xxe_other_encoding": (
        "a.docx",
        lambda: package(
            {DOCUMENT: b'<?xml version="1.0" encoding="cp037"?>' + XXE.encode("cp037")}, docx()
        ),
        "dtd_or_entities",
    ),
    "xxe_in_xlsx": (
        "a.xlsx", lambda: package({"xl/sharedStrings.xml": XXE + "<sst/>"}, xlsx()),
        "dtd_or_entities",
    ),
    "billion_laughs": (
        "a.docx", lambda: package({DOCUMENT: word_xml("&a8;", LAUGHS)}, docx()), "dtd_or_entities",
    ),
    "deep_xml": ("a.docx", lambda: package({DOCUMENT: word_xml(DEEP)}, docx()), "too_deep"),
    "no_document": ("a.docx", lambda: package({"word/x.xml": "<a/>"}), "damaged"),
    "no_text_docx": (
        "a.docx", lambda: package({DOCUMENT: word_xml("<w:p/>")}, docx()), "no_text",
    ),
    "many_rows": (
        "a.xlsx",
        lambda: _sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576">'
                       '<c r="XFD1048576"><v>2</v></c></row>'),
        "too_many_cells",
    ),
    "wide_rows": (
        "a.xlsx",
        lambda: _sheet("".join(f'<row r="{r}"><c r="XFD{r}"><v>1</v></c></row>'
                               for r in range(1, 400))),
        "too_many_cells",
    ),
    "tags": ("a.html", lambda: b"<html>" + b"<div>" * 1_000_000, "no_text"),
    "tables": ("a.html", lambda: b"<html>" + b"<table><tr><td>" * 300_000, "too_deep"),
    "script": ("a.html", lambda: b"<html><script>" + b"x" * 100_000, "no_text"),
    "encrypted_pdf": ("a.pdf", encrypted_pdf, "encrypted"),
    "pdf_mark_only": ("a.pdf", lambda: b"%PDF-1.7\n", "damaged"),
    "blank_pdf": ("a.pdf", lambda: raw_pdf(CATALOGUE, b"<< /Type /Pages /Kids [] /Count 0 >>"),
                  "no_text"),
}  # fmt: skip


# Name → (file name, maker, text that must be read): odd, but harmless.
READ: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "huge_dimension": (
        "a.xlsx",
        lambda: _sheet('<row r="1"><c r="A1"><v>7</v></c></row>', "A1:XFD1048576"),
        "Phụ lục\n7",
    ),
    "formulas": (
        "a.xlsx",
        lambda: _sheet('<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>SUM(A1)</f></c>'
                       '<c r="C1"><v>3</v></c></row>'),
        "Phụ lục\n2\t\t3",
    ),
    "unclosed": ("a.html", lambda: b"<p>one<b>two<p>three <a href='x", "onetwo\nthree"),
    "stray_marks": ("a.html", lambda: b"<p>1 < 2 && 3 > 2 &#xD800;&#0;</p>", "1 < 2 && 3 > 2"),
    "angle_brackets": ("a.html", lambda: b"<p>" + b"<a <" * 200_000 + b">text</p>", "text"),
    "comments": ("a.html", lambda: b"<p>text</p>" + b"<!-" * 300_000 + b"<!--", "text"),
    "spans": (
        "a.html",
        lambda: b"<table><tr><td colspan=99999999 rowspan=99999999>a<td>b<tr><td>c</table>",
        "a",
    ),
    "quotes": ("a.html", lambda: b"<p title='" + b"\"'" * 200_000 + b"><p>text</p>", ""),
}  # fmt: skip


# Mutations

PIECES = (
    b"", b"\0", b"\xff", b"<", b">", b"&", b"\r", b"\n", b"]]>", b"<!DOCTYPE x>", b"<!--", b"%%EOF",
    b"<w:tbl><w:tr><w:tc>", b"</w:p>", b"<table><tr>", b"PK\x03\x04", b"endstream", b"\xcc\x81",
    b"x" * 5_000, b"9" * 400, b"../../x", b"=1+1", b"<f>NOW()</f>", b"\xef\xbb\xbf",
    b'<w:numId w:val="1"/>', b'colspan="9999"', b"1 0 R", b"/Kids [2 0 R]", "đ".encode(),
)  # fmt: skip


def _flip(data: bytearray, dice: random.Random) -> None:
    for _ in range(dice.choice((1, 1, 4, 30))):
        data[dice.randrange(len(data))] = dice.randrange(256)


def _insert(data: bytearray, dice: random.Random) -> None:
    at = dice.randrange(len(data))
    data[at:at] = dice.choice(PIECES)


def _delete(data: bytearray, dice: random.Random) -> None:
    at = dice.randrange(len(data))
    del data[at : at + dice.choice((1, 3, 40, 400))]


def _repeat(data: bytearray, dice: random.Random) -> None:
    at = dice.randrange(len(data))
    part = data[at : at + dice.choice((5, 60, 900))]
    data[at:at] = part * dice.choice((1, 2, 50))


def _cut(data: bytearray, dice: random.Random) -> None:
    del data[dice.randrange(len(data)) :]


BYTES: tuple[Callable[[bytearray, random.Random], None], ...] = (
    _flip, _flip, _insert, _insert, _delete, _repeat, _cut,
)  # fmt: skip


def _mutate_bytes(content: bytes, dice: random.Random) -> bytes:
    data = bytearray(content)
    for _ in range(dice.choice((1, 1, 2, 5))):
        if data:
            dice.choice(BYTES)(data, dice)
    return bytes(data)


def _mutate_part(content: bytes, dice: random.Random) -> bytes:
    """A part of the package is mutated, and the package is whole again."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [n for n in archive.namelist() if n.endswith((".xml", ".rels"))]
        main = [n for n in names if n.endswith(("document.xml", "sheet1.xml", "numbering.xml"))]
        name = dice.choice(dice.choice((names, main)))
        part = archive.read(name)
    return package({name: _mutate_bytes(part, dice)}, content)


def _odd_part(content: bytes, dice: random.Random) -> bytes:
    names = ("../../x", "/etc/x", "word/vbaProject.bin", "a.zip", "word/media/x.png", "x" * 300)
    data = dice.choice((b"x", content, b"\0" * 20_000_000, b"<!DOCTYPE a>", b""))
    return package({dice.choice(names): data}, content)


def mutation(seed: int) -> tuple[str, bytes]:
    """(file name, content) of a mutated document; the same for the same seed."""
    dice = random.Random(seed)
    # PDF and packages take most of the time, the others most of the mutations.
    name = dice.choice((*SAMPLES, "plan.txt", "plan.html", "plan.html", "plan.csv", "plan.docx"))
    content: Any = SAMPLES[name]
    if name.endswith((".docx", ".xlsx")):
        how = dice.choice((_mutate_bytes, _mutate_part, _mutate_part, _mutate_part, _odd_part))
        content = how(content, dice)
    else:
        content = _mutate_bytes(content, dice)
    if dice.random() < 0.1:
        # The right content under a wrong name, and names that lead elsewhere.
        name = dice.choice((*SAMPLES, "../../x.txt", "a\0b.docx", "x" * 400 + ".pdf", ".html"))
    return name, content


def mutations(seed: int, count: int) -> Iterator[tuple[str, bytes]]:
    """`count` mutated documents from a seed on."""
    return (mutation(seed + number) for number in range(count))
