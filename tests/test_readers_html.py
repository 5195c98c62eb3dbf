"""Saved HTML: text without furniture, numbers of lists, tables, character sets."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.errors import UnreadableDocument
from etl.readers.document import read_document
from etl.readers.html_tokens import Tag, html_tokens
from tests.test_readers_fuzz import assert_sound
from tests.written_documents import BUDGET, LINES, html


def read(body: str) -> str:
    return read_document(f"<html><body>{body}</body></html>".encode(), "a.html").text


def test_page_is_its_lines_and_its_table() -> None:
    found = read_document(html(), "a.htm")
    assert found.text.split("\n") == [*LINES, *("\t".join(row) for row in BUDGET)]
    (table,) = found.tables
    assert [tuple(found.text[c.start : c.end] for c in row) for row in table.rows] == list(BUDGET)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>một  <b>h</b>ai<br>ba</p>bốn<div>năm</div>", "một hai\nba\nbốn\nnăm"),
        ("<ol><li>a<li>b<ol type=a start=3><li>c</ol><li>d</ol>", "1. a\n2. b\nc. c\n3. d"),
        ("<ol type=I><li>a<ul><li>b</ul><li value=5>c</ol>", "I. a\n- b\nV. c"),
        ("<pre>x\n  y</pre><p>z", "x\n  y\nz"),
        ("a&nbsp;b &lt;c&gt; &#7871; &bogus;", "a\u00a0b <c> ế &bogus;"),
        ("<p style='display:none'>ẩn</p><p>hiện", "hiện"),
        ("<script>if (a < b) '<p>'</script>x<style>p{}</style><select><option>1</select>", "x"),
        ("<nav>a<nav>b</nav>c</nav>d", "d"),
        ("<p title='a > b'>x", "x"),
        ("<!-- <p>no</p> -->x<![CDATA[y]]>", "x"),
    ],
)
def test_what_is_printed(body: str, text: str) -> None:
    assert read(body) == text


def test_spans_keep_the_columns() -> None:
    text = read(
        "<table><tr><td rowspan=2>a<td colspan=2>b<td>c</tr><tr><td>d<td>e<td>f</tr></table>"
    )
    assert text == "a\tb\t\tc\n\td\te\tf"


def test_tables_that_lay_out_the_page_are_no_tables() -> None:
    inner = "<table><tr><td>1<td>2</tr></table>"
    found = read_document(
        f"<html><table><tr><td>menu</td><td><p>trước</p>{inner}<p>sau</p></table>".encode(),
        "a.html",
    )
    assert found.text == "menu\ntrước\n1\t2\nsau"
    assert len(found.tables) == 1


@pytest.mark.parametrize(
    ("codec", "head", "encoding"),
    [("utf-8", "", "UTF-8"), ("utf-16", "", "UTF-16"),
     ("cp1258", '<meta http-equiv="Content-Type" content="text/html; charset=windows-1258">',
      "Windows-1258")],
)  # fmt: skip
def test_character_sets(codec: str, head: str, encoding: str) -> None:
    text = "Trường Sơn, Cà Mau, Đà Nẵng"
    written = text.replace("ườ", "ươ\u0300").replace("ẵ", "ă\u0303") if codec == "cp1258" else text
    found = read_document(f"<html>{head}<p>{written}".encode(codec), "a.html")
    assert (found.text, found.encoding) == (text, encoding)


def test_old_letters_in_a_page() -> None:
    found = read_document(
        b"<html><meta charset=iso-8859-1><font face='.VnTime'><p>"
        + "KÕ ho¹ch tØnh Yªn B¸i".encode("latin-1"),
        "a.html",
    )
    assert found.text == "Kế hoạch tỉnh Yên Bái"
    assert found.notes == ("legacy_encoding:TCVN3",)


tags = st.sampled_from(
    ["<table>", "</table>", "<tr>", "<td>", "<td colspan=3 rowspan=2>", "<p>", "</p>", "<ol>",
     "</ol>", "<li>", "<pre>", "<nav>", "</nav>", "<br>", "<!--", "-->", "<", ">", "'", '"', "&lt;",
     "x", "ế", " ", "\n", "<script>", "</script>", "e\u0301"]
)  # fmt: skip


@settings(max_examples=200)
@given(st.lists(tags, max_size=40))
def test_any_mixture_is_read_soundly(parts: list[str]) -> None:
    try:
        assert_sound(read_document(("<p>y" + "".join(parts)).encode(), "a.html"))
    except UnreadableDocument as error:
        assert error.reason in ("no_text", "unknown_encoding")


@given(st.text(max_size=60))
def test_text_without_tags_comes_back(text: str) -> None:
    if not {"<", "&"} & set(text):
        assert "".join(t for t in html_tokens(text) if not isinstance(t, Tag)) == text


@pytest.mark.parametrize("piece", ["<", "<a ", "<!--", "</", "<a '", "&", "&#", "<script>", "<td>"])
def test_time_grows_with_the_length_alone(piece: str) -> None:
    started = time.perf_counter()
    for _ in html_tokens(piece * (2**20 // len(piece))):
        pass
    assert time.perf_counter() - started < 8
