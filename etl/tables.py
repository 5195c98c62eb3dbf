"""The input tables: which columns a CSV of each kind has, of what type, and what its key is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """A column of an input table.

    Types: text, number (document number), citations (numbers, each with its date or without),
    date, past (a date that is not in the future), year, period (2024 or 2021-2025), count, amount
    (whole number >= 0), length (> 0), latitude, longitude (decimal degrees in and around Vietnam),
    boolean, code (two-digit GSO code), choice.
    """

    name: str
    type: str = "text"
    required: bool = False
    choices: tuple[str, ...] = ()
    is_later: bool = False  # came later than the first files: one that lacks it is whole


@dataclass(frozen=True)
class Reference:
    """A column that names a row of a table by its other column; a value without one is rejected."""

    column: str
    table: str
    other_column: str
    is_same_province: bool = False


@dataclass(frozen=True)
class InputTable:
    """A kind of input file; `key` names the columns that no two rows may share."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    # (code column, name column, vintage or 0 for "the one in force at the row's date")
    provinces: tuple[tuple[str, str, int], ...] = ()
    # The first of these that is filled tells the vintage; without any, the year column does.
    date_columns: tuple[str, ...] = ()
    year_column: str = ""
    references: tuple[Reference, ...] = ()
    # the other rows are checked against it, so it comes only under its own name
    is_reference: bool = False
    # a data folder without such a file uses the project's own
    is_standing: bool = False


def _columns(spec: str) -> tuple[Column, ...]:
    """`name:type[!][?][=a|b]`; `!` a required column, `?` a later one, `=` lists the choices."""
    columns = []
    for item in spec.split():
        head, _, choices = item.partition("=")
        is_later = head.endswith("?")
        required = head.rstrip("?").endswith("!")
        name, _, type_ = head.rstrip("!?").partition(":")
        choice_list = tuple(choices.split("|")) if choices else ()
        columns.append(Column(name, type_ or "text", required, choice_list, is_later))
    return tuple(columns)


_CONFIDENCES = "seen_text|cited_by_other_document|news|person"
_CONFIDENCE = f"confidence:choice!={_CONFIDENCES}"
_PROVINCE = "gso_code:code! province!"
_BY_DATE = (("gso_code", "province", 0),)
_OLD = (("gso_code", "province", 2008),)
_DATES = ("issued_on", "effective_on", "reported_on")

INPUT_TABLES: dict[str, InputTable] = {
    t.name: t
    for t in (
        InputTable("provinces63", _columns("gso_code:code! iso! name!"), ("gso_code",),
                   is_reference=True, is_standing=True),
        InputTable(
            "units_2025",
            _columns("new_gso_code:code! new_name! old_gso_code:code! old_name! "
                     "effective_on:date! source_url"),
            ("old_gso_code",),
            (("new_gso_code", "new_name", 2025), ("old_gso_code", "old_name", 2008)),
            is_reference=True, is_standing=True,
        ),
        InputTable(
            "regulations",
            _columns(f"{_PROVINCE} document_number:number issued_on:past effective_on:date "
                     "legal_base:choice!=decree72_circular22|decree72|decision79_2010|"
                     "foreign_affairs_general|unknown "
                     "replaces:citations replaced_by:citations reported_on:past source_url "
                     f"{_CONFIDENCE} note"),
            ("gso_code", "document_number", "issued_on", "effective_on", "reported_on"),
            _BY_DATE, _DATES,
        ),
        InputTable(
            "letter_findings",
            _columns("document_number:number! issued_on:past! "
                     "finding:choice!=regulation_on_decision79_not_amended|"
                     "only_general_foreign_affairs_regulation "
                     f"{_PROVINCE} section"),
            ("document_number", "issued_on", "finding", "gso_code"), _BY_DATE, _DATES,
        ),
        InputTable(
            "announced_totals",
            _columns("indicator! count:count! out_of:count! as_of:past! document_number:number! "
                     "section note"),
            ("indicator", "as_of", "document_number"),
        ),
        InputTable(
            "human_rights_plans",
            _columns(f"{_PROVINCE} document_number:number issued_on:past issuer period_start:year "
                     f"period_end:year kind:choice!=scheme|annual reported_on:past source_url "
                     f"{_CONFIDENCE} note"),
            ("gso_code", "issuer", "document_number", "issued_on", "period_start", "period_end"),
            _BY_DATE, _DATES,
        ),
        InputTable(
            "annual_plans",
            _columns(f"{_PROVINCE} document_number:number issued_on:past plan_year:year! issuer "
                     f"reported_on:past source_url {_CONFIDENCE} note"),
            ("gso_code", "plan_year", "issuer", "document_number", "issued_on"), _BY_DATE, _DATES,
        ),
        InputTable(
            "related_plans",
            _columns(f"{_PROVINCE} document_number:number issued_on:past plan_year:period issuer "
                     f"source_url {_CONFIDENCE} note kind:choice!=multi_year|programme_KL57_NQ47|"
                     "national_programme_plan|outside_period|department_level|programme_QD1191|"
                     "annual_task_letter|database_plan|related_annual_other_title"),
            ("gso_code", "issuer", "document_number", "issued_on", "plan_year"), _BY_DATE, _DATES,
        ),
        InputTable(
            "ministry_guidance",
            _columns("document_number:number! issued_on:past guides_year issuer! source_url note"),
            ("document_number", "issued_on"),
        ),
        InputTable(
            "budgets",
            _columns("line_id! parent_line_id is_total:boolean! "
                     "funding_source:choice=central|local|all|donation "
                     f"{_PROVINCE} year:period "
                     "programme:choice!=ethnic_minority|poverty_reduction|other component "
                     "amount_million_vnd:amount! as_printed! "
                     "stage:choice!=planned|allocated|disbursed|donated document_number:number "
                     "document_date:past source_url note "
                     "scope:choice!=information_work|whole_programme "
                     "level:choice!=province|district is_rounded:boolean!"),
            ("line_id",), _BY_DATE, ("document_date",), "year",
            (Reference("parent_line_id", "budgets", "line_id", is_same_province=True),),
        ),
        InputTable(
            "border_provinces",
            _columns(f"{_PROVINCE} route:choice!=china|laos|cambodia|sea border_km:length "
                     "source_url note"),
            ("gso_code", "route"), _OLD, is_standing=True,
        ),
        InputTable(
            "border_gates",
            _columns(f"name! {_PROVINCE} route:choice=china|laos|cambodia|sea "
                     "gate_class:choice!=international|main|secondary "
                     "transport:choice!=road|rail|road_river|air|sea lat:latitude lon:longitude "
                     "counterpart commune district "
                     "placement:choice!=coordinates|commune|district|none "
                     "confidence:choice!=listed|weak source_url note"),
            ("name", "gso_code"), _OLD, is_standing=True,
        ),
        InputTable(
            "information_clusters",
            _columns(f"name! {_PROVINCE} gate "
                     "status:choice!=proposed|planned|operating|needs_repair|closed year:year "
                     "document_number:number reported_on:past source_url note "
                     f"confidence:choice?={_CONFIDENCES}"),
            ("name", "gso_code", "status", "year", "reported_on", "source_url"),
            _BY_DATE, ("reported_on",), "year",
        ),
        InputTable(
            "programme_5115",
            _columns(f"{_PROVINCE} document_number:number issued_on:past reported_on:past "
                     "source_url note"),
            ("gso_code", "document_number", "issued_on", "reported_on", "source_url"),
            _BY_DATE, _DATES,
        ),
        InputTable(
            "border_activities",
            _columns(f"{_PROVINCE} route:choice!=china|laos|cambodia|sea "
                     "activity:choice!=plan|joint_programme|propaganda title! "
                     "document_number:number issued_on:past reported_on:past "
                     "first_on:date last_on:date partner audience_count:count source_url "
                     f"{_CONFIDENCE} note"),
            ("gso_code", "route", "activity", "title", "document_number", "issued_on", "first_on"),
            _BY_DATE, (*_DATES, "first_on"),
        ),
        InputTable(
            "plan_tasks",
            _columns(f"{_PROVINCE} plan_year:year! document_number:number issued_on:past "
                     "reported_on:past issuer ordinal! title! lead_bodies partner_bodies "
                     "due_from:date due_to:date due_printed amount_million_vnd:amount "
                     f"funding_source source_url {_CONFIDENCE} note"),
            ("gso_code", "plan_year", "document_number", "issued_on", "issuer", "ordinal"),
            _BY_DATE, _DATES,
        ),
        InputTable(
            "result_reports",
            _columns(f"{_PROVINCE} report_year:year! document_number:number issued_on:past "
                     f"received_on:past! source_url {_CONFIDENCE} note"),
            ("gso_code", "report_year", "document_number", "issued_on", "received_on"),
            _BY_DATE, ("issued_on", "received_on"),
        ),
        InputTable(
            "archipelagos",
            _columns("name! province_63! gso_code:code! lat_min:latitude! lat_max:latitude! "
                     "lon_min:longitude! lon_max:longitude! unit_2025! source_url note"),
            ("name",), (("gso_code", "province_63", 2008),),
            is_reference=True, is_standing=True,
        ),
        InputTable(
            "archipelago_points",
            _columns("archipelago! name! lat:latitude! lon:longitude! source_url note"),
            ("archipelago", "name"), references=(Reference("archipelago", "archipelagos", "name"),),
            is_reference=True, is_standing=True,
        ),
        InputTable(
            "map_rules",
            _columns("document_number:number! issued_on:past effective_on:date issuer! article "
                     "subject! source_url note"),
            ("document_number", "article"), is_standing=True,
        ),
        InputTable(
            "document_facts",
            _columns("document! kind:choice!=annual_plan|department_plan|official_letter|plan "
                     f"document_number:number issued_on:past {_PROVINCE} fact! value! section"),
            ("document", "fact", "value"), _BY_DATE, _DATES,
        ),
    )
}  # fmt: skip


def table_of_file(stem: str) -> InputTable | None:
    """The kind of table a file name announces: `regulations` or `regulations_khanh_hoa`."""
    names = [n for n in INPUT_TABLES if stem == n or stem.startswith((n + "_", n + "-", n + "."))]
    return INPUT_TABLES[max(names, key=len)] if names else None
