"""What is done where a figure is named: the figure itself, or a paper, a number, a telling of it: 会改联报表填好了."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import Final

from bot.core.report.clauses.said import Clause, glued
from bot.core.report.tokens.sheet import Token
from bot.core.report.words.vocabulary import Kind

_NOUNS: Final = (Kind.LABEL, Kind.ROLE, Kind.PEOPLE, Kind.MATTER, Kind.EXPECTED, Kind.PRESENT)
_SAID_OF_IT: Final = frozenset(
    str.split(
        "报表 报告 汇报 简报 周报 月报 日报 情况 数据 数字 数 数目 数量 人数 人员 人 名额 姓名 时间 日期 地点 备注 电话 主持 计票 唱票 清点 统计 核对 核实 汇总 商量 商议 讨论 酝酿 表决 投票表决 投票 动员"
        " 填 填写 写 登 记 报 上报 填报 申报 录入 登记 补报 交 转交 提交 反馈 回复 通知"
    )
)
"""What is told of a figure without being it: its papers, its numbers, the telling of it."""
_WHOLE: Final = frozenset(str.split("任务 工作任务 建设任务 成"))
_ADVERBS: Final = re.compile("[项情底业昨则硬此算告开亦联着]$")
_PAPER: Final = re.compile("[表图群章证照单册稿组台统柬词结]")


def _another(tokens: Sequence[Token]) -> bool:
    """Whether a noun or a deed that is not the figure itself is among them."""
    return any(
        (t.kind in _NOUNS and t.text not in _WHOLE and not t.text.endswith("们"))
        or t.text in _SAID_OF_IT
        or (t.text.isascii() and t.text.isalpha())
        or (t.kind is Kind.TEXT and _PAPER.search(t.text))
        for t in tokens
    )


def before(here: Clause, figure: Token, done: Token) -> bool:
    """会改联报表填好了, 会改联人数弄好了: whether another subject, or another deed, stands between the figure and its being done."""
    between = [t for t in here.tokens if figure.end <= t.start < done.start]
    if any(t.text == ":" for t in between) or (between and between[-1].text in ("为", "是")):
        return False  # 会改联情况为完成
    last = between[-1] if between else figure
    if last.kind is Kind.TEXT and glued(last, done) and not _ADVERBS.search(last.text):
        return True
    told = ("写", "填", "记", "报") if done.text.startswith("完成") else ()  # 会改联写完成
    return _another([t for t in between if t.text not in told])


def behind(here: Clause, figure: Token) -> bool:
    """完成了会改联的选票, 弄好了会改联台账: whether what is done is a noun behind the figure."""
    quiet = (Kind.FILLER, Kind.TEXT, *_NOUNS)
    rest = [t for t in here.tokens if t.start >= figure.end]
    behind = list(takewhile(lambda t: t.kind in quiet and t.text.strip(), rest))
    if "".join(t.text for t in behind).startswith(("的基础上", "的同时", "的前提下")):
        return False
    return _another(behind) or any(t.kind is Kind.TEXT and len(t.text) > 1 for t in behind)
