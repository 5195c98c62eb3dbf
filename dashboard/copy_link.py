"""A link to exactly what is on the screen, ready to be copied.

static/frame.js copies: only the browser can, and it knows how without a secure connection too.
"""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode, urlsplit

import streamlit as st

from dashboard.filters import Run
from dashboard.view import view_params
from dashboard.words import escape_markdown, format_date, word

KINDS = ("pinned", "current")  # with the snapshot, and without


def shared_address(run: Run, page_path: str, *, is_pinned: bool) -> str:
    """The address of the view with its as-of date, from the root: "/regulations?as_of=…".

    Pinned, it names the snapshot too and shows the same figures for as long as that is kept.
    """
    view = replace(run.view, snapshot=run.snapshot.id if is_pinned else None)
    # The default date follows the newest letter; who sends a link means the date on the screen.
    params = {"as_of": view.as_of.isoformat()} | view_params(view, run.facts)
    return f"/{page_path}?{urlencode(params, safe='~')}"


@st.fragment
def render_copy_link(run: Run, page_path: str) -> None:
    """A button that opens both links, each with a button to copy it."""
    lang = run.view.lang
    menu = st.popover(
        word("link.menu", lang),
        icon=":material/link:",
        type="tertiary",
        key="link_menu",
        on_change="rerun",
    )
    if not menu.open:
        return
    site = urlsplit(st.context.url or "")
    newest = format_date(run.snapshot.as_of_date or run.facts.newest_evidence, lang)
    with menu:
        for kind in KINDS:
            note = word(f"link.{kind}", lang, snapshot=run.snapshot.id, newest=newest)
            address = shared_address(run, page_path, is_pinned=kind == "pinned")
            with st.container(key=f"link_{kind}", gap="xsmall"):
                st.markdown(escape_markdown(note))
                st.text(f"{site.scheme}://{site.netloc}{address}")
                st.button(
                    word("link.copy", lang),
                    key=f"link_copy_{kind}",
                    icon=":material/content_copy:",
                    width="stretch",
                )
