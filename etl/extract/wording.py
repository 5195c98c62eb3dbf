"""Sentences and clauses around a place of a text, and patterns of many phrases at once.

Official texts wrap lines inside sentences, set bullets, and end list items with ";" (Decree
30/2020/NĐ-CP, annex I). Only the surroundings of a place are read, never the whole text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from etl.extract.text import DocumentText

_Tree = dict[str, Any]
_REACH = 1600
_STOP = re.compile(r"[.!?][\"')*\]]*\s+|\n\s*")
_BULLET = re.compile(r"(?:[-+*#|>•·]|\d{1,2}(?:\.\d{1,2})*[.)]|\(\d{1,2}\)|[a-z]\))[*\s]")
_PAGE_NUMBER = re.compile(r"-?[ ]?\d{1,3}[ ]?-?[ ]*\n\s*")
# Words after which a dot ends no sentence: "TP. Huế", and the number of a list item.
_ABBREVIATED = re.compile(r"(?:\b(?:tp|t|q|p|tx|tt|ts|ths|gs|no)|\n[ *#]*(?:\d{1,2}|[ivx]+))$")


def _is_end(doc: DocumentText, stop: re.Match[str]) -> bool:
    """Whether a dot or a line break ends a sentence."""
    at = stop.end()
    if at >= len(doc.text):
        return True
    first = stop[0][0]
    if first != "\n":
        if _BULLET.match(doc.folded, at):
            return True
        before = doc.folded[max(0, stop.start() - 8) : stop.start()]
        return not doc.text[at].islower() and not _ABBREVIATED.search(before)
    if page := _PAGE_NUMBER.match(doc.folded, at):
        return not doc.text[page.end() : page.end() + 1].islower()
    if _BULLET.match(doc.folded, at):
        return True
    ends_before = doc.folded[max(0, stop.start() - 3) : stop.start()].rstrip(" *_")[-1:]
    if doc.text[at].islower() or ends_before in (",", "("):
        return False
    return ends_before in (".", ";", ":", "!", "?", "") or stop[0].count("\n") > 1


def sentence_at(doc: DocumentText, position: int) -> tuple[int, int]:
    """Start and end of the sentence or list item that holds a position."""
    start = max(0, position - _REACH)
    for stop in _STOP.finditer(doc.folded, start, position):
        if _is_end(doc, stop):
            start = stop.end()
    start = min(start, position)
    end = min(len(doc.text), position + _REACH)
    for stop in _STOP.finditer(doc.folded, position, end):
        if _is_end(doc, stop):
            end = stop.start() + 1 if stop[0][0] != "\n" else stop.start()
            break
    return start, end


def clause_cuts(doc: DocumentText, start: int, end: int) -> Iterator[int]:
    """Places of the ";" outside brackets between two places."""
    depth = 0
    for sign in re.finditer(r"[();]", doc.folded[start:end]):
        if sign[0] == ";":
            if depth == 0:
                yield start + sign.start()
        else:
            depth = max(0, depth + (1 if sign[0] == "(" else -1))


def clause_at(doc: DocumentText, position: int) -> tuple[int, int]:
    """Start and end of the clause that holds a position: a sentence is parted at its ";"."""
    start, end = sentence_at(doc, position)
    for cut in clause_cuts(doc, start, end):
        if cut < position:
            start = cut + 1
        else:
            return start, cut
    return start, end


def readable(doc: DocumentText, start: int, end: int, core: tuple[int, int]) -> tuple[int, int]:
    """A passage of at most 400 code points inside (start, end) that holds `core` as far as it can.

    It is cut at blanks.
    """
    longest = 400
    if end - start > longest:
        start = max(start, min(core[0], core[1] - longest + 40))
        end = min(end, start + longest)
        blank = doc.folded.rfind(" ", core[1], end)
        end = blank if blank > 0 and end < len(doc.text) else end
    return start, end


def any_of(phrases: Iterable[str], blank: str = r"\s+") -> str:
    """Pattern that matches any phrase, the longest first, as a tree of their words' letters.

    A tree is several times faster than a plain list where many phrases begin alike.
    """
    tree: _Tree = {}
    for phrase in phrases:
        node = tree
        for sign in phrase:
            node = node.setdefault(sign, {})
        node[""] = {}
    return _branch(tree, blank)


def _branch(node: _Tree, blank: str) -> str:
    parts = []
    for sign, below in node.items():
        if sign:
            parts.append((blank if sign == " " else re.escape(sign)) + _branch(below, blank))
    if not parts:
        return ""
    whole = parts[0] if len(parts) == 1 and "" not in node else f"(?:{'|'.join(parts)})"
    return whole + "?" if "" in node else whole


def windows(
    folded: str, anchors: Iterable[str], before: int, behind: int
) -> Iterator[tuple[int, int]]:
    """Stretches of a text around words that must be near, joined where they overlap.

    A search for plain words is much faster than a pattern, so that rules need not read the rest.
    """
    places = []
    for anchor in anchors:
        at = folded.find(anchor)
        while at >= 0:
            places.append(at)
            at = folded.find(anchor, at + 1)
    start = end = -1
    for place in sorted(places):
        if end < 0 or place - before > end:
            if end >= 0:
                yield start, end
            start = max(0, place - before)
        end = min(len(folded), place + behind)
    if end >= 0:
        yield start, end
