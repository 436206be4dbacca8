"""From a platform's answer and the time of the first call to what is done next with a member."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from bot.core.outcome import Kind
from bot.core.receipt import State

MARGIN_S = 2 * 60  # for clocks and for the call itself
SAFE_S = 8 * 60  # of templates, whose platform does not send the same id twice within 10 minutes
# Waits before a batch with unfinished members is tried again; with calls of 10 s they end inside SAFE_S.
WAITS_S = (2, 8, 30, 120, 240)
PACE_WAIT_S = 60
TOKEN_WAIT_S = 30  # a token is renewed at most so often


class Stop(enum.Enum):
    """What an answer means for more than its own member."""

    NOTHING = "nothing"
    BATCH = "batch"  # leave the rest of this batch for later
    PAUSE = "pause"  # pause the broadcast until somebody or the next day helps
    BROADCAST = "broadcast"  # the text will be refused for everybody


@dataclass(frozen=True, slots=True)
class Verdict:
    """The member's next state and what it means for the others."""

    state: State
    stop: Stop
    wait_s: int


_STOPS = {
    Kind.QUOTA: Stop.PAUSE,
    Kind.SETUP: Stop.PAUSE,
    Kind.TEXT: Stop.BROADCAST,
    Kind.PACE: Stop.BATCH,
}
_WAITS = {Kind.PACE: PACE_WAIT_S, Kind.TOKEN: TOKEN_WAIT_S}


def judge(kind: Kind, *, before: State, repeatable: bool, reached: State, attempts: int) -> Verdict:
    """What follows from an answer.

    `before` is the member's state before this call (RETRY: already in doubt), `repeatable` whether
    the platform recognises the call's id, `reached` the state of success on this channel, `attempts`
    the rounds that her batch has had before.
    """
    if kind in (Kind.OK, Kind.DUPLICATE):
        return Verdict(reached, Stop.NOTHING, 0)
    if kind is Kind.REFUSED:
        # Of a repeat it says that this call was not taken; the one before may have been.
        return Verdict(State.UNKNOWN if before is State.RETRY else State.REFUSED, Stop.NOTHING, 0)
    if kind is Kind.TEXT and before is not State.RETRY:
        return Verdict(State.REFUSED, Stop.BROADCAST, 0)
    if kind is Kind.UNCLEAR:
        return Verdict(State.RETRY if repeatable else State.UNKNOWN, Stop.NOTHING, 0)
    # Surely not taken this time: as before, unless an earlier call is in doubt.
    stop = _STOPS.get(kind, Stop.NOTHING)
    if kind is Kind.TOKEN:
        # A token may die twice in half a minute by chance; a round later that is no chance any more.
        stop = Stop.PAUSE if attempts else Stop.BATCH
    state = State.RETRY if before is State.RETRY else State.PENDING
    return Verdict(state, stop, _WAITS.get(kind, 0))


def safe_s(repeat_s: int | None) -> int:
    """How long after its first call something may be called again, where a platform knows repeats for `repeat_s`."""
    return SAFE_S if repeat_s is None else repeat_s - MARGIN_S


def in_doubt(state: State, *, called_s: int, now_s: int, live: bool, safe_s: int) -> State:
    """What becomes of a member found in doubt: RETRY (call again under the same id) or UNKNOWN.

    `called_s`, `now_s`: first call and now in epoch seconds; `live`: the broadcast is being sent;
    `safe_s` as the function of this name gives it. A call from the future says that the clock was put back
    since, and nobody knows how long ago it was.
    """
    surely = -MARGIN_S <= now_s - called_s < safe_s
    return State.RETRY if state is not State.CALLED and live and surely else State.UNKNOWN


def wait_s(attempts: int) -> int:
    """Seconds until a batch is tried again after its `attempts`-th round (0 is the first)."""
    return WAITS_S[min(attempts, len(WAITS_S) - 1)]
