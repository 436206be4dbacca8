"""The packed states: facts in any order, repeats, the sum, the rules of retry."""

from __future__ import annotations

import functools
import random
from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bot.core import audience, packing, plan, receipt, retry, settling
from bot.core.outcome import Kind
from bot.core.packing import Arrays
from bot.core.receipt import State

FACTS = st.lists(st.sampled_from(list(State)), max_size=8)


@given(FACTS, st.randoms())
def test_facts_merge_to_the_same_state_in_any_order_and_however_often(
    facts: list[State], dice: random.Random
) -> None:
    # A fact speaks of a member who was called: not one who was never to be.
    facts = [fact for fact in facts if fact not in (State.UNREGISTERED, State.SUPPRESSED)]
    once = functools.reduce(receipt.merged, facts, int(State.PENDING))
    shuffled = [*facts, *facts]
    dice.shuffle(shuffled)
    again = functools.reduce(receipt.merged, shuffled, int(State.PENDING))
    assert receipt._RANK[State(once)] == receipt._RANK[State(again)]
    if not {State.ACCEPTED, State.TO_RELAY} <= set(facts):
        same = {State.INTENT, State.CALLED}  # two words for one rank
        assert once == again or {once, again} <= same


@given(st.lists(st.sampled_from(list(State)), max_size=400))
def test_every_member_is_in_exactly_one_class(states: list[State]) -> None:
    here = [state for state in states if state is not State.MOVED]
    sums = receipt.count(np.array(states, np.uint8), len(here))
    assert sums.whole
    assert receipt.holds_open(np.array(states, np.uint8)) == (sums.unsent > 0)


@given(st.integers(0, 1300), st.integers(0, 40), st.integers(0, 2**31))
def test_an_audience_is_cut_whole_in_order_and_in_a_shuffled_turn(
    people: int, groups: int, seed: int
) -> None:
    persons = audience.members([(key, key // 3, 0) for key in range(people)])
    relays = audience.relays([(key, key, 0, key % 7) for key in range(groups)])
    cuts = list(audience.cut([("template", persons), ("relay", relays)], sizes={}, seed=seed))
    ids = [int(one) for cut in cuts if cut.channel == "template" for one in cut.part.ids]
    assert ids == list(range(people))
    assert sorted(cut.turn for cut in cuts) == [cut.no for cut in cuts]
    assert all(0 < len(cut.part) <= plan.BATCH for cut in cuts)
    owners = [key % 7 for cut in cuts if cut.channel == "relay" for key in cut.part.ids]
    assert len(Counter(owners)) == sum(
        1 for at, owner in enumerate(owners) if at == 0 or owners[at - 1] != owner
    )


def test_the_groups_of_one_owner_stay_in_one_batch() -> None:
    rows = [(key, key, 0, key // 3) for key in range(2000)]
    cuts = list(audience.cut([("relay", audience.relays(rows))], sizes={}, seed=1))
    where: dict[int, set[int]] = {}
    for cut in cuts:
        for key in cut.part.ids.tolist():
            where.setdefault(key // 3, set()).add(cut.no)
    assert all(len(batches) == 1 for batches in where.values())


@given(st.sampled_from(list(Kind)), st.sampled_from([State.PENDING, State.RETRY]), st.booleans())
def test_what_is_perhaps_taken_is_never_sent_blindly(
    kind: Kind, before: State, repeatable: bool
) -> None:
    verdict = retry.judge(
        kind, before=before, repeatable=repeatable, reached=State.ACCEPTED, attempts=0
    )
    assert verdict.state is not State.INTENT
    if kind is Kind.UNCLEAR and not repeatable:
        assert verdict.state is State.UNKNOWN
    if before is State.RETRY:
        assert verdict.state is not State.PENDING
    if kind in (Kind.OK, Kind.DUPLICATE):
        assert verdict.state is State.ACCEPTED


def test_all_retries_end_before_the_platform_forgets_the_id() -> None:
    at = 0
    for attempts in range(len(retry.WAITS_S)):
        at += 10 + retry.wait_s(attempts)
    assert at + 10 <= retry.SAFE_S


def test_in_doubt_is_called_again_only_in_time_and_only_under_an_id() -> None:
    arrays = Arrays.fresh(
        np.array([State.INTENT, State.INTENT, State.CALLED, State.RETRY, 2, 0], np.uint8)
    )
    arrays.called[:] = [1000, 500, 1000, 1000, 0, 0]
    lost = settling.resolve(arrays, now_s=1100, live=True, safe_s=retry.SAFE_S)
    assert lost == [1, 2]
    assert arrays.states.tolist() == [State.RETRY, 11, 11, State.RETRY, 2, 0]
    assert settling.too_late(arrays, at_s=1000 + retry.SAFE_S - 1, safe_s=retry.SAFE_S) == []
    assert settling.too_late(arrays, at_s=1000 + retry.SAFE_S, safe_s=retry.SAFE_S) == [0, 3]
    put_back = Arrays.fresh(np.array([State.INTENT, State.INTENT], np.uint8))
    put_back.called[:] = [1000, 1000 + 3600 - 60]
    assert settling.resolve(put_back, now_s=1000 - 60, live=True, safe_s=retry.SAFE_S) == [1]
    stopped = Arrays.fresh(np.array([State.INTENT, 0], np.uint8))
    stopped.called[:] = 1100
    assert settling.resolve(stopped, now_s=1100, live=False, safe_s=retry.SAFE_S) == [0]
    assert stopped.states.tolist() == [State.UNKNOWN, State.PENDING]


def test_those_in_doubt_are_called_first() -> None:
    arrays = Arrays.fresh(np.array([0, State.RETRY, 2, 0, State.RETRY], np.uint8))
    assert settling.to_send(arrays) == [1, 4, 0, 3]


def test_arrays_read_back_what_was_written() -> None:
    arrays = Arrays.fresh(np.zeros(3, np.uint8))
    settling.write(arrays, [1], State.ACCEPTED, "9223372036854775807")
    settling.write(arrays, [2], State.ACCEPTED, "not a number")
    back = Arrays.read(arrays.states.tobytes(), arrays.msgids.tobytes(), arrays.called.tobytes())
    assert back.msgids.tolist() == [0, 2**63 - 1, 0]
    assert back.msgid_range() == (2**63 - 1, 2**63 - 1)
    assert packing.SECOND < 0


@given(st.integers(1, 2**40), st.integers(1, 2**40))
def test_ids_of_calls_differ_by_everything_that_matters(n: int, member: int) -> None:
    ids = {
        plan.call_id("a", n, "person", member, 1),
        plan.call_id("b", n, "person", member, 1),
        plan.call_id("a", n + 1, "person", member, 1),
        plan.call_id("a", n, "owner", member, 1),
        plan.call_id("a", n, "person", member + 1, 1),
        plan.call_id("a", n, "person", member, 2),
    }
    assert len(ids) == 6
    assert {len(one) for one in ids} == {32}
    assert plan.call_id("a", n, "person", member, 1) in ids


def test_members_and_places_are_packed_as_narrow_as_they_go_and_come_back() -> None:
    for ids in ([1, 4_294_967_295], [1, 4_294_967_296], [7]):
        some = np.array(ids, packing.MEMBERS)
        assert packing.members(packing.pack_members(some), len(ids)).tolist() == ids
    for places in ([3, 65_538], [3, 65_539], [0, 2_000_000], [9]):
        here = np.array(places, packing.PLACES)
        packed = packing.pack_places(here, places[0])
        assert packing.places(packed, len(places), places[0]).tolist() == places
    assert len(packing.pack_places(np.array([70_000, 70_001], packing.PLACES), 70_000)) == 4
