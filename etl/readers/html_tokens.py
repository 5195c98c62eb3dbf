"""HTML → tags and text, in time that grows with the length alone, whatever the file looks like.

The parser of the standard library takes quadratic time for unclosed tags and comments.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_NAME = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]{0,40})")
# Up to the end of the tag; a quoted value may hold ">" but, here, no "<".
_REST = re.compile(r"""(?:[^<>"']|"[^"<]*"|'[^'<]*'|["'])*+(>?)""")
_ATTRIBUTE = re.compile(r"""([A-Za-z][A-Za-z0-9:-]*+)\s*+=\s*+("[^"]*"|'[^']*'|[^\s"'>]++)""")
_MOST_ATTRIBUTES: Final = 20_000  # characters of a tag that are looked at
# Elements whose content is not HTML; it runs to the closing tag of the same name.
_RAW: Final = frozenset({"script", "style", "xmp", "noembed", "noframes", "textarea", "title"})


class Tag(NamedTuple):
    """An opening (or closing) tag, its name in lower case."""

    name: str
    is_closing: bool
    source: str

    def attribute(self, name: str) -> str:
        """Value of an attribute, "" where it is missing."""
        for found in _ATTRIBUTE.finditer(self.source[:_MOST_ATTRIBUTES]):
            if found[1].lower() == name:
                return html.unescape(found[2].strip("\"'"))
        return ""


def html_tokens(text: str) -> Iterator[Tag | str]:
    """Tags and unescaped text in order; comments, declarations and raw content are left out."""
    lower = ""
    at = 0
    while at < len(text):
        start = text.find("<", at)
        if start < 0:
            yield html.unescape(text[at:])
            return
        if start > at:
            yield html.unescape(text[at:start])
        if text.startswith("<!--", start):
            at = _after(text, "-->", start + 4)
        elif text.startswith(("<!", "<?"), start):
            at = _after(text, ">", start)
        else:
            name = _NAME.match(text, start)
            if name is None:
                yield "<"
                at = start + 1
                continue
            rest = _REST.match(text, name.end())
            assert rest is not None  # it matches the empty text too
            at = rest.end()
            tag = Tag(name[2].lower(), bool(name[1]), rest[0])
            yield tag
            if tag.name in _RAW and not tag.is_closing:
                lower = lower or _ascii_lower(text)
                closing = lower.find(f"</{tag.name}", at)
                at = len(text) if closing < 0 else closing


def _after(text: str, end: str, start: int) -> int:
    """Place after the next `end`, or of the end of the text."""
    found = text.find(end, start)
    return len(text) if found < 0 else found + len(end)


def _ascii_lower(text: str) -> str:
    """Lower case of ASCII letters alone, so that places stay the same."""
    return text.translate({code: code + 32 for code in range(0x41, 0x5B)})
