"""Lists of a township's villages are read right in every layout, and a sum is compared with them."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.test_report import claimed, lexicon, read

OFFICE = "星溪乡"
VILLAGES = ("念山村", "富美村", "九蓬村", "宝岱村", "东峰村", "东峰社区")
Pairs = list[tuple[str, int]]


def _line(form: str, between: str, head: str = "") -> object:
    return lambda pairs: head + between.join(form.format(*pair) for pair in pairs)


def _apart(form: str) -> object:
    """The names first, the numbers behind them."""
    return lambda pairs: form.format(
        "、".join(name for name, _ in pairs), "、".join(f"{number}" for _, number in pairs)
    )


LAYOUTS = (
    _line("{}新增执委{}名", "，"), _line("{}：{}", "\n"), _line("{}{}", "、", "新增执委："), _line("{}（{}人）", "，"),
    _line("{}\t{}", "\n", "村名\t新增执委\n"), _line("{1}名{0}", " "), _line("{} {}名", "；"), _line("{}执委{}个", "。"),
    _apart("{}新增执委分别是{}名"), _apart("{}都开过会了，新增执委{}"), _apart("{}：{}"),
    lambda pairs: "\n".join(f"{n}、{name}{number}名" for n, (name, number) in enumerate(pairs, 1)),
)  # fmt: skip
LISTS = st.lists(
    st.tuples(st.sampled_from(VILLAGES), st.integers(1, 40)),
    min_size=3,
    max_size=5,
    unique_by=lambda pair: pair[0],
)
SUMS = st.sampled_from(
    ["，合计{}名", "\n合计：{}", "。共{}人", "，总计{}", "，一共{}名", "\n小计 {}"]
)
BESIDE = st.sampled_from(
    ["", "，长际村还没报", "。其他村还在汇总", "；乡本级没有新增", "，林屯村电话打不通"]
)


def _told(said: str) -> tuple[bool, set[str]]:
    got = read(said, OFFICE)
    own = lexicon(OFFICE).own.key
    return got.clear, {claimed(claim, own) for claim in got.claims if "/" in claimed(claim, own)}


def _meant(pairs: Pairs) -> set[str]:
    return {f"{name}/ZWC={number}" for name, number in pairs}


@settings(max_examples=120, deadline=None)
@given(LISTS, st.sampled_from(LAYOUTS), BESIDE)
def test_a_list_is_recorded_as_it_stands_in_every_layout(pairs, layout, beside) -> None:
    assert _told(layout(pairs) + beside) == (True, _meant(pairs))


@settings(max_examples=120, deadline=None)
@given(LISTS, st.sampled_from(LAYOUTS), SUMS, st.sampled_from([0, 0, 1, -1, 7]))
def test_a_sum_is_no_value_and_is_asked_about_where_it_does_not_add_up(
    pairs, layout, form, off
) -> None:
    total = sum(number for _, number in pairs)
    clear, told = _told(layout(pairs) + form.format(total + off))
    assert clear is (off == 0)
    assert told == _meant(pairs)
