"""What happens to the packed states of a batch: doubt settled, outcomes written, lateness noticed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bot.core import receipt, retry
from bot.core.packing import Arrays
from bot.core.receipt import State

_STATES = {int(state): state for state in State}


def resolve(arrays: Arrays, *, now_s: int, live: bool, safe_s: int) -> list[int]:
    """Settle what an earlier holder left in doubt; the positions that became unknown.

    `live`: the broadcast goes on, so what is younger than `safe_s` may be called again under its id.
    """
    lost: list[int] = []
    for position in np.flatnonzero(np.isin(arrays.states, receipt.IN_DOUBT)).tolist():
        state = State(arrays.states[position])
        called_s = int(arrays.called[position])
        after = retry.in_doubt(state, called_s=called_s, now_s=now_s, live=live, safe_s=safe_s)
        arrays.states[position] = after
        if after is State.UNKNOWN:
            lost.append(position)
    return lost


def too_late(arrays: Arrays, *, at_s: int, safe_s: int) -> list[int]:
    """Make those unknown whose next call, ending at `at_s`, would be too late for the platform to recognise it."""
    lost: list[int] = []
    for position in np.flatnonzero(arrays.states == State.RETRY).tolist():
        if at_s - int(arrays.called[position]) >= safe_s:
            arrays.states[position] = State.UNKNOWN
            lost.append(position)
    return lost


def intend(
    arrays: Arrays, positions: Sequence[int], *, repeatable: bool, now_s: int
) -> dict[int, State]:
    """Note that members are about to be called; their states before."""
    some = np.array(positions, np.intp)
    before = arrays.states[some]
    arrays.called[some[before == State.PENDING]] = now_s
    arrays.states[some] = State.INTENT if repeatable else State.CALLED
    return {at: _STATES[was] for at, was in zip(positions, before.tolist(), strict=True)}


def write(arrays: Arrays, positions: Sequence[int], state: State, msgid: str | None) -> None:
    """Note what became of one call for these members."""
    some = positions[0] if len(positions) == 1 else np.array(positions, np.intp)
    arrays.states[some] = state
    if state not in receipt.IN_DOUBT:
        arrays.called[some] = 0
    if msgid is not None and msgid.isascii() and msgid.isdecimal():
        arrays.msgids[some] = int(msgid)


def to_send(arrays: Arrays) -> list[int]:
    """The members to be called in the round that begins; first those in doubt, whose ids the platform will forget."""
    found: list[int] = np.flatnonzero(arrays.states == State.RETRY).tolist()
    found += np.flatnonzero(arrays.states == State.PENDING).tolist()
    return found
