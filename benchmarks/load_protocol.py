"""A visitor's half of Streamlit's protocol without a browser: what it knows, asks and is told."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

# The browser forgets a message that this many runs did not show (global.maxCachedMessageAge).
MESSAGE_AGE: Final = 2
# Days that many ask for, and the span out of which the others come, by vintage.
COMMON_DAYS: Final = {
    "2008": tuple(date(year, month, 28) for year in (2022, 2023, 2024) for month in (3, 6, 9, 12)),
    "2025": tuple(date(2026, month, 28) for month in (1, 3, 5, 7)),
}
ANY_DAY: Final = 0.2  # of all dates; the others are common days
CLEARED: Final = 0.3  # of all choices in a list: back to the whole country
SPANS: Final = {
    "2008": (date(2018, 1, 1), date(2025, 6, 30)),
    "2025": (date(2025, 7, 1), date(2026, 10, 31)),
}
ADDRESS_OF_ASSET: Final = re.compile(rb"/assets/[\w./-]+\.\w+")


@dataclass(frozen=True)
class Widget:
    """A filter on the screen: its id and, where it has a list, the texts of its options."""

    id: str
    options: tuple[str, ...] = ()


@dataclass
class Screen:
    """What a visitor's browser knows of its page."""

    url: str  # http://127.0.0.1:8501
    page: str  # path without the slash
    query: str
    widgets: dict[str, Widget] = field(default_factory=dict)
    assets: set[str] = field(default_factory=set)  # addresses of files that figures name
    problem: str = ""
    _page_hash: str = ""
    _messages: dict[str, int] = field(default_factory=dict)  # hash → the run that last showed it
    _runs: int = 0

    def ask(self, changed: WidgetState | None = None) -> bytes:
        """The message that asks for a run of the script, after a widget changed or at first."""
        asked = BackMsg()
        state = asked.rerun_script
        state.query_string, state.page_script_hash = self.query, self._page_hash
        state.page_name = "" if self._page_hash else self.page
        state.cached_message_hashes.extend(self._messages)
        state.context_info.url = f"{self.url}/{self.page}"
        state.context_info.timezone, state.context_info.locale = "Asia/Ho_Chi_Minh", "vi-VN"
        state.context_info.color_scheme = "light"
        if changed is not None:
            state.widget_states.widgets.append(changed)
        return asked.SerializeToString()

    def take(self, payload: bytes) -> bool:
        """Note what one message says; whether it ends the run."""
        message = ForwardMsg()
        message.ParseFromString(payload)
        self.assets.update(found.decode() for found in ADDRESS_OF_ASSET.findall(payload))
        kind = message.WhichOneof("type")
        if kind == "ref_hash":
            if message.ref_hash not in self._messages:
                self.problem = "the server refers to a message that was not kept"
            self._messages[message.ref_hash] = self._runs
        elif message.metadata.cacheable:
            self._messages[message.hash] = self._runs
        if kind == "navigation":
            self._page_hash = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "page_not_found":
            self.problem = "page not found"
        elif kind == "delta":
            self._take_element(message)
        return kind == "script_finished" and self._end_run(message)

    def _take_element(self, message: ForwardMsg) -> None:
        if message.delta.WhichOneof("type") != "new_element":
            return
        element = message.delta.new_element
        name = element.WhichOneof("type")
        if name == "exception":
            self.problem = f"exception on the page: {element.exception.message}"
        elif name == "alert" and element.alert.format == Alert.ERROR:
            self.problem = f"error on the page: {element.alert.body}"
        elif name in ("date_input", "selectbox", "button_group"):
            shown = getattr(element, name)
            options = getattr(shown, "options", ())
            texts = tuple(getattr(option, "content", option) for option in options)
            # An id ends with the key of the widget.
            self.widgets[shown.id.rsplit("-", 1)[-1]] = Widget(shown.id, texts)

    def _end_run(self, message: ForwardMsg) -> bool:
        if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
            self.problem = "the script could not be run"
        self._runs += 1
        self._messages = {
            key: run for key, run in self._messages.items() if self._runs - run <= MESSAGE_AGE
        }
        return True


def date_state(screen: Screen, day: date) -> WidgetState | None:
    """The as-of date set to a day; None where the screen has no such filter."""
    found = _named(screen, "filter_as_of_")
    if found is None:
        return None
    state = WidgetState(id=found.id)
    state.string_array_value.data.append(day.strftime("%Y/%m/%d"))
    return state


def option_state(screen: Screen, prefix: str, option: str | int) -> WidgetState | None:
    """An option, by text or place, of the select box whose key begins with a prefix; else None."""
    found = _named(screen, prefix)
    if found is None or not found.options:
        return None
    text = option if isinstance(option, str) else found.options[option % len(found.options)]
    return WidgetState(id=found.id, string_value=text)


Choose = Callable[[Screen, random.Random], WidgetState | None]


def choose_date(screen: Screen, chance: random.Random) -> WidgetState | None:
    """Another as-of date of the vintage on the screen, mostly a common day."""
    provinces = [key for key in screen.widgets if key.startswith("filter_province_")]
    vintage = provinces[-1][-4:] if provinces else "2008"
    first, last = SPANS[vintage]
    any_day = first + timedelta(days=chance.randint(0, (last - first).days))
    common = chance.choice(COMMON_DAYS[vintage])
    return date_state(screen, any_day if chance.random() < ANY_DAY else common)


def choose_option(prefix: str) -> Choose:
    """An option of the select box whose key begins with a prefix."""

    def choose(screen: Screen, chance: random.Random) -> WidgetState | None:
        state = option_state(screen, prefix, chance.randrange(10_000))
        if state is not None and chance.random() < CLEARED:
            state.ClearField("string_value")
        return state

    return choose


def choose_indicator(screen: Screen, chance: random.Random) -> WidgetState | None:
    """Another indicator, where the page lets one choose."""
    found = _named(screen, "overview_indicator")
    if found is None:
        return None
    state = WidgetState(id=found.id)
    state.string_array_value.data.append(chance.choice(found.options))
    return state


def _named(screen: Screen, prefix: str) -> Widget | None:
    """The newest widget of that name: the list of provinces changes with the vintage."""
    return next((w for k, w in reversed(screen.widgets.items()) if k.startswith(prefix)), None)


# What visitors do, with how often.
CHOICES: Final[Sequence[tuple[str, Choose, int]]] = (
    ("date", choose_date, 4),
    ("province", choose_option("filter_province_"), 4),
    ("route", choose_option("filter_route_"), 2),
    ("year", choose_option("filter_year_"), 1),
    ("indicator", choose_indicator, 3),
)


def choose(screen: Screen, chance: random.Random) -> tuple[str, WidgetState]:
    """One change that is possible on the screen; ValueError where there is none."""
    kinds = chance.choices(CHOICES, [weight for *_, weight in CHOICES], k=20)
    for kind, make, _ in kinds:
        state = make(screen, chance)
        if state is not None:
            return kind, state
    raise ValueError(f"/{screen.page} shows no filter")


def deep_link(chance: random.Random) -> str:
    """The query of an address as people send it: mostly a date, at times a province or route."""
    chosen: dict[str, str] = {}
    if chance.random() < 0.15:
        chosen["vintage"] = "2025"
    elif chance.random() < 0.5:
        chosen["as_of"] = chance.choice(COMMON_DAYS["2008"]).isoformat()
    if chance.random() < 0.4:
        chosen["province"] = chance.choice(("01", "04", "22", "48", "56", "68", "91"))
    if chance.random() < 0.2:
        chosen["route"] = chance.choice(("china", "laos", "cambodia", "sea"))
    return "&".join(f"{name}={value}" for name, value in chosen.items())
