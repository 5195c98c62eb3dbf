"""Reference the other input is checked against: the provinces of both vintages and spellings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from domain.errors import BrokenInput
from domain.provinces import Province, ProvinceRegister
from domain.vintages import Crosswalk
from etl.readers.csv_table import read_csv

PROJECT_DATA = Path(__file__).resolve().parent.parent / "data"


def reference_file(data: Path, relative: str) -> Path:
    """A reference file of this data folder, else the project's own."""
    own = data / relative
    return own if own.is_file() else PROJECT_DATA / relative


def load_records(path: Path, *columns: str) -> list[dict[str, str]]:
    """Rows of a reference file by column name.

    Raises BrokenInput where a column is missing or a row has more or fewer cells than the header:
    what others are checked against has to be whole.
    """
    table = read_csv(path)
    if missing := [c for c in columns if c not in table.header]:
        raise BrokenInput(
            "missing_column", where=str(path), expected=", ".join(columns),
            got=", ".join(table.header), fix=f"add {', '.join(missing)}",
        )  # fmt: skip
    wrong = [line for line, cells in table.rows if len(cells) != len(table.header)]
    wrong += [line for line, _ in table.broken]
    if wrong:
        raise BrokenInput(
            "wrong_cell_count", where=f"{path}:{min(wrong)}",
            expected=f"{len(table.header)} cells", got="another number", fix="correct the line",
        )  # fmt: skip
    return [dict(zip(table.header, cells)) for _, cells in table.rows]


def load_register(data: Path) -> ProvinceRegister:
    """Register of the 63 and the 34 with all accepted spellings; raises BrokenInput."""
    old = load_records(reference_file(data, "facts/provinces63.csv"), "gso_code", "name")
    units_file = reference_file(data, "facts/units_2025.csv")
    units = load_records(units_file, "new_gso_code", "new_name")
    aliases_file = reference_file(data, "reference/province_aliases.csv")
    aliases = load_records(aliases_file, "spelling", "official_name")
    provinces = [Province(2008, r["gso_code"], r["name"]) for r in old]
    new_names = {r["new_gso_code"]: r["new_name"] for r in units}
    provinces += [Province(2025, code, name) for code, name in new_names.items()]
    try:
        return ProvinceRegister(provinces, _spellings(aliases, provinces))
    except ValueError as error:
        raise BrokenInput(
            "spelling of no province or of two", where=str(aliases_file),
            expected="each spelling once, for an official name", got=str(error),
            fix="correct or delete it",
        ) from None  # fmt: skip


def _spellings(
    aliases: Sequence[dict[str, str]], provinces: list[Province]
) -> list[tuple[int, str, str]]:
    """An alias of an official name holds in every vintage that has a unit of that name.

    Raises ValueError for a name that no vintage has.
    """
    by_name: dict[str, list[Province]] = {}
    for province in provinces:
        by_name.setdefault(province.name, []).append(province)
    if unknown := [a["official_name"] for a in aliases if a["official_name"] not in by_name]:
        raise ValueError(f"no province is named {unknown[0]!r}")
    return [
        (p.vintage, p.code_gso, a["spelling"]) for a in aliases for p in by_name[a["official_name"]]
    ]


def load_crosswalk(data: Path) -> Crosswalk:
    """Old province → unit of 2025-07-01, by code (Resolution 202/2025/QH15)."""
    path = reference_file(data, "facts/units_2025.csv")
    units = load_records(path, "old_gso_code", "new_gso_code")
    try:
        return Crosswalk.from_pairs((r["old_gso_code"], r["new_gso_code"]) for r in units)
    except ValueError as error:
        raise BrokenInput(
            "two successors", where=str(path), expected="one unit for each old province",
            got=str(error), fix="correct the file",
        ) from None  # fmt: skip
