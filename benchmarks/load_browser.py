"""python -m benchmarks.load_browser: one visitor with a real Chromium, told when to come and leave.

Prints "ready" when its browser is open, waits for a line on the standard input, visits, and prints
the visit as JSON. A process of its own, so that its processor time can be told from the server's.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from time import monotonic, sleep
from typing import Final

from playwright import sync_api as playwright

from benchmarks import browser, changes
from benchmarks.load_protocol import deep_link
from benchmarks.load_visitors import Visit

# Pages with a map of provinces that looks different on other days: a change can be seen.
PAGES: Final = ("", "regulations", "human-rights")
LONGEST_CHOICE_S: Final = 2.0  # typing a date takes its time before the choice is made


def main(arguments: list[str] | None = None) -> int:
    """One visit; its failure is part of what is printed."""
    options = _parser().parse_args(arguments)
    chance = random.Random(options.seed)
    page = PAGES[options.seed % len(PAGES)]
    visit = Visit(page, "browser")
    with browser.playwright() as running, browser.fresh_browser(running) as context:
        print("ready", flush=True)
        sys.stdin.readline()
        began = monotonic()
        sleep(options.after)
        try:
            _spend(context, visit, options, chance, began + options.seconds)
        except (playwright.Error, RuntimeError, TimeoutError) as error:
            visit.problem = f"{type(error).__name__}: {str(error).splitlines()[0]}"
    print(json.dumps(vars(visit), ensure_ascii=False), flush=True)
    return 0


def _spend(
    context: browser.BrowserContext,
    visit: Visit,
    options: argparse.Namespace,
    chance: random.Random,
    until: float,
) -> None:
    query = deep_link(chance)
    began = monotonic()
    page = browser.open_map(context, f"{options.url}/{visit.page}" + (f"?{query}" if query else ""))
    visit.first_s = float(page.evaluate("window.__bench.first")) / 1000
    kinds = {"date": changes.date_choices(5), "province": changes.province_choices(13)}
    for made in range(1000):
        pause = chance.uniform(*options.think)
        if monotonic() + pause + LONGEST_CHOICE_S > until:
            return
        page.wait_for_timeout(pause * 1000)
        kind = chance.choice(list(kinds))
        looks = browser.look_count(page)
        kinds[kind][made % len(kinds[kind])](page)
        visit.changes.append((kind, browser.redraw_ms(page, looks) / 1000))
    raise RuntimeError(f"more than 1,000 changes in {monotonic() - began:.0f} s")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load_browser", description=__doc__)
    parser.add_argument("url")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--after", type=float, required=True, help="seconds before it comes")
    parser.add_argument("--seconds", type=float, required=True, help="until it leaves")
    parser.add_argument("--think", type=float, nargs=2, required=True)
    return parser


if __name__ == "__main__":
    sys.exit(main())
