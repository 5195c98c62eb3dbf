"""Runs of a DOCX paragraph: what each prints, and the letters of old fonts converted."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from etl.readers.legacy_encodings import from_tcvn3, from_vni
from etl.readers.packages import attribute

_UNICODE_LETTER = re.compile("[\u0100-\u1eff]")


def character(element: ET.Element, encoding: str | None) -> str | None:
    """What one element of a run prints, or None where its children say."""
    match element.tag:
        case "t":
            return (element.text or "").replace("\n", " ")
        case "tab" | "ptab":
            return "\t"
        case "br" | "cr":
            return "\n"
        case "noBreakHyphen":
            return "-"
        case "softHyphen":
            # Code 0xAD is "ư" in TCVN3, and Word takes it for a soft hyphen.
            return "\u00ad" if encoding in ("TCVN3", "TCVN3H") else ""
        case "sym":
            return "•"
    return None


def join_runs(pieces: list[tuple[str, str | None]]) -> str:
    """Runs of one encoding are converted together: a VNI mark may stand in a run of its own."""
    text, start = "", 0
    while start < len(pieces):
        encoding, end = pieces[start][1], start
        while end < len(pieces) and pieces[end][1] == encoding:
            end += 1
        part = "".join(piece for piece, _ in pieces[start:end])
        if encoding and not _UNICODE_LETTER.search(part):
            part = from_vni(part) if encoding == "VNI" else _tcvn3(part, encoding)
        text += part
        start = end
    return text


def _tcvn3(text: str, encoding: str) -> str:
    return from_tcvn3(text, capitals=encoding == "TCVN3H")


def _is_on(element: ET.Element | None) -> bool:
    return element is not None and attribute(element, "val") not in ("0", "false", "off")


def is_hidden(properties: ET.Element | None) -> bool:
    """Whether w:rPr hides its run (w:vanish)."""
    return properties is not None and _is_on(properties.find("vanish"))
