"""Paragraph and character styles of a DOCX: the font and the list that a paragraph inherits."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import Final

from etl.readers.packages import attribute

_MOST_PARENTS: Final = 20
_TCVN3_FONT = re.compile(r"\.?vn[a-z]", re.I)
_VNI_FONT = re.compile(r"vni[- ]", re.I)


class Styles:
    """Styles by id; what a style does not say, the one it is based on says."""

    def __init__(self, root: ET.Element | None) -> None:
        self._styles: dict[str, ET.Element] = {}
        self._default_font: str | None = None
        self._default_paragraph: str | None = None
        if root is None:
            return
        for style in root.iterfind("style"):
            name = attribute(style, "styleId") or ""
            self._styles[name] = style
            is_default = attribute(style, "default") in ("1", "true", "on")
            if is_default and attribute(style, "type") == "paragraph":
                self._default_paragraph = name
        self._default_font = font_of(root.find("docDefaults/rPrDefault/rPr"))

    def font(self, run_style: str | None, paragraph_style: str | None) -> str | None:
        """Font of a run that names none itself."""
        for first in (run_style, paragraph_style or self._default_paragraph):
            for style in self._chain(first):
                found = font_of(style.find("rPr"))
                if found:
                    return found
        return self._default_font

    def list_of(self, style: str | None) -> tuple[str, str | None, str] | None:
        """(list, level or None, style that says so) of the paragraphs of a style."""
        for element in self._chain(style or self._default_paragraph):
            found = element.find("pPr/numPr")
            if found is not None:
                list_id = attribute(found.find("numId"), "val")
                if list_id is not None:
                    level = attribute(found.find("ilvl"), "val")
                    return list_id, level, attribute(element, "styleId") or ""
        return None

    def _chain(self, name: str | None) -> list[ET.Element]:
        found: list[ET.Element] = []
        while name in self._styles and len(found) < _MOST_PARENTS:
            found.append(self._styles[name])
            name = attribute(found[-1].find("basedOn"), "val")
        return found


def font_of(properties: ET.Element | None) -> str | None:
    """Name of the font that w:rPr gives to western letters, or None."""
    fonts = None if properties is None else properties.find("rFonts")
    return attribute(fonts, "ascii") or attribute(fonts, "hAnsi")


def encoding_of_font(font: str | None) -> str | None:
    """ "TCVN3", "TCVN3H" (capitals) or "VNI" for a font of such letters, None for all others."""
    if not font:
        return None
    if _VNI_FONT.match(font):
        return "VNI"
    if _TCVN3_FONT.match(font) and font.lower().startswith(".vn"):
        return "TCVN3H" if font.endswith("H") else "TCVN3"
    return None
