"""Templates on the upload page: empty ones to take, filled-in ones checked cell by cell."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from dashboard.kept import kept
from dashboard.upload.intake import Intake, Preview, Submission
from dashboard.words import escape_markdown, format_number, word

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


def render_workbook(intake: Intake, submission: Submission, preview: Preview, lang: str) -> None:
    """Rows by sheet, what is wrong with which cell, and the file with its errors marked."""
    st.subheader(word("upload.workbook", lang, name=submission.original.name), anchor=False)
    for sheet in submission.template.sheets:
        count = format_number(len(sheet.rows), lang)
        text = word("upload.workbook_rows", lang, sheet=sheet.title, count=count)
        st.markdown(escape_markdown(text))
        table = pd.DataFrame([cells for _, cells in sheet.rows], columns=list(sheet.heads))
        table.insert(0, word("upload.workbook_column.row", lang), [line for line, _ in sheet.rows])
        st.dataframe(table, hide_index=True, key=f"upload_workbook_{sheet.title}")
    if not preview.rejections:
        st.success(word("upload.workbook_clean", lang), icon=":material/check_circle:")
        return
    sha256 = submission.original.sha256
    key = ("marked workbook", sha256, intake.state())
    marked, faults = kept(key, lambda: intake.mark(sha256))
    count = format_number(len(faults), lang)
    st.warning(word("upload.workbook_faults", lang, count=count), icon=":material/warning:")
    columns = ("sheet", "cell", "head", "value", "advice")
    names = [word(f"upload.workbook_column.{column}", lang) for column in columns]
    rows = [[getattr(fault, column) for column in columns] for fault in faults]
    st.dataframe(pd.DataFrame(rows, columns=names), hide_index=True, key="upload_workbook_faults")
    name = submission.original.name.rpartition(".")[0]
    st.download_button(
        word("upload.workbook_marked", lang),
        data=marked,
        file_name=word("upload.workbook_marked_file", lang, name=name) + ".xlsx",
        mime=MEDIA_TYPE,
        key="upload_workbook_marked",
        icon=":material/download:",
        on_click="ignore",
    )
