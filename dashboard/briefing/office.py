"""The office that sends a document: from data/reference/office.toml, by the document's date."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from domain.errors import TtdnError

SETTINGS: Final = Path(__file__).parents[2] / "data" / "reference" / "office.toml"


@dataclass(frozen=True)
class Office:
    """The letterhead of a document after Decree 30/2020/NĐ-CP, annex I, boxes 2, 4 and 7a.

    `..._in_text` are the names within a sentence, where capitals follow the rules of spelling.
    """

    superior: str
    name: str
    symbol: str
    place: str
    signer: str
    superior_en: str
    name_en: str
    place_en: str
    name_in_text: str
    superior_in_text: str


class BrokenSettings(TtdnError):
    """office.toml cannot be read or has no office for a day."""


def load_office(day: date, path: Path = SETTINGS) -> Office:
    """The office in charge on a day; a document of an earlier date keeps the name of its time.

    Raises BrokenSettings where the file is damaged or no entry begins by that day.
    """
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8"))["office"]
        held = [entry for entry in entries if entry["from"] <= day]
        newest = max(held, key=lambda entry: entry["from"])
        return Office(**{key: str(value) for key, value in newest.items() if key != "from"})
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise BrokenSettings(
            "the settings of the office cannot be read",
            where=str(path),
            expected="[[office]] entries with from, superior, name, symbol, place, signer and "
            "those that end in _en and _in_text",
            got=str(error),
            fix="correct the file; every key of an entry is needed",
        ) from error
    except ValueError as error:  # max() of nothing
        raise BrokenSettings(
            "no office is set for this day",
            where=str(path),
            expected="an [[office]] entry that begins by that day",
            got=day.isoformat(),
            fix="add an [[office]] entry with an earlier `from`",
        ) from error
