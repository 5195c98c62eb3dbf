"""What a page is asked to show, read from the address and written back to it; pure functions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from dashboard.parameters import Parameters
from dashboard.words import DEFAULT_LANGUAGE, LANGUAGES, format_date, sort_key, word
from domain.indicators import CLASSES, REGULATION
from domain.vintages import VINTAGES, vintage_at

ROUTES: Final = ("china", "laos", "cambodia", "sea")
INDICATORS: Final = tuple(CLASSES)
DEFAULT_INDICATOR: Final = REGULATION
NAMES: Final = (
    "as_of", "since", "province", "route", "year", "vintage",
    "indicator", "programme", "snapshot", "q", "present", "lang",
)  # fmt: skip
MISSING_PAGE: Final = "no_page"  # the server leads an unknown page to "/?no_page=<path>"
LONGEST_SEARCH: Final = 200

# What a map shows of two dates: who moved, the later one alone, or both side by side. It stands in
# the address behind the date: since=2022-12-31~both.
CHANGES, NOW, BOTH = "changes", "now", "both"
COMPARISONS: Final = (NOW, CHANGES, BOTH)

_PROGRAMME: Final = re.compile(r"[\w.-]{1,40}")
_COMPARISON_MARK: Final = "~"
# 0: no presentation; else which of the page's figures fills the screen.
_PRESENT: Final = {"false": 0, "true": 1, **{str(number): number for number in range(10)}}


@dataclass(frozen=True)
class ProvinceFact:
    """One unit of one vintage, as the filters need it; `parts` are codes of vintage 2008."""

    code: str
    name: str
    parts: tuple[str, ...]
    routes: tuple[str, ...]


@dataclass(frozen=True)
class ViewFacts:
    """What one snapshot lets a reader choose from; made once per snapshot."""

    snapshot_id: str
    default_as_of: date  # of the newest ministry letter with findings
    default_document: str | None  # its number
    newest_evidence: date
    provinces: Mapping[int, Mapping[str, ProvinceFact]]  # by vintage, then by code
    years: tuple[int, ...]  # plan years, newest first
    snapshots: tuple[str, ...] = ()
    report_years: tuple[int, ...] = ()  # of which reports are judged, newest first
    is_synthetic: bool = False  # some source is made up: every page and export is marked

    def names(self, vintage: int) -> list[ProvinceFact]:
        """The units of a vintage in the order of the Vietnamese alphabet."""
        return sorted(self.provinces.get(vintage, {}).values(), key=lambda p: sort_key(p.name))


@dataclass(frozen=True)
class View:
    """What to show. Codes and dates are checked: they exist in the snapshot."""

    as_of: date
    as_of_is_default: bool
    since: date | None
    comparison: str  # one of COMPARISONS; CHANGES where `since` is None
    province: str | None  # province_code_gso of `vintage`
    route: str | None
    year: int | None
    vintage: int
    indicator: str
    programme: str | None
    snapshot: str | None  # None is the current one
    q: str
    present: int  # 0, or which of the page's figures fills the screen
    lang: str
    notices: tuple[str, ...] = field(default=(), compare=False)


def read_view(params: Mapping[str, str], facts: ViewFacts, today: date | None = None) -> View:
    """The view an address asks for; each wrong parameter gives a notice and its default.

    Never raises on what stands in `params`. `today` bounds the as-of date from above.
    """
    lang = params.get("lang", "").strip() or DEFAULT_LANGUAGE
    reader = Parameters(params, lang if lang in LANGUAGES else DEFAULT_LANGUAGE)
    reader.choice("lang", dict.fromkeys(LANGUAGES, True), True)
    for name in params:
        if name == MISSING_PAGE:
            reader.complain("no_page", path=reader.text(name)[:40])
        elif name not in NAMES:
            reader.complain("unknown_name", name=name[:40])
    as_of, is_default, vintage = _read_as_of(reader, facts, today or date.today())
    since, comparison = _read_since(reader, as_of, vintage)
    programme = reader.text("programme")
    if programme and not _PROGRAMME.fullmatch(programme):
        reader.complain("unknown_value", name="programme", value=programme[:40])
        programme = ""
    search = reader.text("q")
    if len(search) > LONGEST_SEARCH:
        reader.complain("search_too_long", limit=LONGEST_SEARCH)
    return View(
        as_of=as_of,
        as_of_is_default=is_default,
        since=since,
        comparison=comparison,
        province=_read_province(reader, facts, vintage),
        route=reader.choice("route", {r: r for r in ROUTES}, None),
        year=reader.choice("year", {str(y): y for y in facts.years}, None),
        vintage=vintage,
        indicator=reader.choice("indicator", {i: i for i in INDICATORS}, DEFAULT_INDICATOR),
        programme=programme or None,
        snapshot=_read_snapshot(reader, facts),
        q=search[:LONGEST_SEARCH],
        present=reader.choice("present", _PRESENT, 0),
        lang=reader.lang,
        notices=tuple(reader.notices),
    )


def presented_figure(text: str) -> int:
    """Which figure of its page a text of `present` puts on the whole screen; 0 for none."""
    return _PRESENT.get(text.strip(), 0)


def default_as_of(facts: ViewFacts, vintage: int | None = None) -> date:
    """The date that opens first; with a vintage, the nearest day of its life."""
    if vintage is None:
        return facts.default_as_of
    life = VINTAGES[vintage]
    day = max(facts.default_as_of, life.first_day)
    return day if life.last_day is None else min(day, life.last_day)


def _read_as_of(reader: Parameters, facts: ViewFacts, today: date) -> tuple[date, bool, int]:
    day = reader.day("as_of")
    first, last = VINTAGES[min(VINTAGES)].first_day, max(today, facts.newest_evidence)
    if day is not None and not first <= day <= last:
        key = "as_of_too_early" if day < first else "as_of_in_future"
        reader.complain(
            key,
            value=format_date(day, reader.lang),
            first=format_date(first, reader.lang),
            last=format_date(last, reader.lang),
        )
        day = None
    asked = reader.choice("vintage", {str(v): v for v in VINTAGES}, None)
    if day is None:
        day = default_as_of(facts, asked)
    elif asked is not None and not VINTAGES[asked].contains(day):
        reader.complain(
            "as_of_outside_vintage",
            value=format_date(day, reader.lang),
            asked=word(f"filter.vintage_{asked}", reader.lang),
            used=word(f"filter.vintage_{vintage_at(day).key}", reader.lang),
        )
    return day, day == facts.default_as_of, vintage_at(day).key


def _read_since(reader: Parameters, as_of: date, vintage: int) -> tuple[date | None, str]:
    """The day to compare with and what to show of both; no day means no comparison."""
    text, _, shown = reader.text("since").partition(_COMPARISON_MARK)
    day = reader.parse_day("since", text)
    if day is None:
        return None, CHANGES
    if day >= as_of:
        reader.complain(
            "since_not_before",
            value=format_date(day, reader.lang),
            as_of=format_date(as_of, reader.lang),
        )
        return None, CHANGES
    if not VINTAGES[vintage].contains(day):
        reader.complain(
            "since_other_vintage",
            value=format_date(day, reader.lang),
            first=format_date(VINTAGES[vintage].first_day, reader.lang),
        )
        return None, CHANGES
    return day, reader.option("since", shown, {c: c for c in COMPARISONS}, CHANGES)


def _read_province(reader: Parameters, facts: ViewFacts, vintage: int) -> str | None:
    code = reader.text("province")
    if not code or code in facts.provinces.get(vintage, {}):
        return code or None
    for other, units in facts.provinces.items():
        if code in units:
            reader.complain(
                "province_other_vintage",
                value=code,
                name=units[code].name,
                other=word(f"filter.vintage_{other}", reader.lang),
            )
            return None
    reader.complain("unknown_province", value=code[:40])
    return None


def _read_snapshot(reader: Parameters, facts: ViewFacts) -> str | None:
    asked = reader.text("snapshot")
    if not asked or asked == facts.snapshot_id or asked in facts.snapshots:
        return asked or None
    reader.complain("unknown_snapshot", value=asked[:40])
    return None


def view_params(view: View, facts: ViewFacts) -> dict[str, str]:
    """The address of a view, in the order of NAMES; what is default is left out."""
    params: dict[str, str] = {}
    if view.as_of != facts.default_as_of:
        params["as_of"] = view.as_of.isoformat()
    if view.since is not None:
        shown = "" if view.comparison == CHANGES else _COMPARISON_MARK + view.comparison
        params["since"] = view.since.isoformat() + shown
    for name in ("province", "route", "year", "programme", "snapshot", "q"):
        value = getattr(view, name)
        if value not in (None, ""):
            params[name] = str(value)
    if view.indicator != DEFAULT_INDICATOR:
        params["indicator"] = view.indicator
    if view.present:
        params["present"] = str(int(view.present))
    if view.lang != DEFAULT_LANGUAGE:
        params["lang"] = view.lang
    return {name: params[name] for name in NAMES if name in params}


def with_changes(view: View, facts: ViewFacts, **changes: Any) -> View:
    """The view after a reader's choice; what no longer fits is translated or dropped.

    `as_of=None` and `vintage=None` mean the default. A chosen vintage moves the as-of date to the
    nearest day of its life; a date in another vintage changes the vintage. The province follows
    over the crosswalk, a comparison date of another vintage is dropped. `comparison` says what to
    show of the two dates.
    """
    unknown = set(changes) - {*NAMES, "comparison"}
    if unknown:
        raise TypeError(f"no such parameter of a view: {sorted(unknown)}; expected {NAMES}")
    changes = dict(changes)
    vintage = changes.pop("vintage", None)
    as_of = changes.pop("as_of", view.as_of)
    if as_of is None:
        as_of = default_as_of(facts, vintage)
    if vintage is not None and not VINTAGES[vintage].contains(as_of):
        as_of = default_as_of(facts, vintage)
    now = vintage_at(as_of).key
    changed = replace(view, notices=(), **changes)
    if "province" not in changes:
        code = translate_province(view.province, view.vintage, now, facts)
        changed = replace(changed, province=code)
    since = changed.since
    if since is not None and not (VINTAGES[now].contains(since) and since < as_of):
        changed = replace(changed, since=None)
    if changed.since is None:
        changed = replace(changed, comparison=CHANGES)
    return replace(changed, as_of=as_of, as_of_is_default=as_of == facts.default_as_of, vintage=now)


def translate_province(code: str | None, old: int, new: int, facts: ViewFacts) -> str | None:
    """The unit of another vintage that holds this one, or the part that kept its name, or None."""
    if code is None or old == new:
        return code
    mine, others = facts.provinces[old][code], facts.provinces[new]
    if new > old:
        return next((u.code for u in others.values() if code in u.parts), None)
    if len(mine.parts) == 1:
        return mine.parts[0]
    return next((p for p in mine.parts if p in others and others[p].name == mine.name), None)


def view_link(page_path: str, view: View, facts: ViewFacts, **changes: Any) -> str:
    """A relative address: view_link("regulations", …, province="01") -> "/regulations?province=01".

    "" or "/" is the overview.
    """
    params = view_params(with_changes(view, facts, **changes), facts)
    return f"/{page_path.strip('/')}" + (f"?{urlencode(params)}" if params else "")


def months_between(earlier: date, later: date) -> int:
    """Whole months from one day to another, 0 when `later` is not later."""
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    return max(0, months - (later.day < earlier.day))
