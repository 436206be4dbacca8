"""A step on the way, or another body, is done: 完成了代表推选，共45名; 前期工作完成了; 村委换届完成，5名; 材料报送情况：已完成.

The delegates, the leaders of the groups and the village board are elected too, and before the federation is. What is done there is not the
conversion, and how many were chosen there are no new members.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.core.reading import Ask, Claim, Lexicon, Mark, Question, Step
from bot.core.report.tokens import steps as said_of
from bot.core.report.tokens.sheet import Token
from bot.core.report.words.vocabulary import Kind

_STOP: Final = re.compile(r"[,;。!?\n]")
_CHOICE: Final = "(?:换届)?(?:推选|推荐|推举|选举|评选|产生|换届)"
_STEP: Final = (
    f"(?:(?:代表|[小组]组?长|村委会?|[村两]两?委|支部|支书|党员|副?主席|先进|家庭)的?{_CHOICE}|选(?:举|出)?(?:妇女|村民)?代表(?!大会)|代表会"
    "|动员(?:部署)?|公示|报名|前期|(?:选举|换届)?(?:准备|筹备)|摸底|部署|宣传(?:发动)?|征缴|安装|问卷|网课|学习|[到参]会|培训|第[一二三四五]?[轮步]|第[一二三四]阶段|前[一两二三四][项步]"
    "|妇女(?:之家|小组)|材料|(?<!联)(?<!表大)会议)"
)
_CHOOSING: Final = "(?:(?:执委|候选人?|人选|人员)的?)*(?:推荐|提名|酝酿|(?<=人选)考察|(?<=候选人)考察|(?<=候选人)公示|(?<=人选)公示)"
_TAIL: Final = "(?:工作|任务|建设|选举|推选|换届|准备|报送|上[交报]|收集|召开|大?会|阶段|情况|进[度展]|结果|汇总|统计|名单|这一?[步项块])*"
_HAS: Final = (
    "(?:已经?|都|也|均|全部?|[今昨]天|刚刚?|顺利|圆满|基本|正式|我[村乡镇]|[本各]村|的|[:、\\s])*"
)
_DONE: Final = "(?:完成|完毕|结束|[搞做弄办][好完定])"
_SAID: Final = re.compile(f"{_STEP}{_TAIL}{_HAS}{_DONE}")
_OBJECT: Final = re.compile(
    f"{_DONE}[了好]*(?:工作)?:?(?:我[村乡镇]|[本各全][村乡镇]|村里?|[镇乡县])?的?(?:妇女|村民)?{_STEP}"
)
_ALL_OF_IT: Final = re.compile(
    f"{_DONE}[了好]*(?:妇女|村民)?{_STEP}{_TAIL}$|第[一二三四五][轮步]{_HAS}{_DONE}"
)
"""会改联完成了选代表这一步: with the figure named, only where nothing else is done."""
_HEADING: Final = re.compile(f"{_STEP}{_TAIL}{_HAS}(?:{_DONE}了?)?(?:{_TAIL})$")
_READIED: Final = re.compile(
    f"(?:^|[,。;!\\n])[^,。;!\\n经]{{0,12}}?(?:{_DONE}了?{_CHOOSING}(?:工作)?|{_CHOOSING}(?:工作)?(?:也|已经?|都|全部?)*{_DONE}了?)(?=[,。;!\\n])"
)
"""按照要求已完成推荐，新增执委12名: they are put forward, and were they elected?"""
_ELECTED: Final = re.compile(
    "选举|当选|[选推]出|产生|换届|投票|表决|改联|区域化|大会|已选|选[了好上]"
)
_CHOSEN: Final = re.compile("新[增选当进任]|增[选补加]|当选|补选|[一-鿿]委(?!会|员会)|委员(?!会)")
_SIGNS: Final = frozenset("选荐举换动公报前准筹摸部宣征安问网学参培第妇材会代")


def doubts(
    told: str, tokens: Sequence[Token], claims: Sequence[Claim], lexicon: Lexicon
) -> list[Question]:
    """Questions about what is done, and about bare numbers, where a step or another body is spoken of."""
    if _SIGNS.isdisjoint(told):
        return []
    figures = [t for t in tokens if t.kind is Kind.INDICATOR]
    found = []
    readied = _READIED.search(told) is not None and not _ELECTED.search(told)
    for claim in claims:
        start = max((m.end() for m in _STOP.finditer(told, 0, claim.span[0])), default=0)
        until = _STOP.search(told, claim.span[1])
        end = until.start() if until else len(told)
        named = any(start <= t.start < end for t in figures)
        clause = lexicon.names.without(told[start:end])
        if claim.value is Mark.DONE:
            front = _front(told, start, lexicon)
            if _OVER.fullmatch(clause.strip()) and _CONVERTED.search(told, end):
                continue
            other = bool(_ALL_OF_IT.search(clause)) if named else _step_done(clause, front)
        else:
            other = isinstance(claim.value, int) and not named and claim.value > 0
            over = clause.rpartition(":")[0]
            other = other and not _CHOSEN.search(clause)
            other = other and (over_it(over) or _of_them(told[:start], figures, lexicon))
        told_of = claim.value is Mark.DONE or (isinstance(claim.value, int) and claim.value > 0)
        if other or (readied and told_of):
            found.append(Question(Ask.UNREAD, claim.span, claim.indicators))
    return found


def unreached(text: str, tokens: Sequence[Token], claims: Sequence[Claim]) -> list[Question]:
    """挂牌好了，就剩备案: a step is left that comes before the one that was reached."""
    found = []
    for claim in (c for c in claims if isinstance(c.value, Step)):
        if sum(t.kind is Kind.UNIT for t in tokens) > 1:
            continue  # 富美村挂牌了，念山村还没备案
        before = [
            t
            for t in tokens
            if t.kind is Kind.STEP
            and t.indicators[0].code in claim.indicators
            and _comes_before(t, claim)
            and said_of.state(text, t) is said_of.State.NOT
        ]
        found += [Question(Ask.STEP, claim.span, claim.indicators) for _ in before[:1]]
    return found


def _comes_before(token: Token, claim: Claim) -> bool:
    steps = token.indicators[0].steps
    reached = claim.value.name if isinstance(claim.value, Step) else ""
    return reached in steps and token.step in steps[: steps.index(reached)]


_OVER: Final = re.compile(
    "(?:会议|大会|选举(?:大?会)?|整个会议)(?:在[^,]{1,8}中)?(?:顺利|圆满|成功|已经?|胜利|也|都)*(?:结束|闭幕|落幕)了?"
)
_CONVERTED: Final = re.compile(
    "(?<![未没待])(?:完成了?|已)(?:妇代会)?(?:会改联|改联|改妇联|改建)|(?:会改联|改联)(?:工作|任务|已|也|全面|圆满|顺利|全部)*完成"
)
"""会议圆满结束，现已完成改联: the meeting is not all that is done."""


def _step_done(clause: str, front: str) -> bool:
    """Whether what is done in a clause is a step, or the clause stands bare under a heading of one."""
    if _SAID.search(clause) or _OBJECT.search(clause):
        return True
    bare = re.fullmatch(f"{_HAS}{_DONE}了?", clause.strip()) is not None
    return bare and over_it(front)


def over_it(said: str) -> bool:
    """Whether a heading, without names of units, is one of a step or of another body: 代表推选情况, 材料报送."""
    return not _SIGNS.isdisjoint(said) and _HEADING.search(said) is not None


def _of_them(front: str, figures: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether the clause in front is of a step that is done, or a heading of one."""
    start = max((m.end() for m in _STOP.finditer(front, 0, max(len(front) - 1, 0))), default=0)
    if any(start <= t.start < len(front) for t in figures):
        return False
    before = _front(front, len(front), lexicon)
    return over_it(before) or _OBJECT.search(before) is not None


def _front(told: str, start: int, lexicon: Lexicon) -> str:
    """The clause in front of a place, without names of units."""
    parts = _STOP.split(told[:start])
    return lexicon.names.without(parts[-2] if len(parts) > 1 else "").strip()
