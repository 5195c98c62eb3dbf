"""Search in texts: folded words found as wholes, phrases, numbers, positions that stay true."""

from __future__ import annotations

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.documents.text_hits import EXCERPT, excerpt
from domain.searching import (
    SEARCHED_AS,
    SEARCHED_LETTERS,
    find_terms,
    search_terms,
    search_text,
)

TEXT = "Khu vực ĐƯỜNG\nbiên  giới – Nghị định số 72/2015/NĐ-CP; hòa bình, hoà thuận; khoa học."


@given(st.text(max_size=200))
def test_the_searched_text_is_as_long_as_the_text(text: str) -> None:
    assert len(search_text(text)) == len(text)


def test_a_database_folds_as_python_does() -> None:
    con = duckdb.connect()
    sample = TEXT + "".join(chr(code) for code in (*range(1, 0x300), *range(0x1E00, 0x2100)))
    [(folded,)] = con.execute(
        "SELECT translate(?, ?, ?)", [sample, SEARCHED_LETTERS, SEARCHED_AS]
    ).fetchall()
    assert folded == search_text(sample)


@pytest.mark.parametrize(
    ("words", "terms"),
    [
        ("duong bien gioi", ("duong", "bien", "gioi")),
        ("Đường  BIÊN biên", ("duong", "bien")),
        ('"đường biên giới" hòa', ("duong bien gioi", "hoa")),
        ("72/2015/NĐ-CP", ("72 2015 nd cp",)),
        ('"chưa đóng', ("chua", "dong")),
        ('"" ; –', ()),
    ],
)
def test_what_is_looked_for(words: str, terms: tuple[str, ...]) -> None:
    assert search_terms(words) == terms


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ('"duong bien gioi"', ["ĐƯỜNG\nbiên  giới"]),  # over a line's end and two blanks
        ("hoa", ["hòa", "hoà"]),  # either way of writing; not in "khoa"
        ("72/2015/ND-CP", ["72/2015/NĐ-CP"]),
        ("bie", []),
        ("gioi.*", ["giới"]),  # signs are no pattern
    ],
)
def test_where_it_stands(words: str, found: list[str]) -> None:
    assert [TEXT[a:b] for a, b, _ in find_terms(TEXT, search_terms(words))] == found


def test_the_excerpt_is_where_the_words_stand_closest() -> None:
    far = "biển " + "và nhiều chữ khác " * 60 + "đường dài. "
    text = far * 3 + "Tại khu vực đường biên giới trên đất liền. " + far
    found = excerpt(text, ("duong", "bien", "gioi"))
    assert found is not None
    start, end = found.place
    assert text[start:end] == "đường biên giới"
    assert "đường biên giới" in found.text and len(found.text) <= EXCERPT + 20
    # "biển" is the same word to who types no marks.
    marked = {found.text[m.start : m.end] for m in found.marks}
    assert marked == {"đường", "biên", "giới", "biển"}
    assert found.count == 4 + 1 + 4 + 1 + 1  # biển, biên, đường (far), đường, giới


def test_no_excerpt_without_a_word() -> None:
    assert excerpt(TEXT, ("khong",)) is None
    assert excerpt("", ("khong",)) is None
    whole = excerpt("biển", ("bien",))
    assert whole is not None and (whole.text, whole.place) == ("biển", (0, 4))
