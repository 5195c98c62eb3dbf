"""One waiting document: what was found, what is doubtful, what would change, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.filters import Run
from dashboard.highlight import text_frame
from dashboard.kept import kept
from dashboard.upload.intake import Intake, Preview, Submission
from dashboard.upload.wording import (
    HEAD,
    HEAD_FIELDS,
    LISTS,
    field_text,
    head_rows,
    list_table,
    passages,
)
from dashboard.upload.workbooks import render_workbook
from dashboard.words import escape_markdown, format_date, has_word, word
from domain.errors import TtdnError


def province_names(run: Run) -> dict[str, str]:
    """Province code → name; a code of both vintages has the name of the earlier one first."""
    names: dict[str, str] = {}
    for vintage in sorted(run.facts.provinces):
        for code, province in run.facts.provinces[vintage].items():
            names.setdefault(code, province.name)
    return names


def render_review(run: Run, intake: Intake, submission: Submission, person: str) -> None:
    """What was found beside the text, with the doubts, the effect, and the decision below."""
    lang = run.view.lang
    if submission.reason:
        reason = f"rejection.{submission.reason}"
        why = word(reason, lang) if has_word(reason, lang) else word("upload.unreadable", lang)
        st.error(why, icon=":material/error:")
        _render_decision(intake, submission, person, lang, may_confirm=False)
        return
    names = province_names(run)
    sha256 = submission.original.sha256
    # Two builds: worked out once for a state of the documents.
    key = ("upload preview", run.snapshot.id, intake.state(), sha256)
    preview = kept(key, lambda: intake.preview(sha256))
    if submission.template is not None:
        render_workbook(intake, submission, preview, lang)
        _render_effect(run, preview, names)
        may_confirm = not preview.rejections
        _render_decision(intake, submission, person, lang, may_confirm=may_confirm)
        return
    found, text = st.columns([6, 5], gap="medium")
    with found:
        chosen = _render_found(submission, lang, names)
        _render_doubts(submission, lang)
    with text:
        label = word("upload.text", lang, name=submission.original.name)
        st.subheader(word("upload.text_title", lang), anchor=False)
        if chosen:
            quote = submission.text[chosen["start"] : chosen["end"]]
            st.caption(word("upload.chosen_passage", lang))
            st.markdown("> " + escape_markdown(" ".join(quote.split())))
        marked = passages(submission.result, lang, chosen)
        st.html(text_frame(submission.text, marked, label))
    _render_effect(run, preview, names)
    _render_correction(intake, submission, person, lang, names)
    _render_decision(intake, submission, person, lang, may_confirm=True)


def _render_found(
    submission: Submission, lang: str, names: Mapping[str, str]
) -> Mapping[str, Any] | None:
    """Head and lists; returns the evidence of the row that is chosen, if any."""
    st.subheader(word("upload.found", lang), anchor=False)
    rows = head_rows(submission.result[HEAD], lang, names)
    head = pd.DataFrame(rows, columns=[word("upload.property", lang), word("upload.value", lang)])
    st.table(head.set_index(head.columns[0]))
    filled = [name for name in LISTS if submission.result.get(name)]
    if not filled:
        st.info(word("upload.nothing_else", lang))
        return None
    counts = {
        name: f"{word(f'upload.list.{name}', lang)} ({len(submission.result[name])})"
        for name in filled
    }
    key = submission.original.sha256[:12]
    name = st.selectbox(
        word("upload.which_list", lang), filled, format_func=lambda n: counts[n],
        key=f"upload_list_{key}",
    )  # fmt: skip
    items = submission.result[name]
    event: Any = st.dataframe(
        list_table(name, items, lang, names), hide_index=True, on_select="rerun",
        selection_mode="single-row", key=f"upload_items_{key}_{name}",
    )  # fmt: skip
    st.caption(word("upload.choose_row", lang))
    selected = event["selection"]["rows"]
    return items[selected[0]].get("evidence") if selected else None


def _render_doubts(submission: Submission, lang: str) -> None:
    warnings = submission.result["warnings"]
    if not warnings and not submission.lost:
        st.success(word("upload.no_doubts", lang), icon=":material/check_circle:")
        return
    st.subheader(word("upload.doubts", lang, count=len(warnings)), anchor=False)
    for item in warnings:
        key = f"doubt.{item['code']}"
        text = word(key, lang) if has_word(key, lang) else word("upload.other_doubt", lang)
        evidence = item.get("evidence")
        quote = " ".join(evidence["quote"].split())[:240] if evidence else ""
        st.warning(
            escape_markdown(text) + (f"\n\n> {escape_markdown(quote)}" if quote else ""),
            icon=":material/help:",
        )
    for decision in submission.lost:
        st.warning(word("upload.lost_correction", lang, person=decision.person))


def _render_effect(run: Run, preview: Preview, names: Mapping[str, str]) -> None:
    """What confirming would change on the maps, by the rules themselves."""
    lang = run.view.lang
    st.subheader(word("upload.effect", lang), anchor=False)
    if preview.is_known_document:
        st.caption(word("upload.known_document", lang))
    vintages = run.facts.provinces
    rows = [
        {
            word("upload.field.province_code_gso", lang): (
                vintages[c.vintage][c.province_code_gso].name
            ),
            word("upload.field.vintage", lang): word(f"upload.vintage.{c.vintage}", lang),
            word("upload.field.indicator", lang): word(f"indicator.{c.indicator}", lang),
            word("upload.field.scope", lang): (
                word(f"route.{c.scope}", lang) if has_word(f"route.{c.scope}", lang) else c.scope
            ),
            word("upload.field.before", lang): _class_text(c.indicator, c.before, lang),
            word("upload.field.after", lang): _class_text(c.indicator, c.after, lang),
            word("upload.field.valid_from", lang): format_date(c.valid_from, lang),
        }
        for c in preview.changes
    ]
    if rows:
        st.dataframe(pd.DataFrame(rows), hide_index=True, key="upload_changes")
    else:
        st.info(word("upload.no_change", lang), icon=":material/equal:")
    for row in preview.contradictions:
        name = names.get(row["province_code_gso"], row["province_code_gso"])
        st.error(
            word(
                "upload.contradiction", lang, province=name,
                indicator=word(f"indicator.{row['indicator']}", lang),
                stated=_class_text(row["indicator"], row["stated"], lang),
                against=_class_text(row["indicator"], row["contradicted_by"], lang),
                day=format_date(row["as_of_date"], lang),
            ),
            icon=":material/compare_arrows:",
        )  # fmt: skip


def _class_text(indicator: str, status: str, lang: str) -> str:
    if not status:
        return word("upload.no_map_yet", lang)
    key = f"class.{indicator}.{status}"
    return word(key, lang) if has_word(key, lang) else status


def _render_correction(
    intake: Intake, submission: Submission, person: str, lang: str, names: Mapping[str, str]
) -> None:
    """Correct one field or take one item out, with a reason; it counts as a person's evidence."""
    with st.expander(word("upload.correct", lang), icon=":material/edit:"):
        result = submission.result
        lists = [HEAD, *(name for name in LISTS if result.get(name))]
        key = submission.original.sha256[:12]
        name = st.selectbox(
            word("upload.which_list", lang), lists, key=f"upload_correct_list_{key}",
            format_func=lambda n: word(f"upload.list.{n}", lang),
        )  # fmt: skip
        items = [result[HEAD]] if name == HEAD else result[name]
        fields = HEAD_FIELDS if name == HEAD else LISTS[name]
        fields = tuple(f for f in fields if f != "due")

        def item_label(index: int) -> str:
            texts = [field_text(f, items[index].get(f), lang, names) for f in fields[:3]]
            return f"{index + 1}. " + " · ".join(t for t in texts if t)[:90]

        index = st.selectbox(
            word("upload.which_item", lang), range(len(items)), format_func=item_label,
            key=f"upload_correct_item_{key}_{name}",
        )  # fmt: skip
        field = st.selectbox(
            word("upload.which_field", lang), fields, key=f"upload_correct_field_{key}_{name}",
            format_func=lambda f: word(f"upload.field.{f}", lang),
        )  # fmt: skip
        was = items[index].get(field)
        st.caption(
            word("upload.was", lang, value=field_text(field, was, lang, names)
                 or word("upload.not_found", lang))
        )  # fmt: skip
        to = st.text_input(
            word("upload.to", lang), key=f"upload_to_{key}_{name}_{index}_{field}",
            help=word("upload.to_help", lang),
        )  # fmt: skip
        reason = st.text_input(word("upload.reason", lang), key=f"upload_why_{key}_{name}_{field}")
        change, remove = st.columns(2)
        place = (name, int(index), field)
        sha256 = submission.original.sha256
        if change.button(word("upload.save_correction", lang), key="upload_save"):
            _try(lang, lambda: intake.correct(sha256, place, was, to.strip(), person, reason))
        if name != HEAD and remove.button(word("upload.remove", lang), key="upload_remove"):
            _try(lang, lambda: intake.remove(sha256, place, was, person, reason))


def _try(lang: str, act: Any) -> bool:
    try:
        act()
    except TtdnError as error:
        key = f"upload.error.{error.what.replace(' ', '_')}"
        text = word(key, lang) if has_word(key, lang) else word("upload.error.other", lang)
        st.error(text)
        return False
    st.rerun()


def _render_decision(
    intake: Intake, submission: Submission, person: str, lang: str, *, may_confirm: bool
) -> None:
    sha256 = submission.original.sha256
    st.subheader(word("upload.decide", lang), anchor=False)
    if not person.strip():
        st.caption(word("upload.need_name", lang))
    reason = st.text_input(word("upload.reject_reason", lang), key=f"upload_reject_{sha256[:12]}")
    confirm, reject = st.columns(2)
    if may_confirm and confirm.button(
        word("upload.confirm", lang), type="primary", key="upload_confirm",
        disabled=not person.strip(), icon=":material/check:",
    ):  # fmt: skip
        intake.decide(sha256, "confirm", person)
        _publish(intake, lang)
    if reject.button(
        word("upload.reject", lang), key="upload_reject_go", icon=":material/close:",
        disabled=not (person.strip() and reason.strip()),
    ):  # fmt: skip
        intake.decide(sha256, "reject", person, reason)
        _publish(intake, lang)


def _publish(intake: Intake, lang: str) -> None:
    """Publish at once, so that maps and counts follow what was decided."""
    with st.spinner(word("upload.publishing", lang)):
        code, output = intake.publish()
    if code in (0, 3):
        st.session_state["upload_said"] = [("upload.published", "")]
        st.rerun()
    st.error(word("upload.publish_failed", lang), icon=":material/error:")
    st.code(output[-1500:], language=None)
