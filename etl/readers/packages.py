"""The ZIP packages of Office files, opened only after their list of parts was found harmless."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
import zipfile
import zlib
from typing import Final

from etl.readers.refusals import refusal

MAX_PARTS: Final = 5_000
MAX_UNPACKED: Final = 200 * 2**20
MAX_RATIO: Final = 200
# Small parts of repeated XML pack well; the ratio counts only beyond this size.
RATIO_FROM: Final = 10 * 2**20
MAX_DEPTH: Final = 2_000
# Packed pictures (EMZ, a gzip) are usual and are never opened.
_ARCHIVES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"Rar!", b"7z\xbc\xaf", b"BZh",
             b"\xfd7zXZ", b"MZ")  # fmt: skip
_ENCODING = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_MACRO_PARTS = re.compile(r"(^|/)(vbaProject\.bin|vbaData\.xml|macrosheets?/|dialogsheets?/)", re.I)
_MACRO_TYPES = re.compile(rb"macroEnabled|vbaProject|ms-office\.vba|excel4macro", re.I)


class Package:
    """Parts of a DOCX or XLSX by name; whatever is refused is an UnreadableDocument."""

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
            raise refusal("damaged", got=str(error)) from None
        infos = self._zip.infolist()
        if len(infos) > MAX_PARTS:
            raise refusal("too_many_parts", got=f"{len(infos)} parts")
        for info in infos:
            _refuse_part(info)
        unpacked = sum(info.file_size for info in infos)
        if unpacked > MAX_UNPACKED or unpacked > max(RATIO_FROM, MAX_RATIO * len(content)):
            raise refusal("zip_bomb", got=f"{unpacked} bytes unpacked from {len(content)}")
        names = [info.filename for info in infos]
        if len({name.lower() for name in names}) < len(names):
            raise refusal("damaged", got="two parts of one name")
        self.names: Final = frozenset(names)
        self._unpacked = 0
        self._check_parts(infos)

    def read(self, name: str) -> bytes:
        """Content of a part. Raises UnreadableDocument (damaged, zip_bomb)."""
        try:
            info = self._zip.getinfo(name)
            with self._zip.open(info) as part:
                data = part.read(info.file_size + 1)
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError,
                RuntimeError, NotImplementedError) as error:  # fmt: skip
            raise refusal("damaged", got=f"{name}: {error}") from None
        if len(data) > info.file_size:
            raise refusal("zip_bomb", got=f"{name} is larger than its package says")
        return data

    def xml(self, name: str) -> ET.Element:
        """Root of an XML part, its tags and attributes without namespaces."""
        return parse_xml(self.read(name), name)

    def _check_parts(self, infos: list[zipfile.ZipInfo]) -> None:
        for info in infos:
            if info.is_dir():
                continue
            data = self.read(info.filename)
            lower = info.filename.lower()
            # An embedded workbook or sound is a package inside the package.
            if data.startswith(_ARCHIVES):
                raise refusal("nested_archive", got=info.filename)
            if lower == "[content_types].xml" and _MACRO_TYPES.search(data):
                raise refusal("macros", got=info.filename)
            if lower.endswith((".xml", ".rels", ".vml")):
                refuse_declarations(data, info.filename)


def _refuse_part(info: zipfile.ZipInfo) -> None:
    name = info.orig_filename.replace("\\", "/")
    if name.startswith("/") or ".." in name.split("/") or ":" in name or "\0" in name:
        raise refusal("unsafe_names", got=name)
    if info.flag_bits & 0x1 or name == "EncryptedPackage":
        raise refusal("encrypted", got=name)
    if _MACRO_PARTS.search(name):
        raise refusal("macros", got=name)
    if name.lower().endswith((".zip", ".docx", ".xlsx", ".docm", ".xlsm", ".jar")):
        raise refusal("nested_archive", got=name)


def refuse_declarations(data: bytes, name: str) -> None:
    """Refuse XML that declares a DTD or entities, or hides behind an unusual encoding.

    Raises UnreadableDocument (dtd_or_entities).
    """
    declared = _ENCODING.match(data.lstrip(b"\xef\xbb\xbf"))
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:200]:
        plain = data.replace(b"\0", b"")
    elif declared and declared[1].upper() not in (b"UTF-8", b"US-ASCII", b"UTF-16"):
        raise refusal("dtd_or_entities", got=f"{name}: encoding {declared[1].decode()}")
    else:
        plain = data
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain or b"<!doctype" in plain:
        raise refusal("dtd_or_entities", got=name)


def parse_xml(data: bytes, name: str) -> ET.Element:
    """Root of checked XML; tags and attributes without their namespaces.

    Raises UnreadableDocument (dtd_or_entities, damaged, too_deep).
    """
    refuse_declarations(data, name)
    try:
        root = ET.fromstring(data)
    except (ET.ParseError, ValueError, LookupError) as error:
        raise refusal("damaged", got=f"{name}: {error}") from None
    level, depth = [root], 0
    while level:
        depth += 1
        if depth > MAX_DEPTH:
            raise refusal("too_deep", got=name)
        for element in level:
            element.tag = element.tag.rpartition("}")[2]
        level = [child for element in level for child in element]
    return root


def attribute(element: ET.Element | None, name: str) -> str | None:
    """An attribute by its local name, in whatever namespace; None where there is none."""
    if element is None:
        return None
    plain = element.get(name)
    if plain is not None:
        return plain
    ending = "}" + name
    return next((v for key, v in element.attrib.items() if key.endswith(ending)), None)
