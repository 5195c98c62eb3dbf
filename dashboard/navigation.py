"""PAGES: the one registry of pages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

PAGES_DIR: Final = Path(__file__).parent.parent / "pages"


@dataclass(frozen=True)
class PageEntry:
    """One page: its address, the key of its title, its icon, its menu section and its script.

    `path` is "" for the page at "/". A section of "" stands directly in the menu; others become
    a drop-down named by `frame.section.<section>`.
    """

    path: str
    title_key: str
    icon: str
    section: str
    script: Path

    @property
    def is_default(self) -> bool:
        """Whether it is the page at "/"."""
        return self.path == ""


PAGES: Final[tuple[PageEntry, ...]] = (
    PageEntry("", "frame.page.overview", ":material/map:", "", PAGES_DIR / "overview.py"),
    PageEntry(
        "regulations",
        "frame.page.regulations",
        ":material/gavel:",
        "",
        PAGES_DIR / "regulations.py",
    ),
    PageEntry(
        "human-rights",
        "frame.page.human_rights",
        ":material/diversity_3:",
        "",
        PAGES_DIR / "human_rights.py",
    ),
    PageEntry(
        "border-routes",
        "frame.page.border_routes",
        ":material/alt_route:",
        "",
        PAGES_DIR / "border_routes.py",
    ),
    PageEntry("plans", "frame.page.plans", ":material/event_note:", "", PAGES_DIR / "plans.py"),
    PageEntry("budget", "frame.page.budget", ":material/payments:", "", PAGES_DIR / "budget.py"),
    PageEntry(
        "briefing",
        "frame.page.briefing",
        ":material/draft:",
        "",
        PAGES_DIR / "briefing.py",
    ),
    PageEntry(
        "province",
        "frame.page.province",
        ":material/location_city:",
        "lookup",
        PAGES_DIR / "province.py",
    ),
    PageEntry(
        "documents",
        "frame.page.documents",
        ":material/description:",
        "lookup",
        PAGES_DIR / "documents.py",
    ),
    PageEntry(
        "data-quality",
        "frame.page.data_quality",
        ":material/fact_check:",
        "lookup",
        PAGES_DIR / "data_quality.py",
    ),
    PageEntry(
        "upload",
        "frame.page.upload",
        ":material/upload_file:",
        "lookup",
        PAGES_DIR / "upload.py",
    ),
)


def page_paths() -> frozenset[str]:
    """The addresses that exist, "" being the overview."""
    return frozenset(page.path for page in PAGES)
