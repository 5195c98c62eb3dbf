"""The upload page: hand in files, see what was found beside the text, confirm, correct, reject."""

from __future__ import annotations

import ipaddress
from typing import Final

import pandas as pd
import streamlit as st

from dashboard.filters import Run
from dashboard.upload.intake import Intake, Submission
from dashboard.upload.review import render_review
from dashboard.upload.workbooks import render_templates
from dashboard.words import format_date, word
from domain.errors import TtdnError

FILE_TYPES: Final = ["txt", "md", "docx", "pdf", "html", "htm", "xlsx", "csv"]
_DONE_SHOWN: Final = 50


def listens_on_loopback() -> bool:
    """Whether only this machine reaches the server: until people sign in, nobody else may write."""
    address = str(st.get_option("server.address") or "")
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def render_upload_page(run: Run, intake: Intake) -> None:
    """Hand in, then what waits, then what was decided."""
    lang = run.view.lang
    if not listens_on_loopback():
        st.error(word("upload.only_loopback", lang), icon=":material/lock:")
        return
    person = st.text_input(
        word("upload.person", lang), key="upload_person", max_chars=80,
        help=word("upload.person_help", lang),
    )  # fmt: skip
    _render_files(intake, person, lang)
    waiting = intake.submissions("waiting")
    st.header(word("upload.waiting", lang, count=len(waiting)), anchor=False)
    if waiting:
        labels = {s.original.sha256: _label(s, lang) for s in waiting}
        chosen = st.selectbox(
            word("upload.choose", lang), list(labels), format_func=lambda s: labels[s],
            key="upload_chosen",
        )  # fmt: skip
        submission = next(s for s in waiting if s.original.sha256 == chosen)
        render_review(run, intake, submission, person)
    else:
        st.info(word("upload.none_waiting", lang), icon=":material/inbox:")
    _render_decided(intake, lang)
    render_templates(intake, lang)


def _label(submission: Submission, lang: str) -> str:
    original = submission.original
    number = (submission.result.get("document") or {}).get("number")
    return f"{original.name} · {number}" if number else original.name


def _render_files(intake: Intake, person: str, lang: str) -> None:
    """The files are kept and read at once; what is wrong with one does not stop the others."""
    turn = st.session_state.setdefault("upload_turn", 0)
    files = st.file_uploader(
        word("upload.files", lang), FILE_TYPES, accept_multiple_files=True,
        key=f"upload_files_{turn}", help=word("upload.files_help", lang),
    )  # fmt: skip
    disabled = not files or not person.strip()
    hint = word("upload.need_name", lang) if files and not person.strip() else None
    if st.button(word("upload.hand_in", lang), type="primary", disabled=disabled, key="upload_go"):
        said: list[tuple[str, str]] = []
        bar = st.progress(0.0, word("upload.reading", lang))
        for done, file in enumerate(files or (), 1):
            bar.progress((done - 1) / len(files), f"{word('upload.reading', lang)}: {file.name}")
            try:
                original = intake.receive(file.getvalue(), file.name, person)
                known = original.name != file.name or original.arrived_by != "upload"
                key = "upload.known_already" if known else "upload.received"
                said.append((key, file.name))
            except (TtdnError, OSError) as error:
                said.append(("upload.failed", f"{file.name}: {error}"))
        bar.empty()
        st.session_state["upload_said"] = said
        st.session_state["upload_turn"] = turn + 1
        st.rerun()
    if hint:
        st.caption(hint)
    for key, name in st.session_state.pop("upload_said", ()):
        show = st.error if key == "upload.failed" else st.success
        show(word(key, lang, name=name))


def _render_decided(intake: Intake, lang: str) -> None:
    done = intake.submissions("admitted", "rejected", "replaced")[:_DONE_SHOWN]
    if not done:
        return
    with st.expander(word("upload.decided", lang, count=len(done))):
        rows = [
            {
                word("upload.field.file", lang): s.original.name,
                word("upload.field.number", lang): (s.result.get("document") or {}).get("number"),
                word("upload.field.state", lang): word(f"upload.document_state.{s.state}", lang),
                word("upload.field.person", lang): s.original.person or "",
                word("upload.field.received", lang): format_date(
                    pd.Timestamp(s.original.received_at).date(), lang
                ),
            }
            for s in done
        ]
        st.dataframe(pd.DataFrame(rows), hide_index=True, key="upload_decided_rows")
