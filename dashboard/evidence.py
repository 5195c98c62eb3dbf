"""The evidence panel: why a province has its colour, and what stands behind a whole figure."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
import streamlit as st

from dashboard.documents.search import passage_search
from dashboard.filters import Run, set_view
from dashboard.kept import kept_for
from dashboard.queries import query_contradictions, query_evidence, query_known_documents
from dashboard.statuses import Statuses
from dashboard.tables import class_text, date_or_blank, first_address, flag_text, text_or_blank
from dashboard.view import months_between, view_link
from dashboard.words import escape_markdown, format_date, word

QUOTE: Final = 260  # characters of a passage; the document shows all of it


def render_province_evidence(run: Run, statuses: Statuses, *, key: str) -> None:
    """Why the chosen province has its colour: deciding evidence, older ones, contradictions."""
    lang, code = run.view.lang, run.view.province
    if code is None:
        st.info(word("evidence.pick", lang), icon=":material/touch_app:")
        return
    rows = statuses.table[statuses.table["province_code_gso"] == code]
    if rows.empty:  # a day before the indicator began: the map says so
        return
    row = rows.iloc[0]
    with st.container(border=True, key=f"{key}_why"):
        title = word("evidence.why", lang, province=row["province_name"])
        st.markdown(f"##### {escape_markdown(title)}")
        label = escape_markdown(class_text(statuses.indicator, row["class"], lang))
        if pd.isna(row["strength"]):
            day = format_date(statuses.as_of, lang)
            st.markdown(word("evidence.unknown", lang, label=label, date=day))
        else:
            day = format_date(row["class_since"], lang)
            st.markdown(word("evidence.since", lang, label=label, date=day))
        if statuses.since is not None:
            before = escape_markdown(class_text(statuses.indicator, row["class_before"], lang))
            day = format_date(statuses.since, lang)
            st.markdown(word("comparison.before", lang, label=before, since=day))
        lines = kept_for(run, f"evidence {statuses.indicator}", lambda: _lines(run, statuses, row))
        st.markdown("\n".join(lines))
        st.button(
            word("evidence.clear", lang),
            key=f"{key}_clear",
            type="tertiary",
            icon=":material/close:",
            on_click=_clear_province,
        )


def _clear_province() -> None:
    set_view(province=None)


def _lines(run: Run, statuses: Statuses, row: pd.Series) -> list[str]:
    lang, code = run.view.lang, str(run.view.province)
    found = query_evidence(
        run.snapshot, statuses.vintage, statuses.indicator, statuses.scope, statuses.as_of
    )
    found = found[found["province_code_gso"] == code]
    records = found.to_dict("records")
    lines = [_evidence_line(r, statuses.indicator, lang) + passage_lines(run, r) for r in records]
    if row["is_old"]:
        day = pd.Timestamp(row["evidence_date"]).date()
        months = months_between(day, statuses.as_of)
        text = word("evidence.old", lang, months=months, date=format_date(statuses.as_of, lang))
        lines.append(f"- :material/history: {text}")
    lines += _contradiction_lines(run, statuses, code)
    parts = text_or_blank(row["part_classes"])
    if parts and len(parts.split(";")) > 1:
        lines.append(f"\n{word('evidence.parts', lang, parts=_part_text(run, parts, statuses))}")
    shown = {r["document_id"] for r in records}
    return lines + _other_documents(run, statuses, code, shown)


def _evidence_line(record: dict[Any, Any], indicator: str, lang: str) -> str:
    number = text_or_blank(record["document_number"]) or word("evidence.no_number", lang)
    basis = word(f"basis.{record['date_basis']}", lang)
    parts = [f"**{escape_markdown(number)}**, {format_date(record['evidence_date'], lang)}"]
    if record["date_basis"] != "issued":
        parts[0] += f" ({basis})"
    if record["nature"] == "reference":
        parts = [word("nature.reference", lang)]
    parts.append(escape_markdown(text_or_blank(record["issuing_body"])))
    if text_or_blank(record["section"]):
        parts.append(word("evidence.section", lang, section=escape_markdown(record["section"])))
    if text_or_blank(record["test"]):
        parts.append(word(f"test.{record['test']}", lang))
    elif record["role"] != "supports" and text_or_blank(record["class"]):
        parts.append(escape_markdown(class_text(indicator, record["class"], lang)))
    parts.append(f"*{word('strength.' + record['strength'], lang)}*")
    parts.append(escape_markdown(flag_text(record["flags"], lang)))
    parts.append(_link(record["source_url"], lang))
    if record["province_name"] != record["evidence_province_name"]:
        parts.insert(0, escape_markdown(record["evidence_province_name"]))
    role = "" if record["role"] == "supports" else f"{word('role.' + record['role'], lang)}: "
    return f"- {role}" + " · ".join(p for p in parts if p)


def passage_lines(run: Run, record: dict[Any, Any]) -> str:
    """The sentence behind a piece of evidence, with a link to it in its document; '' without one.

    A continuation of a list item; `record` has quote, passage_document_id and both offsets.
    """
    quote = text_or_blank(record["quote"])
    if not quote:
        return ""
    place = int(record["start_offset"]), int(record["end_offset"])
    search = passage_search(str(record["passage_document_id"]), place)
    link = view_link("documents", run.view, run.facts, q=search)
    line = " ".join(quote.split())
    if len(line) > QUOTE:
        line = line[: QUOTE + 1].rsplit(" ", 1)[0] + " …"
    return f"  \n  “{escape_markdown(line)}” [{word('document.text.open', run.view.lang)}]({link})"


def _link(addresses: Any, lang: str) -> str:
    address = first_address(addresses)
    if address is None or not address.startswith(("http://", "https://")):
        return ""
    return f"[{word('evidence.link', lang)}](<{address.replace('>', '%3E')}>)"


def _contradiction_lines(run: Run, statuses: Statuses, code: str) -> list[str]:
    lang = run.view.lang
    found = query_contradictions(run.snapshot, statuses.vintage, statuses.as_of)
    here = (found["province_code_gso"] == code) & (found["indicator"] == statuses.indicator)
    lines = []
    for r in found[here].to_dict("records"):
        text = word(
            "evidence.contradiction_line",
            lang,
            stated_number=text_or_blank(r["stated_number"]),
            stated_date=date_or_blank(r["stated_date"], lang),
            stated=word(f"class.{r['indicator']}.{r['stated']}", lang),
            other_number=text_or_blank(r["contradicted_by_number"]),
            other_date=date_or_blank(r["contradicted_by_date"], lang),
            other=word(f"class.{r['indicator']}.{r['contradicted_by']}", lang),
        )
        title = word("evidence.contradiction", lang)
        lines.append(f"- :material/warning: **{title}.** {escape_markdown(text)}")
    return lines


def _part_text(run: Run, parts: str, statuses: Statuses) -> str:
    names = run.facts.provinces[2008]
    pairs = (part.split("=") for part in parts.split(";"))
    lang = run.view.lang
    return "; ".join(
        escape_markdown(f"{names[code].name}: {class_text(statuses.indicator, name, lang)}")
        for code, name in pairs
    )


def _other_documents(run: Run, statuses: Statuses, code: str, shown: set[Any]) -> list[str]:
    """Known documents that decide nothing: general regulations, unseen bases, undated ones."""
    lang = run.view.lang
    known = query_known_documents(
        run.snapshot, statuses.vintage, statuses.indicator, statuses.scope, code, statuses.as_of
    )
    others = known[~known["document_id"].isin(shown)]
    if others.empty:
        return []
    lines = ["", word("evidence.known_documents", lang), ""]
    for r in others.to_dict("records"):
        number = text_or_blank(r["document_number"]) or word("evidence.no_number", lang)
        day = date_or_blank(r["counts_from_date"], lang) or word("evidence.undated", lang)
        parts = [
            f"**{escape_markdown(number)}**, {day}",
            word(f"legal_base.{r['basis']}", lang),
            escape_markdown(flag_text(r["flags"], lang)),
            _link(r["source_url"], lang),
        ]
        lines.append("- " + " · ".join(p for p in parts if p))
    return lines
