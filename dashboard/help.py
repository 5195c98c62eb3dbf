"""How to read a page: a few sentences and a picture of it, sent when the reader opens them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import streamlit as st

from dashboard.words import word

SCREENS: Final = Path(__file__).parent.parent / "docs" / "screens"


def render_help(path: str, lang: str) -> None:
    """The help of the page at `path` ("" is the overview); the closed menu costs one element."""
    name = path or "overview"
    menu = st.popover(
        word("help.menu", lang), icon=":material/help:", type="tertiary",
        key=f"help_{name}_{lang}", on_change="rerun",
    )  # fmt: skip
    if not menu.open:
        return
    with menu:
        st.markdown(word(f"help.{name.replace('-', '_')}", lang))
        picture = SCREENS / f"{name}.png"
        if picture.is_file():
            st.image(str(picture), caption=word("help.picture", lang))
