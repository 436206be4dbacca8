"""The rules of pace: GCRA with shares, turns by what each was served, and a window that shrinks and grows back."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from bot.core import backoff, gcra, priority
from bot.core.outcome import Kind
from bot.core.pace import Rate
from bot.core.priority import Priority, Turns

_RATES = st.builds(
    Rate, per_s=st.sampled_from([0.25, 3.0, 100.0, 1000.0]), burst=st.integers(1, 60)
)
_ASKS = st.lists(
    st.tuples(st.integers(0, 400_000), st.integers(1, 60), st.sampled_from(list(Priority))),
    max_size=60,
)


@given(_RATES, _ASKS)
def test_no_stretch_of_time_has_more_calls_than_burst_and_rate_allow(
    rate: Rate, asks: list[tuple[int, int, Priority]]
) -> None:
    meter, now, granted = gcra.Meter(), 1_000_000, list[tuple[int, int]]()
    for gap, calls, wish in asks:
        now += gap
        calls = min(calls, rate.burst)  # noqa: PLW2901
        if meter.take(rate, wish, calls, now) == 0:
            granted.append((now, calls))
    for first, (since, _) in enumerate(granted):
        for until in range(first, len(granted)):
            calls = sum(n for _, n in granted[first : until + 1])
            seconds = (granted[until][0] - since) / 1_000_000
            assert calls <= rate.burst + rate.per_s * seconds + 0.01


@given(_RATES, _ASKS, st.integers(1, 60), st.sampled_from(list(Priority)))
def test_whoever_waits_as_long_as_she_was_told_and_alone_is_granted(
    rate: Rate, asks: list[tuple[int, int, Priority]], calls: int, wish: Priority
) -> None:
    meter, now = gcra.Meter(), 1_000_000
    for gap, some, other in asks:
        now += gap
        meter.take(rate, other, min(some, rate.burst), now)
    calls = min(calls, rate.burst)
    for _ in range(3):  # the first waits may still be shared with others
        wait = meter.take(rate, wish, calls, now)
        if wait == 0:
            return
        now += max(wait, gcra.PATIENCE_US) + 1
    raise AssertionError("it never comes to her turn")


def _simulated(seconds: float, asking: list[Priority]) -> Counter[Priority]:
    """Calls granted at 1,000 a second to lanes that ask for 50 at a time, again as soon as they may."""
    rate, meter, had = Rate(1000.0, 200), gcra.Meter(), Counter[Priority]()
    now = 1e9
    start = now
    again = dict.fromkeys(range(len(asking)), now)
    while now < start + seconds * 1e6:
        lane = min(again, key=lambda one: again[one])
        now = max(now, again[lane])
        wait = meter.take(rate, asking[lane], 50, now)
        if wait == 0:
            had[asking[lane]] += 50
        again[lane] = now + min(wait, 1_000_000) + 1_000
    return had


def test_each_priority_has_its_share_while_all_wait_and_everything_when_alone() -> None:
    had = _simulated(30, [Priority.URGENT, Priority.NORMAL, Priority.NORMAL, Priority.LOW])
    whole = sum(had.values())
    assert 29_000 <= whole <= 30_300, "what one leaves, another takes"
    for one, share in zip(Priority, priority.SHARES, strict=True):
        assert abs(had[one] / whole - share / 100) < 0.08, had
    assert sum(_simulated(10, [Priority.LOW]).values()) >= 9_900


def test_what_is_urgent_is_granted_at_once_in_the_middle_of_a_million() -> None:
    rate, meter, now = Rate(200.0, 200), gcra.Meter(), 1e9
    while meter.take(rate, Priority.NORMAL, 50, now) == 0:  # used up to the last call
        pass
    begin, had = now, 0
    while had < 50:
        wait = meter.take(rate, Priority.URGENT, 10, now)
        had += 10 * (wait == 0)
        meter.take(rate, Priority.NORMAL, 50, now)
        now += min(wait, 1e6) or 1000
    assert now - begin < 2e6


@given(st.lists(st.tuples(st.integers(1, 6), st.integers(1, 500)), min_size=1, max_size=12))
def test_broadcasts_of_one_priority_are_served_alike_whatever_their_batches(
    some: list[tuple[int, int]],
) -> None:
    size = dict(some)
    turns, had = Turns(), Counter[int]()
    for _ in range(400):
        n = turns.next(dict.fromkeys(size, Priority.NORMAL))
        turns.charge(n, Priority.NORMAL, size[n])
        had[n] += size[n]
    assert max(had.values()) - min(had[n] for n in size) <= 2 * max(size.values())


def test_a_newcomer_takes_its_turn_and_does_not_catch_up() -> None:
    turns = Turns()
    for _ in range(100):
        turns.charge(turns.next({1: Priority.NORMAL}), Priority.NORMAL, 500)
    had = Counter[int]()
    for _ in range(20):
        n = turns.next({1: Priority.NORMAL, 2: Priority.NORMAL})
        turns.charge(n, Priority.NORMAL, 500)
        had[n] += 1
    assert had == {1: 10, 2: 10}


def test_small_ones_that_come_come_before_what_a_large_one_takes_next_and_it_is_not_starved() -> (
    None
):
    turns, had = Turns(), Counter[int]()
    turns.charge(turns.next({1: Priority.NORMAL}), Priority.NORMAL, 500)
    turns.charge(turns.next({1: Priority.NORMAL}), Priority.NORMAL, 500)
    waiting = dict.fromkeys(range(1, 22), Priority.NORMAL)
    for _ in range(20):
        n = turns.next(waiting)
        turns.charge(n, Priority.NORMAL, 200)
        had[n] += 1
        del waiting[n]  # it had one batch
    assert had == Counter(range(2, 22))
    # Those that have more take turns with it, and those that come and go again and again too.
    waiting = dict.fromkeys(range(1, 12), Priority.NORMAL)
    had.clear()
    for _ in range(220):
        n = turns.next(waiting)
        turns.charge(n, Priority.NORMAL, 500)
        had[n] += 1
        if n == 11:
            del waiting[n]
        else:
            waiting.setdefault(11, Priority.NORMAL)
    assert all(abs(n - 20) <= 2 for n in had.values()), had


def test_the_low_are_never_starved_and_the_urgent_are_first() -> None:
    turns, had = Turns(), Counter[int]()
    waiting = {1: Priority.NORMAL, 2: Priority.LOW}
    for _ in range(70):
        n = turns.next(waiting)
        turns.charge(n, waiting[n], 500)
        had[n] += 1
    assert abs(had[2] - 20) <= 1, had
    assert turns.next(waiting | {3: Priority.URGENT}) == 3


@given(st.lists(st.tuples(st.sampled_from(list(Kind)), st.floats(0, 3)), max_size=200))
def test_the_window_shrinks_in_trouble_grows_back_and_keeps_its_bounds(
    answers: list[tuple[Kind, float]],
) -> None:
    width, now = backoff.Width(128), 0.0
    for kind, gap in answers:
        now += gap
        before = width.width
        width.note(kind, now)
        assert 1 <= width.calls <= 128
        if kind in (Kind.OK, Kind.REFUSED):
            assert width.width >= before
    width.note(Kind.UNCLEAR, now + 2)
    assert width.calls <= 64
    for _ in range(128 * 128):
        width.note(Kind.OK, now + 3)
    assert width.calls == 128


def test_a_hundred_time_outs_of_one_moment_halve_it_once() -> None:
    width = backoff.Width(64)
    for _ in range(100):
        width.note(Kind.UNCLEAR, 10.0)
    assert width.calls == 32
