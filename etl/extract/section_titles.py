"""Where the heading of a section ends, which OCR and narrow pages break over lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from etl.extract.text import DocumentText

_TITLE_END = ".;:!?/"
_LONGEST_TITLE = 600
_LETTERED = re.compile(r"[a-zđ][).]")
_OPENS = re.compile(r"[#*_ ]*(?:[-+•]|\(?[0-9IVXl]{1,5}[.)/]|[A-ZĐa-zđ][.)/])")


def title_end(doc: DocumentText, start: int, end: int) -> int:
    """End of a heading, which may be broken over lines; it ends before the first subsection."""
    text = doc.text
    stop = min(end, start + _LONGEST_TITLE * 4)
    line_end = text.find("\n", start, stop)
    line_end = stop if line_end < 0 else line_end
    while line_end < min(stop, start + _LONGEST_TITLE):
        heading = text[start:line_end].rstrip(" *_")
        following = text[line_end:stop].lstrip()
        if not heading or heading[-1] in _TITLE_END or not following:
            break
        next_start = stop - len(text[line_end:stop].lstrip())
        next_end = text.find("\n", next_start, stop)
        next_end = stop if next_end < 0 else next_end
        goes_on = following[0].islower() and not _LETTERED.match(following)
        in_capitals = heading.isupper() and text[next_start:next_end].isupper()
        if not goes_on and not (in_capitals and not _OPENS.match(following)):
            break
        line_end = next_end
    return start + len(text[start:line_end].rstrip(" \n\t*_"))
