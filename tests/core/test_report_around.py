"""A plan, words of others, a guess or a doubt beside a clear report: none of it is recorded; courtesies change nothing."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core import text
from bot.core.reading import Ask, How, Mark, Reading
from bot.core.report import grammar
from tests.core import said

KNOWN = said.lexicon("350725200203", ("hgl", "zw"))
BASES = (
    "会改联完成，执委12名", "会改联完成，新增执委12名", "我村会改联完成，执委12名", "执委12名，会改联完成", "会改联已完成，新增执委8名",
    "会改联搞好了，选了12个执委", "会改联完成", "新增执委12名", "执委12名", "选了12个执委", "东山村会改联完成，新增执委12名",
    "改联弄好了，12名执委", "会改联✓，执委9名", "今天开选举会，选出执委12名", "昨天会改联完成了，选了11名执委",
)  # fmt: skip
PLANNED = str.split(
    "预计 争取 打算 准备 计划 希望 下周 明天报 要求 目标是 力争 拟 月底前 明年 下个月 想着 盼着 即将 将 安排 任务是 尽快 到时候 后天 过几天 有望 预测 预期 我们的目标 下一步 定于下周 年底"
)
QUOTED = str.split(
    "他们说 村里讲 听说 据说 有人说 王主席说 书记说 听人讲 人家说 群里说 有人讲 大家说 传闻 据传 他说 老李说 会计说 文书报 有人反映 镇里说 他告诉我 会上说"
)
GUESSED = str.split(
    "大概 可能 好像 估计 也许 应该是 恐怕 似乎 我猜 我估计 我觉得 说不定 或许 印象中 如果没记错 假设 比如 例如 是不是 是否 请问 能不能写 要不要报 可不可以报"
)
DOUBTED = str.split(
    "吗 ？ 是不是 对吧 不可信 需要再核 打问号 待核实 再说 还要再核 ，对吗 ，是吗 ，不可信 ，需要再核 ，打问号 ，待核实 ，再说 ，不敢保证 ，要再确认 ，没核过 ，仅供参考 ，还没最后定 ，存疑 ，他们说的 ，别人讲的 ，计划的 ，打算这样 ，下周的事 ，如果顺利的话 ，还在等批 ，以后再说 ，有待商榷 ，不靠谱 ，不作数 ，口说无凭 ，明天"
)
BEFORE = str.split(
    "大家好， 您好， 领导好， 谢谢领导， 早上好， 李姐， 辛苦了， 汇报一下， 汇报一下： 报告主席， 报告主席： 报告领导： 我村情况如下： 收到， 好的， 打扰了， 不好意思， 向您汇报： 7月15日， 情况如下："
)
BEHIND = str.split(
    "，谢谢 ，辛苦了 ，请查收 [握手] ，谢谢领导 🌹 ，电话13800000000 ，联系电话：13800000000 。 ！ ，请放心 ，特此报告 ，汇报完毕 ，7月15日 [玫瑰] ，麻烦您了 ，请审阅 ，祝好"
)
IN_FRONT = (*PLANNED, *QUOTED, *GUESSED)


@cache
def read(sentence: str) -> Reading:
    return grammar.read(text.line(sentence), KNOWN, how=How.TYPED)


def told(got: Reading) -> list[object]:
    """What would be recorded as good news, were it read as it stands."""
    none = (Mark.NOT, Mark.ZERO, Mark.SAME, 0)
    return [c for c in got.claims if got.clear and c.value not in none]


@pytest.mark.parametrize("word", IN_FRONT)
def test_a_word_in_front_reaches_over_the_comma(word: str) -> None:
    wrong = [
        word + sep + base
        for base in BASES
        for sep in ("", "，", "：")
        if told(read(word + sep + base))
    ]
    assert not wrong


@pytest.mark.parametrize("doubt", DOUBTED)
def test_a_doubt_at_the_end_is_about_the_whole_sentence(doubt: str) -> None:
    wrong = [
        base + doubt + end for base in BASES for end in ("", "。") if told(read(base + doubt + end))
    ]
    assert not wrong


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(BEFORE) | st.just(""), st.sampled_from(IN_FRONT), st.sampled_from(BASES),
    st.sampled_from(BEHIND) | st.just(""),
)  # fmt: skip
def test_courtesies_around_it_do_not_hide_a_plan(
    hello: str, word: str, base: str, thanks: str
) -> None:
    assert not told(read(hello + word + base + thanks))


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(BEFORE) | st.just(""), st.sampled_from(BASES), st.sampled_from(DOUBTED))
def test_courtesies_in_front_do_not_hide_a_doubt(hello: str, base: str, doubt: str) -> None:
    assert not told(read(hello + base + doubt))


@pytest.mark.parametrize("base", BASES)
def test_what_is_polite_or_beside_the_matter_changes_nothing(base: str) -> None:
    def plain(got: Reading) -> list[object]:
        assert got.clear
        return [(c.units, c.indicators, c.value) for c in got.claims]

    dressed = [
        *(hello + base for hello in BEFORE),
        *(base + thanks for thanks in BEHIND),
        "@一呼 " + base,
    ]
    wrong = [one for one in dressed if not read(one).clear or plain(read(one)) != plain(read(base))]
    assert not wrong


@pytest.mark.parametrize(
    "line",
    ["原计划选10名，实际选出执委12名", "本打算选10名，最后选了12名执委", "下周开会，不过会改联已完成，执委12名", "应选12名，选出12名执委",
     "据统计，新增执委12名", "会改联完成，执委12名，下一步做好培训"],
)  # fmt: skip
def test_a_turn_back_to_the_present_ends_a_plan(line: str) -> None:
    got = read(line)
    assert (got.clear, 12 in [c.value for c in got.claims]) == (True, True)


def test_the_question_tells_what_the_word_was() -> None:
    asks = {word: {q.ask for q in read(word + BASES[0]).questions} for word in ("预计", "他们说")}
    assert asks == {"预计": {Ask.NOT_DONE}, "他们说": {Ask.REPORTED}}


def test_a_part_of_a_number_that_names_no_figure_is_no_second_one() -> None:
    assert told(read("12名，其中党员5名")) == told(read("12名"))
    assert not read("12名，其中党员15名").clear


def test_a_date_that_is_only_guessed_is_no_report() -> None:
    assert read("今天是7月18日吧").nothing
    assert not read("7月18日差不多了").nothing
