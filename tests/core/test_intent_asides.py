"""Which lines are no title and no text while a notice is written, and which are."""

from __future__ import annotations

import pytest

from bot.core import intent_asides, text


@pytest.mark.parametrize(
    "said",
    ["收到", "收到，谢谢主席🌹", "收到 12", "转了", "转了 3群 420人", "转不了", "已转", "进度", "进度 3月", "进度 政和 会改联", "谁没报",
     "谁没签收 12", "催一下", "提醒", "更多", "绑定 AAAAAA", "困难 没地方办公", "答复 12 村部腾出一间", "早上好", "在吗", "谢谢"],
)  # fmt: skip
def test_a_whole_command_is_no_text(said: str) -> None:
    assert intent_asides.command(text.line(said))


@pytest.mark.parametrize(
    "said",
    ["关于做好进度通报的通知", "进度通报", "进度 情况通报", "困难妇女慰问", "收到请回复", "转了的村请报名单", "谁没签收谁负责", "登记2026",
     "学习", "意见征集", "节日快乐", "三八活动", "提醒大家带好身份证", "早上好，各位姐妹，周五开会", "好的", "月底完成", "新增执委9名",
     "困难 " + "要写得长一些才像一篇通知的正文" * 3],
)  # fmt: skip
def test_free_words_stay_hers(said: str) -> None:
    assert not intent_asides.command(text.line(said))
