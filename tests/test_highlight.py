"""The marked text of a document: everything escaped, nothing lost."""

from __future__ import annotations

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from dashboard.highlight import Passage, highlighted_html

_TAG = re.compile(r"</?mark[^>]*>")


def passages(draw_from: int) -> st.SearchStrategy[list[Passage]]:
    place = st.integers(-2, draw_from + 2)
    return st.lists(st.builds(Passage, place, place, st.text(max_size=5), st.booleans()))


@given(st.data())
def test_the_text_is_all_there_and_none_of_it_is_markup(data: st.DataObject) -> None:
    text = data.draw(st.text(alphabet='ađ<>&"\n ', max_size=40))
    html = highlighted_html(text, data.draw(passages(len(text))))
    assert unescape(_TAG.sub("", html)) == text
    assert html.count("<mark") == html.count("</mark>")
    assert html.count('id="passage-chosen"') <= 1


def test_overlapping_passages_show_the_chosen_one() -> None:
    html = highlighted_html("0123456789", [Passage(1, 6, "a"), Passage(4, 8, "b", True)])
    assert html == (
        '0<mark class="ttdn-mark" title="a">123</mark>'
        '<mark class="ttdn-mark chosen" id="passage-chosen" title="a; b">45</mark>'
        '<mark class="ttdn-mark chosen" title="b">67</mark>89'
    )


def test_a_label_cannot_break_out_of_its_attribute() -> None:
    html = highlighted_html("abc", [Passage(0, 1, '"><script>')])
    assert "<script>" not in html
