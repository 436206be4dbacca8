"""The window of calls, divided between lanes: never more than it, and nothing of it idle while somebody waits."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.core.backoff import Window
from bot.core.outcome import Kind

MOST = 128


@given(
    st.lists(
        st.tuples(
            st.integers(0, 2), st.sampled_from(["call", "land", "rest"]), st.integers(1, 200)
        ),
        max_size=80,
    )
)
def test_whatever_lanes_do_no_more_is_under_way_than_the_window(
    steps: list[tuple[int, str, int]],
) -> None:
    window = Window.of(MOST, 2)
    for at, what, count in steps:
        lane = window.lanes[at]
        if what == "call":
            lane.hungry = lane.busy = True
            lane.flying += max(0, min(count, lane.calls("template") - lane.flying))
        elif what == "land":
            lane.flying -= min(count, lane.flying)
        else:
            lane.hungry = False
        plain = sum(one.flying for one in window.lanes if not one.express)
        assert plain <= MOST - MOST // 32, "a few calls are left for what is urgent"
        if not window.lanes[2].busy:
            assert sum(one.flying for one in window.lanes) <= MOST


def test_a_lane_alone_has_the_whole_window_and_gives_half_of_it_to_the_next() -> None:
    first, second, _ = Window.of(MOST, 2).lanes
    assert first.calls("template") == 124
    first.hungry, first.flying = True, 124
    assert second.calls("template") <= 0, "it is all under way"
    second.hungry = True
    assert first.calls("template") == 62, "what lands is not called again by the first"
    first.flying = 90
    assert second.calls("template") == 34
    first.flying = 62
    assert second.calls("template") == 62
    first.hungry, first.flying = False, 5  # the end of its batch
    assert second.calls("template") == 119


def test_a_platform_in_trouble_narrows_all_lanes_together() -> None:
    first, second, _ = Window.of(MOST, 2).lanes
    for second_s in range(4):
        first.note("template", Kind.UNCLEAR, second_s * 2.0)
    second.hungry = True
    assert first.calls("template") == 4
    second.flying = 8
    assert first.calls("template") <= 0
