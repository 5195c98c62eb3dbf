"""python -m benchmarks.screens [NAME...]: the pictures under docs/screens, from the default data.

README and the help of each page use them. Take them again when a page looks different.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from benchmarks.browser import ARGUMENTS
from benchmarks.machine import CHROMIUM
from benchmarks.servers import ROOT, Server, build_warehouse, start_plain
from dashboard.navigation import PAGES

FOLDER: Final = ROOT / "docs" / "screens"
# What makes a page worth looking at; the others open as they are.
QUERIES: Final = {
    "province": "?province=40",
    "documents": "?q=quy%20che",
    "border-routes": "?route=china",
    "plans": "?year=2023",
}
# Further pictures: name -> address, width, height, theme.
OTHERS: Final = {
    "regulations-dark": ("/regulations?province=40", 1440, 900, "dark"),
    "human-rights-phone": ("/human-rights", 390, 844, "light"),
    "comparison": ("/regulations?as_of=2024-12-31&since=2022-12-31~both", 1440, 900, "light"),
    "units-2025": ("/?as_of=2026-01-01", 1440, 900, "light"),
    "presentation": ("/?present=1", 1280, 720, "light"),
}
COLOURS: Final = 200  # of a picture: small files, and maps have few colours


def take(browser: Browser, server: Server, name: str, view: tuple[str, int, int, str]) -> None:
    """One picture, as it looks when everything is drawn."""
    path, width, height, scheme = view
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
    page.goto(server.url + path)
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
    page.wait_for_timeout(2500)  # maps and fonts
    target = FOLDER / f"{name}.png"
    page.screenshot(path=target)
    page.close()
    picture = Image.open(target).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    picture.save(target, optimize=True)
    print(f"{target.relative_to(ROOT)}: {target.stat().st_size / 1000:.0f} KB")


def main(names: list[str]) -> None:
    """All pictures, or those that are named."""
    views = {
        entry.path or "overview": (
            f"/{entry.path}{QUERIES.get(entry.path, '')}",
            1440,
            1250,
            "light",
        )
        for entry in PAGES
    } | OTHERS
    with tempfile.TemporaryDirectory() as folder:
        build_warehouse(Path(folder))
        server = start_plain(Path(folder))
        try:
            server.wait_healthy("/healthz")
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
                for name in names or views:
                    take(browser, server, name, views[name])
                browser.close()
        finally:
            server.stop()


if __name__ == "__main__":
    main(sys.argv[1:])
