"""Folded text: what is searched, so that "duong bien gioi" finds "đường biên giới"."""

from __future__ import annotations

import unicodedata

_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00ad"
_QUOTES = {"\u201c": '"', "\u201d": '"', "\u2018": "'", "\u2019": "'", "\u2032": "'", "\u2033": '"'}
_BLANKS = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000\t"


def _folds() -> dict[int, str]:
    table: dict[int, str] = {ord(d): "-" for d in _DASHES}
    table |= {ord(q): plain for q, plain in _QUOTES.items()}
    table |= {ord(b): " " for b in _BLANKS}
    for code in (*range(0x41, 0x5B), *range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code))[0].lower()
        if len(base) == 1:
            table[code] = base
    # Old keyboards write đ as the Icelandic eth or the African d, which look the same.
    for letter in "đĐðÐƉɖ":
        table[ord(letter)] = "d"
    return table


def _table(folds: dict[int, str]) -> list[str]:
    """The folds by code point: `str.translate` reads a list twice as fast as a dict with gaps."""
    return [folds.get(code, chr(code)) for code in range(max(folds) + 1)]


_FOLDS = _table(_folds())


def fold_text(text: str) -> str:
    """Lower case, without marks, đ as d, all dashes as "-", all blanks but LF as " ".

    The result is as long as `text` (which is to be NFC), so that positions stay true.
    """
    return text.translate(_FOLDS)
