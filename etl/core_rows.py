"""The rows of the core tables while they are put together, and the documents among them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from domain.documents import document_kind
from domain.evidence import decide_date, stable_id
from domain.vintages import vintage_at
from etl.flags import row_flags
from etl.harmonize import TypedRow
from etl.rejections import Rejection

Row = dict[str, Any]


@dataclass
class CoreRows:
    """Rows by core table name, in the order in which they were added."""

    tables: defaultdict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    refused: list[tuple[TypedRow, Rejection]] = field(default_factory=list)
    _claims: dict[tuple[object, ...], TypedRow] = field(default_factory=dict)

    def add(self, table: str, **values: Any) -> None:
        """One row more; columns that are not named stay null."""
        self.tables[table].append(values)

    def claim(self, row: TypedRow, column: str, *key: object) -> bool:
        """Whether an input row is the first of its table about one thing, such as a document.

        Two rows may describe one document although their cells differ: the first is kept, the
        second refused.
        """
        first = self._claims.setdefault((row.table, *key), row)
        if first is row:
            return True
        expected = f"one row for each; {first.file}:{first.row} has it"
        self.refused.append((row, row.reject(column, row[column], expected, "duplicate_key")))
        return False

    def __getitem__(self, table: str) -> list[Row]:
        return self.tables[table]


def document_id_of(
    province_code: str | None,
    number: str | None,
    issued: dt.date | None,
    issuer: str | None,
    otherwise: str = "",
) -> str:
    """Numbers repeat every year: the key is province + number + date + issuing body.

    National documents are cited without their issuer, so there number and date are the key.
    `otherwise` tells documents apart that have neither number nor date.
    """
    extra = "" if number and issued else otherwise
    return stable_id("D", province_code, number, issued, issuer if province_code else "", extra)


class Documents:
    """Adds each document once to core.document and knows them by id."""

    def __init__(self, core: CoreRows, names: dict[tuple[int, str], str]) -> None:
        """`names`: (vintage, code) → "tỉnh Cao Bằng" or "thành phố Hà Nội"."""
        self._core = core
        self._names = names
        self.by_id: dict[str, Row] = {}
        self._national: defaultdict[str, list[Row]] = defaultdict(list)
        self.of_row: dict[tuple[str, int], Row] = {}  # (file, line) → its document

    def add_provincial(self, row: TypedRow, *, otherwise: str, kind: str | None = None) -> Row:
        """The document of a row of facts about one province; returns its core row."""
        code, number = row["gso_code"], row["document_number"]
        issuer = row["issuer"] or self._issuer_from_number(row.vintage, code, number)
        document_id = document_id_of(code, number, row["issued_on"], issuer, otherwise)
        return self._add(
            row,
            document_id=document_id,
            vintage=row.vintage,
            province_code_gso=code,
            kind=kind or (document_kind(number) if number else "other"),
            issuing_body=issuer,
            issuer_level=_provincial_level(number),
        )

    def add_national(self, row: TypedRow, issued: dt.date | None, issuer: str | None) -> Row:
        """A document of the party, government or a ministry, known by number and date."""
        number = row["document_number"]
        document_id = document_id_of(None, number, issued, None)
        return self._add(
            row,
            document_id=document_id,
            issued_date=issued,
            kind=document_kind(number),
            issuing_body=issuer,
            issuer_level="ministry" if issuer and issuer.startswith("Bộ ") else None,
        )

    def national_of_number(self, number: str) -> Row | None:
        """The national document of a number, where only one is known."""
        found = self._national[number]
        return found[0] if len(found) == 1 else None

    def issuer_of(self, code: str, number: str, day: dt.date | None) -> str | None:
        """Who issued a provincial document, where its number tells it."""
        vintage = vintage_at(day).key if day else 2008
        return self._issuer_from_number(vintage, code, number)

    def _issuer_from_number(self, vintage: int, code: str, number: str | None) -> str | None:
        """`…/QĐ-UBND` is printed only by the people's committee of the province."""
        if number and number.endswith("-UBND"):
            return f"UBND {self._names[vintage, code]}"
        return None

    def _add(self, row: TypedRow, *, document_id: str, **known: Any) -> Row:
        if document_id in self.by_id:
            return self.of_row.setdefault((row.file, row.row), self.by_id[document_id])
        issued = known.pop("issued_date", row["issued_on"])
        counted = decide_date(issued, row["effective_on"], row["reported_on"])
        document: Row = {
            "document_id": document_id,
            "vintage": None,
            "province_code_gso": None,
            "document_number": row["document_number"],
            "issued_date": issued,
            "effective_date": row["effective_on"],
            "reported_date": row["reported_on"],
            "counts_from_date": counted[0] if counted else None,
            "date_basis": counted[1].value if counted else None,
            "confidence": row["confidence"],
            "source_id": row.source_id,
            "row_number": row.row,
            "source_url": row["source_url"],
            "flags": row_flags(row),
            **known,
        }
        self.of_row[row.file, row.row] = document
        return self._keep(document)

    def _keep(self, document: Row) -> Row:
        self.by_id[document["document_id"]] = document
        if document["province_code_gso"] is None and document["document_number"]:
            self._national[document["document_number"]].append(document)
        self._core.tables["document"].append(document)
        return document

    def add_reference(self, document: Row) -> Row:
        """A national document of the reference list, unless a table of facts has it already."""
        return self.by_id.get(document["document_id"]) or self._keep(document)


def _provincial_level(number: str | None) -> str:
    symbol = (number or "").rsplit("/", 1)[-1]
    if "-S" in symbol:  # KH-SNgV, KH-SKHCN: a department (sở) of the province
        return "department"
    return "party" if symbol.endswith(("TU", "BCĐCTTTĐN", "BCĐTTĐN", "BCĐ", "TTĐN")) else "province"
