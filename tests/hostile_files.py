"""Submitted files with something wrong, and what each must be rejected for.

Each entry: file name under submitted/ → (content, expected rejections, rows that must load).
An expected rejection is (row, column, value, reason); value None means that any will do.
"""

from __future__ import annotations

import io
import zipfile
from typing import NamedTuple

Expected = tuple[int | None, str, str | None, str]


class Hostile(NamedTuple):
    """A file, its expected rejections and how many of its rows load."""

    content: bytes
    expected: tuple[Expected, ...]
    loaded: int


REG = (
    "gso_code,province,document_number,issued_on,effective_on,legal_base,replaces,replaced_by,"
    "reported_on,source_url,confidence,note"
)
PLAN = (
    "gso_code,province,document_number,issued_on,issuer,period_start,period_end,kind,reported_on,"
    "source_url,confidence,note"
)
ANNUAL = (
    "gso_code,province,document_number,issued_on,plan_year,issuer,reported_on,source_url,"
    "confidence,note"
)
BUDGET = (
    "line_id,parent_line_id,is_total,funding_source,gso_code,province,year,programme,component,"
    "amount_million_vnd,as_printed,stage,document_number,document_date,source_url,note,scope,"
    "level,is_rounded"
)
GATE = (
    "name,gso_code,province,route,gate_class,transport,lat,lon,counterpart,commune,district,"
    "placement,confidence,source_url,note"
)
CLUSTER = "name,gso_code,province,gate,status,year,document_number,reported_on,source_url,note"
URL = "https://example.org"


def reg(
    number: str,
    code: str = "15",
    name: str = "Yên Bái",
    issued: str = "2019-05-06",
    effective: str = "",
    base: str = "decree72",
    replaces: str = "",
    note: str = "",
) -> str:
    """A line of a regulations file."""
    return f"{code},{name},{number},{issued},{effective},{base},{replaces},,,{URL},seen_text,{note}"


def plan(
    number: str,
    first: str = "2023",
    last: str = "2028",
    code: str = "15",
    name: str = "Yên Bái",
    issued: str = "2023-02-03",
    issuer: str = "",
) -> str:
    """A line of a file of human-rights plans."""
    return f"{code},{name},{number},{issued},{issuer},{first},{last},scheme,,{URL},seen_text,"


def budget(
    line: str,
    parent: str = "",
    amount: str = "1000",
    code: str = "15",
    name: str = "Yên Bái",
    year: str = "2022",
) -> str:
    """A line of a budgets file."""
    return (
        f"{line},{parent},false,central,{code},{name},{year},other,,{amount},{amount},planned,,,"
        f"{URL},,information_work,province,false"
    )


def gate(name: str, latitude: str = "21.5", longitude: str = "105.5") -> str:
    """A line of a file of border gates."""
    return f"{name},15,Yên Bái,,main,road,{latitude},{longitude},,,,coordinates,listed,{URL},"


def lines(*text: str) -> bytes:
    """Lines of a file, in UTF-8."""
    return ("\n".join(text) + "\n").encode()


def xlsx() -> bytes:
    """A ZIP file, which is what an XLSX file is."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return buffer.getvalue()


_HALF = REG.split(",")
HOSTILE: dict[str, Hostile] = {
    # The header
    "regulations_unknown_column.csv": Hostile(
        lines(f"{REG},colour", reg("101/2019") + ",red"),
        ((1, "colour", "colour", "unknown_column"),),
        1,
    ),
    "regulations_blank_columns.csv": Hostile(
        lines(f"{REG},,", reg("102/2019") + ",,"),
        ((1, "", "", "duplicate_column"), (1, "", "", "unknown_column")),
        1,
    ),
    "regulations_missing_optional.csv": Hostile(
        lines(REG.removesuffix(",note"), reg("103/2019").removesuffix(",")),
        ((1, "note", "", "missing_column"),),
        1,
    ),
    "regulations_missing_required.csv": Hostile(
        lines(REG.replace(",legal_base", ""), reg("104/2019").replace(",decree72", "")),
        ((1, "legal_base", "", "missing_column"),),
        0,
    ),
    "regulations_column_twice.csv": Hostile(
        lines(f"{REG},province", reg("105/2019") + ",Yên Bái"),
        ((1, "province", "province", "duplicate_column"),),
        0,
    ),
    "regulations_hostile_columns.csv": Hostile(
        lines(
            f'{REG},_file,_row,"x"" ); DROP TABLE raw.regulations; --",NOTE',
            reg("106/2019") + ",a,b,c,d",
        ),
        (
            (1, "_file", "_file", "unknown_column"),
            (1, "_row", "_row", "unknown_column"),
            (1, 'x" ); DROP TABLE raw.regulations; --', None, "unknown_column"),
            (1, "NOTE", "NOTE", "unknown_column"),
        ),
        1,
    ),
    "regulations_other_table.csv": Hostile(
        lines("colour,size", "red,3"),
        ((1, "", "colour, size", "other_table"),),
        0,
    ),
    "regulations_header_only.csv": Hostile(lines(REG), (), 0),
    "regulations_reordered.csv": Hostile(
        lines(",".join(reversed(_HALF)), ",".join(reversed(reg("107/2019").split(",")))),
        (),
        1,
    ),
    "regulations_semicolons.csv": Hostile(
        lines(REG.replace(",", ";"), reg("108/2019").replace(",", ";")),
        (),
        1,
    ),
    "regulations_bom_crlf.csv": Hostile(
        b"\xef\xbb\xbf" + lines(REG, reg("109/2019"), "", reg("110/2019")).replace(b"\n", b"\r\n"),
        (),
        2,
    ),
    # The file
    "regulations_empty.csv": Hostile(b"", ((None, "", "0 rows", "empty_file"),), 0),
    "regulations_blank.csv": Hostile(
        b"\xef\xbb\xbf \n\n", ((None, "", "0 rows", "empty_file"),), 0
    ),
    "regulations_utf16.csv": Hostile(
        lines(REG, reg("111/2019")).decode().encode("utf-16"),
        ((None, "", "UTF-16 text", "other_kind"),),
        0,
    ),
    "regulations_utf16_without_mark.csv": Hostile(
        lines(REG, reg("112/2019", name="Yen Bai")).decode().encode("utf-16-le"),
        ((None, "", "NUL bytes", "other_kind"),),
        0,
    ),
    "regulations_tcvn3.csv": Hostile(
        lines(REG) + "15,Yªn B¸i,113/2019,2019-05-06,,decree72,,,,,seen_text,\n".encode("latin-1"),
        ((None, "", None, "wrong_encoding"),),
        0,
    ),
    "regulations_xlsx.csv": Hostile(
        xlsx(),
        ((None, "", "a ZIP, XLSX or DOCX file", "other_kind"),),
        0,
    ),
    "regulations_pdf.csv": Hostile(b"%PDF-1.7\n", ((None, "", "a PDF file", "other_kind"),), 0),
    "regulations_nul.csv": Hostile(
        lines(REG, reg("114/2019", note="a\0b")),
        ((None, "", "NUL bytes", "other_kind"),),
        0,
    ),
    "regulations_as_workbook.xlsx": Hostile(xlsx(), ((None, "", ".xlsx", "other_kind"),), 0),
    "colours.csv": Hostile(
        lines("a,b", "1,2"),
        ((None, "", "submitted/colours.csv", "unknown_kind_of_table"),),
        0,
    ),
    "provinces63_more.csv": Hostile(
        lines("gso_code,iso,name", "99,VN-99,Atlantis"),
        ((None, "", "submitted/provinces63_more.csv", "reference_table"),),
        0,
    ),
    "archipelagos.csv": Hostile(
        lines(
            "name,province_63,gso_code,lat_min,lat_max,lon_min,lon_max,unit_2025,source_url,note",
            "Paracel,Đà Nẵng,48,15.7,17.2,111,113,x,,",
        ),
        ((None, "", "submitted/archipelagos.csv", "reference_table"),),
        0,
    ),
    # Records
    "regulations_broken_quotes.csv": Hostile(
        lines(
            REG,
            reg("115/2019"),
            reg("116/2019", note='"a"b'),
            reg("117/2019"),
            reg("118/2019", note='"open'),
        ),
        ((3, "", None, "broken_csv"), (5, "", None, "broken_csv")),
        2,
    ),
    "regulations_broken_header.csv": Hostile(
        lines('gso_code,"province"x', "15,Yên Bái"),
        ((1, "", None, "broken_csv"),),
        0,
    ),
    "regulations_cell_count.csv": Hostile(
        lines(REG, reg("119/2019") + ",,,", reg("120/2019"), "15,Yên Bái"),
        ((2, "", "15 cells", "wrong_cell_count"), (4, "", "2 cells", "wrong_cell_count")),
        1,
    ),
    "regulations_huge_cell.csv": Hostile(
        lines(REG, reg("121/2019", note="x" * 500_000), reg("122/2019")),
        ((2, "note", "x" * 200, "cell_too_long"),),
        1,
    ),
    "regulations_formulas.csv": Hostile(
        lines(
            REG,
            reg("123/2019", note="=HYPERLINK(A1)"),
            reg("124/2019", issued="=TODAY()"),
            reg("125/2019", code="=1+1"),
        ),
        ((3, "issued_on", "=TODAY()", "impossible_date"), (4, "gso_code", "=1+1", "not_a_code")),
        1,
    ),
    "regulations_control_characters.csv": Hostile(
        lines(
            REG,
            reg("126/2019", note="a\x07b"),
            reg("127/2019", note="\u202etxt.exe"),
            reg("128/2019", note="?\ufffd?"),
        ),
        (
            (2, "note", None, "bad_value"),
            (3, "note", None, "bad_value"),
            (4, "note", None, "bad_value"),
        ),
        0,
    ),
    # Cells
    "regulations_dates.csv": Hostile(
        lines(
            REG,
            reg("130/2019", issued="31/02/2019"),
            reg("131/2019", issued="1017-03-02"),
            reg("132/2019", issued="02/03/1017"),
            reg("133/2019", issued="soon"),
            reg("134/2019", effective="2019-13-01"),
            reg("135/2019", issued="6/5/2019"),
            reg("136/2019", issued="2045-01-01"),
            reg("137/2019", issued="2024-01-01", effective="2045-01-01"),
        ),
        (
            (2, "issued_on", "31/02/2019", "impossible_date"),
            (3, "issued_on", "1017-03-02", "impossible_date"),
            (4, "issued_on", "02/03/1017", "impossible_date"),
            (5, "issued_on", "soon", "impossible_date"),
            (6, "effective_on", "2019-13-01", "impossible_date"),
            (8, "issued_on", "2045-01-01", "impossible_date"),
        ),
        2,
    ),
    "regulations_provinces.csv": Hostile(
        lines(
            REG,
            reg("140/2019", name="Atlantis"),
            reg("141/2019", code="01"),
            reg("142/2019", name=""),
            reg("143/2019", code="1"),
            reg("144/2019", code="99"),
            reg("145/2019", name="tỉnh YÊN BÁI"),
        ),
        (
            (2, "province", "Atlantis", "unknown_province"),
            (3, "gso_code", "01", "code_of_other_name"),
            (4, "province", "", "missing_value"),
            (5, "gso_code", "1", "not_a_code"),
            (6, "gso_code", "99", "code_of_other_name"),
        ),
        1,
    ),
    "regulations_vintages.csv": Hostile(
        # Yên Bái became part of Lào Cai (15) on 2025-07-01; code 15 was Yên Bái before.
        lines(
            REG,
            reg("150/2025", issued="2025-06-30"),
            reg("151/2025", issued="2025-07-01"),
            reg("152/2025", issued="2025-07-01", name="Lào Cai"),
            reg("153/2025", issued="2025-06-30", name="Lào Cai"),
        ),
        (
            (3, "province", "Yên Bái", "unknown_province"),
            (5, "gso_code", "15", "code_of_other_name"),
        ),
        2,
    ),
    "regulations_choices.csv": Hostile(
        lines(REG, reg("160/2019", base="decree 72"), reg("161/2019", base="")),
        ((2, "legal_base", "decree 72", "unknown_choice"), (3, "legal_base", "", "missing_value")),
        0,
    ),
    "regulations_citations.csv": Hostile(
        lines(
            REG, reg("162/2019", replaces="1/2013 (2013-02-30)"), reg("163/2019", replaces="1/2013")
        ),
        ((2, "replaces", "1/2013 (2013-02-30)", "impossible_date"),),
        1,
    ),
    "regulations_duplicates.csv": Hostile(
        lines(
            REG,
            reg("170/2019"),
            reg("170/2019", note="again"),
            reg("170/2019", effective="2019-06-01"),
        ),
        (
            (3, "gso_code", None, "duplicate_key"),
            (4, "document_number", "170/2019", "duplicate_key"),
        ),
        1,
    ),
    "regulations_duplicates_of_another_file.csv": Hostile(
        lines(REG, reg("170/2019"), reg("171/2019")),
        ((2, "gso_code", None, "duplicate_key"),),
        1,
    ),
    "human_rights_plans_periods.csv": Hostile(
        lines(
            PLAN,
            plan("201/KH-UBND", "2028", "2023"),
            plan("202/KH-UBND", "1017"),
            plan("203/KH-UBND", "2023-2028"),
            plan("204/KH-UBND"),
        ),
        (
            (2, "period_end", "2023", "bad_value"),
            (3, "period_start", "1017", "impossible_year"),
            (4, "period_start", "2023-2028", "impossible_year"),
        ),
        1,
    ),
    "annual_plans_issuers.csv": Hostile(
        # The issuer follows from the number, so both rows are one document.
        lines(
            ANNUAL,
            f"15,Yên Bái,301/KH-UBND,2022-12-01,2023,,,{URL},seen_text,",
            f"15,Yên Bái,301/KH-UBND,2022-12-01,2023,UBND tỉnh Yên Bái,,{URL},news,",
            f"15,Yên Bái,301/KH-UBND,2022-12-01,2024,UBND tỉnh Yên Bái,,{URL},news,",
        ),
        ((3, "document_number", "301/KH-UBND", "duplicate_key"),),
        2,
    ),
    "announced_totals_counts.csv": Hostile(
        lines(
            "indicator,count,out_of,as_of,document_number,section,note",
            "x,64,63,2022-01-01,1/BTTTT,1,",
            "x,99999999999,999999999999,2022-01-01,2/BTTTT,1,",
            "x,-1,63,2022-01-01,3/BTTTT,1,",
            "x,0,63,2022-01-01,4/BTTTT,1,",
        ),
        (
            (2, "count", "64", "bad_value"),
            (3, "count", "99999999999", "not_a_number"),
            (3, "out_of", "999999999999", "not_a_number"),
            (4, "count", "-1", "not_a_number"),
        ),
        1,
    ),
    "budgets_amounts.csv": Hostile(
        lines(
            BUDGET,
            budget("Z1", amount="-5"),
            budget("Z2", amount="1.234"),
            budget("Z3", amount="1e6"),
            budget("Z4", amount="9" * 16),
            budget("Z5", amount="٣"),
            budget("Z6", amount=""),
            budget("Z7", amount="0"),
        ),
        (
            (2, "amount_million_vnd", "-5", "not_a_number"),
            (3, "amount_million_vnd", "1.234", "not_a_number"),
            (4, "amount_million_vnd", "1e6", "not_a_number"),
            (5, "amount_million_vnd", "9" * 16, "not_a_number"),
            (6, "amount_million_vnd", "٣", "not_a_number"),
            (7, "amount_million_vnd", "", "missing_value"),
            (7, "as_printed", "", "missing_value"),
        ),
        1,
    ),
    "budgets_parents.csv": Hostile(
        lines(
            BUDGET,
            budget("Y1"),
            budget("Y2", "Y1"),
            budget("Y3", "Y3"),
            budget("Y4", "nowhere"),
            budget("Y5", "Y4"),
            budget("Y6", "Y1", code="01", name="Hà Nội"),
            budget("Y7", "Y6", code="01", name="Hà Nội"),
        ),
        (
            (4, "parent_line_id", "Y3", "unknown_reference"),
            (5, "parent_line_id", "nowhere", "unknown_reference"),
            (6, "parent_line_id", "Y4", "unknown_reference"),
            (7, "parent_line_id", "Y1", "unknown_reference"),
            (8, "parent_line_id", "Y6", "unknown_reference"),
        ),
        2,
    ),
    "budgets_vintages.csv": Hostile(
        lines(
            BUDGET,
            budget("W1", year="2021-2025"),
            budget("W2", year="2026"),
            budget("W3", year="2026", name="Lào Cai"),
            budget("W4", year="2025-2021"),
        ),
        (
            (3, "province", "Yên Bái", "unknown_province"),
            (5, "year", "2025-2021", "impossible_year"),
        ),
        2,
    ),
    "border_gates_places.csv": Hostile(
        lines(
            GATE,
            gate("A", "95"),
            gate("B", "21.5", "2.3"),
            gate("C", "-21.5"),
            gate("D", "21,5"),
            gate("E"),
        ),
        (
            (2, "lat", "95", "not_a_number"),
            (3, "lon", "2.3", "not_a_number"),
            (4, "lat", "-21.5", "not_a_number"),
            (5, "", "16 cells", "wrong_cell_count"),
        ),
        1,
    ),
    "border_provinces_lengths.csv": Hostile(
        lines(
            "gso_code,province,route,border_km,source_url,note",
            "15,Yên Bái,china,0,,",
            "15,Yên Bái,laos,-3,,",
        ),
        ((2, "border_km", "0", "not_a_number"), (3, "border_km", "-3", "not_a_number")),
        0,
    ),
    "information_clusters_years.csv": Hostile(
        # An observation of a year counts from its last day: from 2025 on, of the new unit.
        lines(
            CLUSTER,
            f"X,15,Yên Bái,,operating,2024,,,{URL},",
            f"X,15,Yên Bái,,operating,2025,,,{URL},",
            f"X,15,Lào Cai,Lào Cai,operating,2025,,,{URL},",
            f"Y,15,Yên Bái,,operating,2023,,,{URL},",
            f"Y,15,Yên Bái,,operating,2023,,2023-12-31,{URL},",
        ),
        ((3, "province", "Yên Bái", "unknown_province"), (6, "name", "Y", "duplicate_key")),
        3,
    ),
    "document_facts_citations.csv": Hostile(
        lines(
            "document,kind,document_number,issued_on,gso_code,province,fact,value,section",
            "d1,plan,401/KH,2023-01-02,15,Yên Bái,guided_by,5/BTTTT (2023-02-31),",
            "d1,plan,401/KH,2023-01-02,15,Yên Bái,report_deadline,before 2023-11-31,",
            "d2,plan,401/KH,2023-01-02,15,Yên Bái,report_deadline,before 2023-11-31,",
            "d1,plan,401/KH,2023-01-02,15,Yên Bái,report_deadline,before 31 Foobar every year,",
        ),
        (
            (2, "value", "5/BTTTT (2023-02-31)", "impossible_date"),
            (4, "document", "d2", "duplicate_key"),
        ),
        2,
    ),
}
