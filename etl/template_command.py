"""python -m etl template NAME: an empty XLSX template, written to a file."""

from __future__ import annotations

import argparse
from pathlib import Path

from domain.errors import BadValue
from etl.reference import load_records, load_register, reference_file
from etl.templates import TEMPLATES, write_template


def make_template(name: str, data: Path) -> bytes:
    """A template with the provinces and gates of a data folder in its lists (KeyError: no such)."""
    gates = load_records(reference_file(data, "facts/border_gates.csv"), "name")
    return write_template(name, load_register(data), [gate["name"] for gate in gates])


def run(options: argparse.Namespace) -> int:
    """The command; raises BadValue for an unknown name."""
    if options.list:
        for template in TEMPLATES.values():
            print(f"{template.name}: {template.title}")
        return 0
    if options.name not in TEMPLATES:
        raise BadValue(
            "no such template", expected=", ".join(TEMPLATES), got=options.name or "no name",
            fix="python -m etl template --list",
        )  # fmt: skip
    path = options.out or Path(f"{options.name}.xlsx")
    path.write_bytes(make_template(options.name, options.data))
    print(f"{path} written")
    return 0
