"""Sentences built from their parts: whatever stands together, a number is hers, or it is asked about."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pytest

from tests.core import said

HERS = ("", "我村", "东山村", "我们", "本周", "我们村这周", "报告领导，我村", "李姐，", "咱屯")
DEEDS = ("新增", "新选", "选出", "增加", "新当选", "选举产生", "产生", "推选出", "选了", "增选", "添了", "加了", "多了")  # fmt: skip
COUNTED = ("名", "个", "人", "位", "")
NUMBERS = {"1": 1, "9": 9, "12": 12, "十二": 12, "二十一": 21}
FIGURES = ("会改联", "改联", "妇代会改妇联", "会改联工作")
DONE = ("完成", "完成了", "搞好了", "弄好了", "办完了", "搞定了", "整利索了", "✓", "完毕", "弄妥咯")


def recorded(
    say: str, before: dict[str, Any] | None = None, indicators: tuple[str, ...] = ("hgl", "zw")
) -> tuple[dict[str, Any], str]:
    """What is recorded of her own unit by indicator, and why she is asked."""
    row = {"with": list(indicators), "heard": False, "say": say, "before": before}
    got = said.hear(row)
    cells = {code: value for (_, code), value in got.record.items() if value != "same"}
    return cells, got.ask


def wrong(sentences: Iterator[tuple[str, dict[str, Any]]]) -> list[tuple[str, Any, Any]]:
    """The sentences of which something else is recorded than these cells, or anything is asked."""
    found = []
    for say, cells in sentences:
        got = recorded(say)
        if got != (cells, ""):
            found.append((say, cells, got))
    return found


def noted(sentences: Iterator[str]) -> list[tuple[str, Any]]:
    """The sentences of which a number or a completion is recorded although none may be."""
    found = []
    for say in sentences:
        cells, _ = recorded(say)
        if any(value is True or (isinstance(value, int) and value > 0) for value in cells.values()):
            found.append((say, cells))
    return found


def _counts(shapes: tuple[str, ...]) -> Iterator[tuple[str, dict[str, Any]]]:
    for hers, deed, word, shape in product(HERS, DEEDS, COUNTED, shapes):
        for number, value in NUMBERS.items():
            if not word and shape.startswith("{d}{n}"):
                continue
            yield hers + shape.format(d=deed, n=number, w=word), {"zw": value}


@pytest.mark.parametrize("shape", ["{d}执委{n}{w}", "{d}{n}{w}执委", "执委{d}{n}{w}"])
def test_a_deed_a_figure_and_a_number_are_recorded_in_any_order(shape: str) -> None:
    assert not wrong(_counts((shape,)))


def test_what_is_done_is_recorded_however_it_is_said() -> None:
    adverbs = ("", "已", "已经", "都", "全部", "顺利", "圆满", "如期", "彻底")
    assert not wrong(
        (hers + figure + adverb + done, {"hgl": True})
        for hers, figure, adverb, done in product(("", "我村", "东山"), FIGURES, adverbs, DONE)
        if not (adverb and done in ("✓", "整利索了"))
    )


PLANS = ("快", "还没", "没有", "下周", "争取", "即将", "明天", "月底前", "准备", "打算", "如果顺利就", "等开会再", "马上就", "过几天", "过两天", "明儿个", "尽量", "但愿", "即使", "就算", "建议", "请批准")  # fmt: skip
HEDGES = (
    "大概",
    "差不多",
    "可能",
    "估计",
    "约莫",
    "好像",
    "基本",
    "听说",
    "怎么也",
    "撑死",
    "少说",
    "大抵",
    "粗算",
    "像是",
    "仿佛",
    "最多",
    "至少",
    "超过",
    "介于",
    "理论上",
    "初定",
)
BEHIND = ("左右", "上下", "以上", "出头", "往上", "不到", "多一点", "（约）", "（暂定）", "吧", "，不一定准", "，还没定", "，下周落实", "，等批了才算", "，待核实")  # fmt: skip


@pytest.mark.parametrize("word", [*PLANS, *HEDGES])
def test_a_plan_a_denial_or_a_guess_before_it_is_never_recorded(word: str) -> None:
    shapes = (
        "{w}选出执委12名",
        "{w}新增12名执委",
        "执委{w}选12名",
        "会改联{w}完成",
        "我村{w}搞好会改联",
    )
    assert not noted(shape.format(w=word) for shape in shapes)


@pytest.mark.parametrize("word", BEHIND)
def test_a_hedge_behind_the_number_is_never_passed_over(word: str) -> None:
    shapes = ("执委12名{w}", "新增执委12名{w}", "新增12名执委{w}", "会改联完成，执委12名{w}")
    assert not noted(shape.format(w=word) for shape in shapes)


@pytest.mark.parametrize(
    "words",
    ["林屯{0}", "林屯村{0}", "隔壁村{0}", "王主席说{0}", "林屯主席：{0}", "林屯主席：我们村{0}", "转发：{0}", "以下是林屯的：{0}",
     "这是念山发的，{0}", "书记让报{0}", "{0}吗", "是不是{0}？", "{0}对吗", "{0}够不够", "去年{0}", "上届{0}", "上级要求{0}"],
)  # fmt: skip
def test_words_of_others_of_another_time_or_a_question_are_never_hers(words: str) -> None:
    said_of = ("执委12名", "新增执委12名", "选了12个", "会改联完成")
    assert not noted(words.format(one) for one in said_of)


MENDS = ("，不对，是{0}名", "，写错了，{0}名", " 更正{0}名", "，说错了是{0}名", "，口误，{0}名", "，改成{0}名", "，哦不，{0}名", "，打错了应该是{0}名",
         "（更正：{0}名）", "，记混了，{0}名", "，多报了一个，{0}名", "……哎呀是{0}名", "，核实了是{0}名", "，重复算了1个，{0}名", "，手滑，{0}名", "改{0}名", "，抱歉多数了一个，{0}名", "，唔对，{0}名", "，老糊涂了，{0}名才对", "，漏了小叶，{0}名", "，核对后是{0}名",
         "，刚问了会计，是{0}名", "——噢不，{0}名", "，多报了，实为{0}名", "，等下，{0}名", "，倒了，是{0}名")  # fmt: skip


@pytest.mark.parametrize("mend", MENDS)
def test_the_last_of_two_numbers_holds_where_she_mends_the_first(mend: str) -> None:
    heads = ("执委12名", "新增执委12名", "会改联完成，执委12名", "选了12个执委")
    for head in heads:
        cells, why = recorded(head + mend.format(11))
        assert (cells["zw"], why) == (11, ""), head + mend


def test_a_second_number_without_a_word_that_mends_is_asked_about() -> None:
    between = (
        "，",
        "，其实",
        "，我看是",
        "，书记数了是",
        "，实际",
        "，也可能是",
        "，还是",
        "，或者",
    )
    assert not noted(f"执委12名{words}13名" for words in between if words != "，实际")


PARTS = ("其中党员{0}名", "含女能人{0}名", "其中返乡青年{0}名", "党员{0}名", "大专以上{0}人", "35岁以下{0}名", "其中{0}名是党员", "{0}个是党员",
         "致富带头人{0}名", "其中少数民族{0}人", "妇女小组长{0}名")  # fmt: skip
BESIDES = ("开会用了{0}小时", "花了{0}元", "拍了{0}张照片", "建了{0}人的群", "全村{0}00人", "来了{0}多人", "电话1380000000{0}", "7月{0}日选的", "{0}号开的会",
           "上午{0}点结束", "第{0}届", "平均年龄4{0}岁", "在{0}楼会议室", "微信群{0}0人", "附件{0}", "{0}票", "跑了几趟", "密码123{0}")  # fmt: skip


@pytest.mark.parametrize("beside", [*PARTS, *BESIDES])
def test_numbers_of_other_things_change_nothing_before_or_behind(beside: str) -> None:
    other = beside.format(3)
    lines = [f"新增执委12名，{other}", f"会改联完成，新增执委12名，{other}", f"执委12名（{other}）"]
    if beside in BESIDES:
        lines.append(f"{other}，新增执委12名")
    for line in lines:
        cells, why = recorded(line)
        assert (cells.get("zw"), why) == (12, ""), line


NONE = ("没有新增", "无新增", "暂无新增", "没有任何新增", "没人新增", "零新增", "没选新的", "没进新人", "一个都没加", "一个没加", "没添人", "零报告", "没有增加", "未新增")  # fmt: skip
SAME = ("跟上周一样", "和上次报的一样", "没变化", "没啥变化", "数字不变", "还是老样子", "同上周", "照旧", "与上期持平", "还是上周的数", "和之前报的数一样", "维持上周数据",
        "暂无变化", "没有什么变化", "原地踏步", "跟上次数字一样")  # fmt: skip


@pytest.mark.parametrize("none", NONE)
def test_none_is_zero_of_what_is_added(none: str) -> None:
    for line in ("{0}", "本周{0}", "我村{0}", "{0}，谢谢", "执委{0}", "报告领导，本周{0}"):
        assert recorded(line.format(none)) == ({"zw": 0}, ""), line.format(none)


@pytest.mark.parametrize("same", SAME)
def test_as_before_keeps_what_stands(same: str) -> None:
    for line in ("{0}", "我村{0}", "{0}，谢谢", "执委{0}", "这周{0}哈"):
        cells, why = recorded(line.format(same), {"zw": 10})
        assert not why, line.format(same)
        assert set(cells.values()) <= {0}, line.format(same)


def _ways() -> Iterator[Callable[[str, str, str], str]]:
    yield "{0}，{1}，{2}".format
    yield "{2}；{0}；{1}".format
    yield "1.{0} 2.{1} 3.{2}".format
    yield "（1）{1}（2）{0}（3）{2}".format
    yield "{0} {1} {2}".format
    yield "一是{0}，二是{2}，三是{1}".format
    yield "{0}\n{1}\n{2}".format


def test_several_figures_are_told_apart_in_any_order() -> None:
    done = ("会改联完成", "改联搞好了", "会改联：完成", "会改联✓")
    counts = ("执委12名", "新选了12个执委", "新增执委：12", "12名执委")
    homes = ("妇女之家2个", "2个妇女之家", "妇女之家：2", "妇女之家共2个")
    for way, *parts in product(_ways(), done, counts, homes):
        line = way(*parts)
        if re.search("[0-9)][.)][0-9]", line):
            continue  # 3.2个 may be a number
        got = recorded(line, indicators=("hgl", "zw", "jg"))
        assert got == ({"hgl": True, "zw": 12, "jg": 2}, ""), line


OTHER_DEEDS = ("换了", "走了", "退了", "培训", "慰问", "表彰", "提名", "推荐", "报名", "免去", "撤换了", "辞退", "看望", "拟定", "初选", "联系了", "通知了", "请假", "缺",
               "少了", "考察了", "面试", "筛掉", "接送", "服务", "轮换", "选派", "每年", "少了", "减少", "暂停", "调走", "处分", "约谈", "动员了", "公示", "公布了", "登记", "统计了", "宣传")  # fmt: skip
OTHERS_SAID = (
    "候选人",
    "候补",
    "代表",
    "志愿者",
    "党员",
    "群众",
    "选民",
    "委员",
    "小组长",
    "后备干部",
)


@pytest.mark.parametrize("deed", OTHER_DEEDS)
def test_another_deed_than_adding_is_never_taken_for_it(deed: str) -> None:
    lines = ("{0}执委12名", "{0}12名执委", "执委{0}12名", "我村{0}12名执委", "今天{0}执委12名")
    assert not noted(line.format(deed) for line in lines)


@pytest.mark.parametrize("other", OTHERS_SAID)
def test_people_who_are_no_members_of_the_committee_are_not_counted(other: str) -> None:
    lines = ("新增{0}12名", "选了12名{0}", "选出{0}12名", "{0}12名", "我村有{0}12名")
    assert not noted(line.format(other) for line in lines)


@pytest.mark.parametrize(
    "line",
    ["执委12名，不不不", "执委12名，不是", "执委12名，不好意思，是林屯的", "我们林屯执委9名", "咱林屯执委9名", "我娘家村执委9名", "执委定了，12名代表参加",
     "妇女们12名", "大嫂12名", "执委保持12名", "每次执委12名", "更新执委12名"],
)  # fmt: skip
def test_what_is_taken_back_or_said_of_others_is_not_recorded(line: str) -> None:
    assert not noted(iter([line]))


PENDING = ("尚需上级审批", "待乡里批复", "还没核实", "等党委研究同意", "报请镇里审定")
SAVED_FOR = ("会改联除挂牌外均已完成", "会改联形式上完成", "除摸底外会改联都完成了", "会改联视为完成", "执委翻了一番", "上半年新增执委12名", "去年下半年新增执委12名")  # fmt: skip


@pytest.mark.parametrize("pending", PENDING)
def test_what_somebody_has_still_to_approve_is_not_recorded(pending: str) -> None:
    assert not noted(line.format(pending) for line in ("新增执委12名，{}", "执委12名（{}）"))


@pytest.mark.parametrize("line", SAVED_FOR)
def test_done_but_for_something_and_other_times_are_not_recorded(line: str) -> None:
    assert not noted(iter([line]))


FORM = (
    "会改联是否完成：{}",
    "是否完成会改联：{}",
    "会改联|{}|新增执委|12",
    "会改联：{}；新增执委：12",
)


@pytest.mark.parametrize("form", FORM)
def test_yes_and_no_in_a_form_are_done_and_not_done(form: str) -> None:
    assert recorded(form.format("是"))[0].get("hgl") is True
    assert recorded(form.format("否"))[0].get("hgl") is not True
