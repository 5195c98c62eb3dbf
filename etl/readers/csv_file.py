"""CSV and TSV as a document → stored text with one table."""

from __future__ import annotations

import csv

from etl.extract.text import Table
from etl.readers.csv_table import csv_records
from etl.readers.stored_text import TextBuilder
from etl.readers.text_file import decode_text


def read_csv_document(content: bytes) -> tuple[str, tuple[Table, ...], str, tuple[str, ...]]:
    """(stored text, tables, encoding, notes); a record with broken quoting stays as one cell.

    Raises UnreadableDocument.
    """
    text, encoding, notes = decode_text(content)
    lines = text.split("\n")
    first = next((line for line in lines if line.strip()), "")
    delimiter = max(",;\t", key=first.count)
    rows: list[list[str]] = []
    for number, record in csv_records(lines, delimiter):
        if isinstance(record, csv.Error):
            notes = (*notes, f"broken_record:{number}")
            rows.append([lines[number - 1]] if number <= len(lines) else [])
        elif any(cell.strip() for cell in record):
            rows.append(record)
    builder = TextBuilder()
    builder.add_table([row for row in rows if row])
    stored, tables = builder.finish()
    return stored, tables, encoding, notes
