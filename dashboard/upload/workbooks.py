"""Templates on the upload page: empty ones to take, filled-in ones checked cell by cell."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from dashboard.kept import kept
from dashboard.upload.intake import Intake, Submission, WorkbookCheck
from dashboard.words import escape_markdown, format_number, has_word, word

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def render_templates(intake: Intake, lang: str) -> None:
    """One button per template; each is written when it is asked for."""
    with st.expander(word("upload.templates", lang)):
        st.caption(word("upload.templates_note", lang))
        for name in intake.templates():
            st.download_button(
                word(f"upload.template.{name}", lang),
                data=partial(intake.template, name),
                file_name=word(f"upload.template_file.{name}", lang) + ".xlsx",
                mime=MEDIA_TYPE,
                key=f"upload_template_{name}",
                icon=":material/table_view:",
                on_click="ignore",
            )


def checked_workbook(intake: Intake, submission: Submission) -> WorkbookCheck | None:
    """What a submitted workbook holds, looked at once; None where it is no filled-in template."""
    sha256 = submission.original.sha256
    return kept(("workbook", sha256), lambda: intake.check_workbook(sha256))


def render_workbook(check: WorkbookCheck, submission: Submission, lang: str) -> None:
    """Rows by sheet, what is wrong with which cell, and the file with its errors marked."""
    st.subheader(word("upload.workbook", lang, name=submission.original.name), anchor=False)
    for title, found in check.rows.items():
        count = format_number(found, lang)
        st.markdown(escape_markdown(word("upload.workbook_rows", lang, sheet=title, count=count)))
    if not check.faults:
        st.success(word("upload.workbook_clean", lang), icon=":material/check_circle:")
        return
    count = format_number(len(check.faults), lang)
    st.warning(word("upload.workbook_faults", lang, count=count), icon=":material/warning:")
    st.dataframe(_fault_table(check, lang), hide_index=True, key="upload_workbook_faults")
    if check.marked:
        name = submission.original.name.rpartition(".")[0]
        st.download_button(
            word("upload.workbook_marked", lang),
            data=check.marked,
            file_name=word("upload.workbook_marked_file", lang, name=name) + ".xlsx",
            mime=MEDIA_TYPE,
            key="upload_workbook_marked",
            icon=":material/download:",
            on_click="ignore",
        )


def _fault_table(check: WorkbookCheck, lang: str) -> pd.DataFrame:
    columns = [word(f"upload.workbook_column.{c}", lang) for c in ("sheet", "row", "value", "why")]
    rows = [
        (sheet, row, value, _reason(reason, lang))
        for sheet, row, _column, value, reason in check.faults
    ]
    return pd.DataFrame(rows, columns=columns)


def _reason(reason: str, lang: str) -> str:
    key = f"rejection.{reason}"
    return word(key, lang) if has_word(key, lang) else word("upload.error.other", lang)
