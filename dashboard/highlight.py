"""The text of a document with the passages that were read in it, as HTML.

The text comes from outside: everything of it is escaped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise


@dataclass(frozen=True)
class Passage:
    """One passage of a stored text: code points from `start` up to `end`, and what it shows."""

    start: int
    end: int
    label: str = ""
    is_chosen: bool = False


def highlighted_html(text: str, passages: Sequence[Passage]) -> str:
    """Escaped text in which every passage is marked; where passages overlap, the chosen one shows.

    Passages outside the text are left out. The chosen one has the id "passage-chosen".
    """
    inside = [p for p in passages if 0 <= p.start < p.end <= len(text)]
    edges = sorted({0, len(text), *(p.start for p in inside), *(p.end for p in inside)})
    opening = sorted(inside, key=lambda p: p.start)
    html: list[str] = []
    active: list[Passage] = []
    upcoming = 0
    is_anchored = False
    for start, end in pairwise(edges):
        active = [p for p in active if p.end > start]
        while upcoming < len(opening) and opening[upcoming].start <= start:
            active.append(opening[upcoming])
            upcoming += 1
        piece = escape(text[start:end])
        if not active:
            html.append(piece)
            continue
        chosen = any(p.is_chosen for p in active)
        labels = "; ".join(dict.fromkeys(p.label for p in active if p.label))
        attributes = 'class="ttdn-mark chosen"' if chosen else 'class="ttdn-mark"'
        if chosen and not is_anchored:
            attributes += ' id="passage-chosen"'
            is_anchored = True
        html.append(f'<mark {attributes} title="{escape(labels)}">{piece}</mark>')
    return "".join(html)


def text_frame(text: str, passages: Sequence[Passage], label: str, height: int = 560) -> str:
    """A frame of its own that scrolls, with the marked text; `label` is its name for readers.

    `height` in CSS pixels. It can be reached and scrolled by keyboard.
    """
    return (
        f'<div class="ttdn-text" role="region" tabindex="0" aria-label="{escape(label)}" '
        f'style="max-height:{height}px">{highlighted_html(text, passages)}</div>{_STYLE}'
    )


def excerpt_html(text: str, passages: Sequence[Passage]) -> str:
    """A short part of a text with its marked passages, its lines flowing, between ellipses."""
    return f'<p class="ttdn-excerpt">… {highlighted_html(text, passages)} …</p>{_STYLE}'


# Underlined as well, so that a passage does not rest on colour alone; the colours are mixed from
# the text's own, so that they are readable in both themes.
_STYLE = """<style>
.ttdn-text { overflow: auto; white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.55;
  border: 1px solid color-mix(in srgb, currentColor 25%, transparent); border-radius: .5rem;
  padding: .9rem 1.1rem; font-size: .92rem; }
.ttdn-text:focus-visible { outline: 2px solid #1f6fb2; }
.ttdn-excerpt { margin: -.6rem 0 .4rem; line-height: 1.5; font-size: .92rem; }
.ttdn-mark { background: color-mix(in srgb, #f2b90c 26%, transparent); color: inherit;
  border-bottom: 2px solid #b07d00; border-radius: 2px; }
.ttdn-mark.chosen { background: color-mix(in srgb, #2b8ac6 32%, transparent);
  border-bottom: 3px double #2b8ac6; font-weight: 600; scroll-margin: 6rem; }
</style>"""
