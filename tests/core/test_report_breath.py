"""A report said in one breath, without a sign: what is told beside it changes nothing, what may bear on it is asked about."""

from __future__ import annotations

import pytest

from tests.core.test_report_around import read, told

SAID = "会改联完成了新增执委十二名"
FRONT = str.split(
    "我在地里干活呢 我刚吃完饭 我这里信号不好啊 听得到吗 我不会打字我用说的 我在采茶呢 天好热啊 忙到现在才有空 外面在下雨你听得清吗 我老花眼看不清字 主席我跟你说哈"
)
BEHIND = str.split(
    "就这样哈 你记一下 名单我晚上发你 名单我叫我女儿发 没有别的了 照片等下发给你 有什么不对你跟我说 我先去忙了 都是女的 年纪都不大 都是做茶的"
)
REACHING = str.split("听说啊 我姐说啊 打算啊 如果顺利啊 可能啊 明天啊 隔壁村啊 书记讲啊")


@pytest.mark.parametrize("front", FRONT)
def test_life_around_a_report_in_one_breath_changes_nothing(front: str) -> None:
    plain = [(c.indicators, c.value) for c in read(SAID).claims]
    spoken = [f"{front}{SAID}", *(f"{front}{SAID}{behind}" for behind in BEHIND)]
    got = {one: read(one) for one in spoken}
    assert not [
        s
        for s, one in got.items()
        if not one.clear or [(c.indicators, c.value) for c in one.claims] != plain
    ]


@pytest.mark.parametrize("word", REACHING)
def test_a_word_that_reaches_over_what_follows_is_asked_about(word: str) -> None:
    spoken = [f"{word}{SAID}", *(f"{word}{SAID}{behind}" for behind in BEHIND)]
    assert not [one for one in spoken if told(read(one))]


def test_a_question_or_a_day_to_come_reaches_over_the_whole_breath() -> None:
    assert not told(read(f"明天辛苦主席了我们村{SAID}"))
    assert not told(read("会改联弄好了妹子你放心吗"))
    assert told(read(f"辛苦主席了我们村{SAID}"))


@pytest.mark.parametrize("place", ["茶山坪", "鸡冠岭村", "第二社区", "解放社区", "沙溪口社区"])
def test_a_place_is_no_remark_whatever_its_name_holds(place: str) -> None:
    around = str.split("_ 主席好_ 主席好_啊 我在采茶呢_ 刚才没信号_ 我跟你讲_ 今天_ 主席我去了_")
    assert not [one for one in around if told(read(one.replace("_", place) + SAID))]


@pytest.mark.parametrize("front", FRONT)
def test_what_is_told_in_front_hides_no_doubt_behind(front: str) -> None:
    doubts = str.split("还没投票 我猜的 名单还没定 是隔壁村的 凑数的 等镇里批 先这么报着")
    assert not [one for d in doubts if told(read(one := f"{front}{SAID}{d}"))]
