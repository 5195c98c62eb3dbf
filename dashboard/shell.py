"""The script Streamlit runs: language, menu, notices, filters, one page, footer."""

from __future__ import annotations

import logging
import secrets
from functools import partial
from urllib.parse import urlsplit

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.copy_link import render_copy_link
from dashboard.filters import (
    Run,
    begin_run,
    has_changed,
    is_older_snapshot,
    remember_page,
    render_filter_bar,
    restore_params,
)
from dashboard.help import render_help
from dashboard.navigation import PAGES
from dashboard.presentation import render_presentation, start_presentation
from dashboard.static_files import asset_url
from dashboard.synthetic_mark import render_synthetic_mark
from dashboard.view import presented_figure
from dashboard.warehouse import BUILD_COMMAND, NoSnapshot
from dashboard.words import DEFAULT_LANGUAGE, LANGUAGES, escape_markdown, format_date, word

_log = logging.getLogger(__name__)


def main() -> None:
    """One run: everything on the screen, in its order."""
    _keep_view_across_pages()
    lang = _language()
    _render_head(lang)
    page, pages = _choose_page(lang)
    try:
        run = begin_run()
    except NoSnapshot as error:
        _render_no_snapshot(error, lang)
        return
    render_synthetic_mark(run)
    if run.view.present:
        render_presentation(run, page.url_path, pages, _notices(run))
        return
    with st.container(key="frame_top"):
        _render_notices(run)
        render_filter_bar(run, partial(_render_actions, run, page.url_path))
    page.run()
    _render_footer(run)


def render_failure(error: Exception) -> bool:
    """Say in the reader's language that a page failed; the traceback goes to the log only."""
    error_id = secrets.token_hex(4)
    _log.error("error id %s: %s: %s", error_id, type(error).__name__, error)
    lang = _language()
    st.error(
        f"**{word('notice.failure', lang)}**\n\n"
        + word("notice.failure_hint", lang, error_id=error_id),
        icon=":material/error:",
    )
    return True


def _language() -> str:
    lang = st.query_params.get("lang", DEFAULT_LANGUAGE)
    return lang if lang in LANGUAGES else DEFAULT_LANGUAGE


def _render_head(lang: str) -> None:
    # Absolute addresses: the browser keeps the pictures, and no file is read in a run.
    site = urlsplit(st.context.url or "")
    origin = f"{site.scheme}://{site.netloc}" if site.netloc else ""
    if has_changed("origin", origin):
        # Without a picture of our own the page icon would be asked from a foreign server.
        icon = f"{origin}{asset_url('favicon.svg')}" if origin else "📄"
        st.set_page_config(page_icon=icon, layout="wide")
    if origin:
        st.logo(f"{origin}{asset_url(f'logo-{lang}.svg')}", size="large")


def _keep_view_across_pages() -> None:
    context = get_script_run_ctx()
    if context is not None and not context.is_history_navigation:
        restore_params(context.page_script_hash)


def _choose_page(lang: str) -> tuple[st.Page, dict[str, st.Page]]:
    """The page that is asked for, and all pages by their path."""
    sections: dict[str, list[st.Page]] = {}
    pages: dict[str, st.Page] = {}
    for entry in PAGES:
        page = st.Page(
            entry.script,
            title=word(entry.title_key, lang),
            icon=entry.icon,
            url_path=entry.path or "overview",
            default=entry.is_default,
        )
        name = word(f"frame.section.{entry.section}", lang) if entry.section else ""
        sections.setdefault(name, []).append(page)
        pages[entry.path] = page
    is_presented = presented_figure(st.query_params.get("present", "")) > 0
    chosen = st.navigation(sections, position="hidden" if is_presented else "top")
    context = get_script_run_ctx()
    if context is not None:
        remember_page(context.pages_manager.current_page_script_hash)
    title = f"{chosen.title} · {word('frame.short_title', lang)}"
    if has_changed("title", title):
        st.set_page_config(page_title=title)
    return chosen, pages


def _render_actions(run: Run, path: str) -> None:
    with st.container(width="content"):
        render_copy_link(run, path)
    st.button(
        word("present.start", run.view.lang),
        key="present_start",
        type="tertiary",
        icon=":material/slideshow:",
        on_click=start_presentation,
    )
    with st.container(width="content"):
        render_help(path, run.view.lang)


def _notices(run: Run) -> list[str]:
    """What is wrong with the address, and whether an older state of the data is shown."""
    lang, notices = run.view.lang, list(run.view.notices)
    if is_older_snapshot(run):
        notices.append(word("notice.old_snapshot", lang, snapshot=run.snapshot.id))
    return notices


def _render_notices(run: Run) -> None:
    notices = _notices(run)
    if notices:
        st.warning("\n\n".join(escape_markdown(text) for text in notices), icon=":material/info:")


def _render_no_snapshot(error: NoSnapshot, lang: str) -> None:
    _log.error("no snapshot: %s", error)
    lines = [word(f"notice.no_snapshot.{error.code}", lang)]
    for name in ("where", "expected", "got"):
        value = getattr(error, name)
        if value:
            lines.append(word(f"notice.no_snapshot.{name}", lang, value=value))
    st.error(
        f"**{word('notice.no_snapshot.title', lang)}**\n\n"
        + "\n\n".join(escape_markdown(line) for line in lines),
        icon=":material/database_off:",
    )
    st.markdown(word("notice.no_snapshot.remedy", lang))
    st.code(f"make run\n{BUILD_COMMAND}", language=None)


def _render_footer(run: Run) -> None:
    lang = run.view.lang
    newest = run.snapshot.as_of_date or run.facts.newest_evidence
    text = word("frame.footer", lang, snapshot=run.snapshot.id, newest=format_date(newest, lang))
    st.caption(escape_markdown(f"{text} · {word('frame.no_map_notice', lang)}."))


if __name__ == "__main__":
    main()
