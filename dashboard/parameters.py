"""The parameters of one address, each checked, and what was wrong with them in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, TypeVar

from dashboard.words import word

T = TypeVar("T")

_ISO_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass
class Parameters:
    """Texts by name; each reading that fails adds a notice and gives the default."""

    params: Mapping[str, str]
    lang: str
    notices: list[str] = field(default_factory=list)

    def complain(self, key: str, **values: object) -> None:
        """Add the notice `notice.<key>`."""
        self.notices.append(word(f"notice.{key}", self.lang, **values))

    def text(self, name: str) -> str:
        """The text of a parameter, "" where it is missing."""
        return self.params.get(name, "").strip()

    def choice(self, name: str, options: Mapping[str, T], default: T) -> T:
        """The chosen option, or the default with a notice when there is no such option."""
        return self.option(name, self.text(name), options, default)

    def option(self, name: str, text: str, options: Mapping[str, T], default: T) -> T:
        """As `choice`, for a text that is only a part of the parameter."""
        if not text:
            return default
        if text in options:
            return options[text]
        self.complain("unknown_value", name=name, value=text[:40])
        return default

    def day(self, name: str) -> date | None:
        """The date of a parameter written year-month-day; with a notice where it is none."""
        return self.parse_day(name, self.text(name))

    def parse_day(self, name: str, text: str) -> date | None:
        """As `day`, for a text that is only a part of the parameter."""
        if not text:
            return None
        try:
            if _ISO_DATE.fullmatch(text):
                return date.fromisoformat(text)
        except ValueError:
            self.complain("impossible_date", name=name, value=text)
            return None
        self.complain("not_a_date", name=name, value=text[:40])
        return None
