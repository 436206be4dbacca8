"""What happens to the packed states of a batch: doubt settled, outcomes written, lateness noticed."""

from __future__ import annotations

import numpy as np

from bot.core import receipt, retry
from bot.core.packing import Arrays
from bot.core.receipt import State


def resolve(arrays: Arrays, *, now_s: int, live: bool) -> list[int]:
    """Settle what an earlier holder left in doubt; the positions that became unknown.

    `live`: the broadcast goes on, so what is young enough may be called again under its id.
    """
    lost: list[int] = []
    for position in np.flatnonzero(np.isin(arrays.states, receipt.IN_DOUBT)).tolist():
        state = State(arrays.states[position])
        called_s = int(arrays.called[position])
        after = retry.in_doubt(state, called_s=called_s, now_s=now_s, live=live)
        arrays.states[position] = after
        if after is State.UNKNOWN:
            lost.append(position)
    return lost


def too_late(arrays: Arrays, *, at_s: int) -> list[int]:
    """Make those unknown whose next call, ending at `at_s`, would be too late for the platform to recognise it."""
    lost: list[int] = []
    for position in np.flatnonzero(arrays.states == State.RETRY).tolist():
        if at_s - int(arrays.called[position]) >= retry.SAFE_S:
            arrays.states[position] = State.UNKNOWN
            lost.append(position)
    return lost


def intend(arrays: Arrays, position: int, *, repeatable: bool, now_s: int) -> State:
    """Note that a member is about to be called; her state before."""
    before = State(arrays.states[position])
    arrays.states[position] = State.INTENT if repeatable else State.CALLED
    if before is State.PENDING:
        arrays.called[position] = now_s
    return before


def write(arrays: Arrays, position: int, state: State, msgid: str | None) -> None:
    """Note what became of a call."""
    arrays.states[position] = state
    if state is State.PENDING:
        arrays.called[position] = 0
    if msgid is not None and msgid.isascii() and msgid.isdecimal():
        arrays.msgids[position] = int(msgid)


def to_send(arrays: Arrays) -> list[int]:
    """The members to be called in the round that begins."""
    wanted = (arrays.states == State.PENDING) | (arrays.states == State.RETRY)
    return [int(position) for position in np.flatnonzero(wanted)]
