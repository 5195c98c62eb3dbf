"""Every word, number and date on the screen, from the catalogues in text/."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

LANGUAGES: Final = ("vi", "en")
DEFAULT_LANGUAGE: Final = "vi"
TEXT_DIR: Final = Path(__file__).parent / "text"

# The order of the Vietnamese alphabet; the tone is the second key, as dictionaries have it.
_ALPHABET: Final = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES: Final = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}


class UnknownWord(KeyError):
    """A key that a catalogue does not have: what, where, and which file to edit."""

    def __init__(self, key: str, lang: str) -> None:
        self.key, self.lang = key, lang
        super().__init__(f"no text {key!r} in {TEXT_DIR / (lang + '.toml')}: add it there")

    def __str__(self) -> str:
        return str(self.args[0])


def _flatten(table: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for name, value in table.items():
        if isinstance(value, dict):
            flat |= _flatten(value, f"{prefix}{name}.")
        else:
            flat[f"{prefix}{name}"] = str(value)
    return flat


@cache
def catalogue(lang: str) -> dict[str, str]:
    """All texts of one language, nested tables flattened: {"map.legend.title": "…"}."""
    if lang not in LANGUAGES:
        raise ValueError(f"language {lang!r}: expected one of {LANGUAGES}")
    texts: dict[str, str] = {}
    for path in catalogue_files(lang):
        found = _flatten(tomllib.loads(path.read_text(encoding="utf-8")))
        if twice := texts.keys() & found.keys():
            raise ValueError(f"{path}: {sorted(twice)} stand in another catalogue already")
        texts |= found
    return texts


def catalogue_files(lang: str) -> list[Path]:
    """text/<lang>.toml, which all pages share, and one file per page in text/<lang>/."""
    return [TEXT_DIR / f"{lang}.toml", *sorted((TEXT_DIR / lang).glob("*.toml"))]


def word(key: str, lang: str, **values: object) -> str:
    """The text of `key`, its {placeholders} filled with `values`; UnknownWord if missing."""
    try:
        text = catalogue(lang)[key]
    except KeyError:
        raise UnknownWord(key, lang) from None
    return text.format(**values) if values else text


def has_word(key: str, lang: str) -> bool:
    """Whether the catalogue of `lang` has this key."""
    return key in catalogue(lang)


def format_date(day: date | datetime | None, lang: str) -> str:
    """dd/mm/yyyy in both languages; an unknown date is an en dash."""
    if day is None or day != day:  # NaT is not equal to itself
        return "–"
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def day_of(value: Any) -> date | None:
    """The day of a cell of a table: a date, a timestamp, or None where it is empty."""
    if value is None or value != value:  # NaT is not equal to itself
        return None
    return value.date() if isinstance(value, datetime) else value


def format_month(day: date | datetime, lang: str) -> str:
    """mm/yyyy."""
    return f"{day.month:02d}/{day.year:04d}"


def format_number(x: float | None, lang: str, decimals: int = 0) -> str:
    """1.234.567,89 in Vietnamese, 1,234,567.89 in English; a missing number is an en dash."""
    if x is None or x != x:
        return "–"
    text = f"{x:,.{decimals}f}"
    return text if lang == "en" else text.translate(str.maketrans(",.", ".,"))


def format_share(x: float | None, lang: str, decimals: int = 0) -> str:
    """A share of 0..1 as a percentage: 0.619 -> "62%"."""
    return "–" if x is None or x != x else format_number(x * 100, lang, decimals) + "%"


_MARKDOWN: Final = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:])")


def escape_markdown(text: str) -> str:
    """Text that Streamlit's Markdown shows as it is: no link, picture, icon or formula."""
    return _MARKDOWN.sub(r"\\\1", text)


@cache
def sort_key(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Key that sorts as Vietnamese dictionaries do: letters first, then tones."""
    letters: list[int] = []
    tones: list[int] = []
    for char in unicodedata.normalize("NFC", re.sub(r"[\s\-–]+", " ", text.lower())):
        marks = unicodedata.normalize("NFD", char)
        tone = next((_TONES[m] for m in marks if m in _TONES), 0)
        letter = unicodedata.normalize("NFC", "".join(m for m in marks if m not in _TONES))
        position = _ALPHABET.find(letter)
        letters.append(
            position + 1 if position >= 0 else (0 if letter == " " else 100 + ord(letter))
        )
        tones.append(tone)
    return tuple(letters), tuple(tones)
