"""How one section number goes on with another."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from etl.extract.section_marks import Kind, Mark, Value

# Numbers that are looked at behind a doubtful one.
AHEAD = 12
WIDEST_GAP = 3


class Step(Enum):
    """How a number goes on with the one before."""

    NEXT = 1
    GAP = 2  # one or two are lost
    NEW = 3  # begins again at one


def step_from(known: Value, new: Value, next_within: int = 1) -> Step | None:
    """How `new` goes on with `known` (empty: nothing before); None where it does not."""
    depth = len(new)
    if known[: depth - 1] == new[:-1] and len(known) >= depth - 1:
        ahead = new[-1] - (known[depth - 1] if len(known) >= depth else 0)
        if 0 < ahead <= (next_within if known else 1):
            return Step.NEXT
        if 0 < ahead <= WIDEST_GAP:
            return Step.GAP
    if new == (1,):
        return Step.NEW if known else Step.NEXT
    if depth > 1 and new[-1] == 1 and step_from(known, new[:-1]) in (Step.NEXT, Step.GAP):
        return Step.GAP  # the heading above is lost
    return None


def stands_alone(mark: Mark, marks: Sequence[Mark], number: int) -> bool:
    """A first "A." or "(1)" needs its second at a line's start: else it runs inside a sentence."""
    if mark.kind not in (Kind.CAPITAL, Kind.BRACKETED):
        return True
    for other in marks[number + 1 : number + 1 + 4 * AHEAD]:
        if other.kind is mark.kind or (other.bracket and mark.kind is Kind.BRACKETED):
            return other.value == (2,)
        if other.kind < mark.kind and mark.kind is Kind.BRACKETED:
            return False
    return False
