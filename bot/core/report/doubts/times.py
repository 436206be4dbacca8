"""What a clause says of another time: a plan, the step that comes next, last week; and of whom, when somebody called."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from bot.core.model import Level
from bot.core.reading import Ask, Claim, Mark, Question
from bot.core.report.clauses.said import FINISHED, Clause, Raw, names
from bot.core.report.clauses.walk import Walk
from bot.core.report.tokens.sheet import Token
from bot.core.report.words.vocabulary import Kind

_YEAR: Final = re.compile(
    r"(?:^|[,。;:!?\s])[^,。;:!?\n0-9]{0,12}?(?<![0-9])(20[0-9]{2}|[0-2][0-9])年(?!\s*[0-9]{1,2}月|第|度|[至到~-]|任|的|换届(?:以来|之后|后|时)|末)[^,。;:!?\n]*$"
)
"""2012年我村: alone, without a month."""
_YEARBOOK: Final = re.compile(
    r"(?:^|\n)[^,。;:!?\n0-9]{0,8}(?<![0-9])(20[0-9]{2})年(?![,至以]|[0-9]{1,2}月)[^,。;!?\n0-9]{0,14}[:\n]"
)
"""2023年工作总结：above all that follows."""
_OLD_MONTH: Final = re.compile(
    r"(?:^|[,。;:!?\s])[^,。;:!?\n0-9]{0,12}?(?<![0-9])(20[0-9]{2})年([0-9]{1,2})月(?!\s*[0-9])[^,。;:!?\n]*$"
)
"""2021年5月底完成: a month of long ago, without a day."""
_LONG_AGO: Final = 11  # months
_CONDITIONS: Final = frozenset(str.split("如果 要是 假如 倘若 万一 只要 的话 若 假设"))
_SHOWN: Final = re.compile("上墙|公示|公布|报送|附|交|发")


def of_years(text: str, claims: Sequence[Claim], today: date | None) -> list[Question]:
    """Questions about what is said of another year than hers; none if that is not known."""
    year = today.year if today else 0
    found: list[Question] = []
    for claim in claims if year and "年" in text else ():
        before = text[: claim.span[0]]
        said = _YEAR.search(before) or _YEARBOOK.search(before)
        month = _OLD_MONTH.search(before) if today else None
        ago = (year - int(month[1])) * 12 + today.month - int(month[2]) if month and today else 0
        if ago > _LONG_AGO or (said and int(said[1]) % 100 != year % 100):
            found.append(Question(Ask.EARLIER, claim.span, claim.indicators))
    return found


def planned(walk: Walk, fresh: list[Raw]) -> Ask | None:
    """The reason to set a clause with a word of planning aside, unless what is planned is another matter."""
    clause = walk.here
    if _paperwork(clause) or _next_step(clause, fresh):
        return None
    walk.conditional = walk.conditional or any(t.text in _CONDITIONS for t in clause.tokens)
    walk.planned = (not fresh or walk.conditional) and not _on_papers(clause)
    if walk.own is not Level.VILLAGE and fresh and _headed(clause):
        walk.ask(Ask.NOT_DONE, clause.first(Kind.PLAN))  # 各村情况太差：富美村新增12名，念山村9名
    if _under_way(walk, fresh):
        if walk.own is not Level.VILLAGE and clause.has(Kind.UNIT):
            walk.out.idle += [t for t in clause.tokens if names(t, FINISHED)]  # 石门村还在推进
        else:
            walk.ask(Ask.NOT_DONE, clause.first(Kind.PLAN))
    return Ask.NOT_DONE


def _headed(clause: Clause) -> bool:
    """Whether the word of planning stands over the unit and not beside it: of one village, or of all of them?"""
    plan, unit = (
        clause.first(Kind.PLAN),
        next((t for t in clause.loud if t.kind is Kind.UNIT), None),
    )
    between = (t for t in clause.tokens if unit and plan.end <= t.start < unit.start)
    return plan.text[:1] != "缺" and any(t.text == ":" for t in between)


def _on_papers(clause: Clause) -> bool:
    """还在弄材料，执委12名: what is under way is something else."""
    at = clause.loud.index(clause.first(Kind.PLAN))
    following = clause.after(at).kind
    return clause.first(Kind.PLAN).text.startswith(("在", "正在")) and following in (
        Kind.MATTER,
        Kind.LABEL,
        Kind.TEXT,
    )


_LATELY: Final = frozenset(
    str.split("上周 上礼拜 上个礼拜 上星期 上个星期 上月 上个月 上一周 前一周 前几周 前期 早前")
)


_CHOSEN: Final = re.compile("[选定配推][好完定齐的]")


_ALREADY: Final = re.compile("(?:就|已经?|早就?)(?:全部|都|顺利)?$")


def past(walk: Walk, fresh: list[Raw]) -> Ask | None:
    """上周新增3名 is another period's; 会改联上周就完成了: so it is now."""
    clause = walk.here
    lately = all(t.text in _LATELY for t in clause.tokens if t.kind is Kind.EARLIER)
    if fresh and lately and all(raw.indicators and raw.value is Mark.DONE for raw in fresh):
        return None
    done = [raw.span[0] for raw in fresh if raw.indicators and raw.value is Mark.DONE]
    if done and lately and _ALREADY.search(walk.text[clause.tokens[0].start : done[0]]):
        return None  # 会改联上个月就完成了执委新增十二名
    settled = clause.has(Kind.DONE, Kind.ELECTION) or any(
        _CHOSEN.search(t.text) for t in clause.tokens
    )
    walk.earlier = not (fresh or (lately and settled) or clause.has(Kind.CORRECTION, Kind.NUMBER))
    if any(raw.value is Mark.DONE for raw in fresh):
        walk.ask(Ask.EARLIER, clause.first(Kind.EARLIER))
    return Ask.EARLIER


def _paperwork(clause: Clause) -> bool:
    """新增执委12名 8.1前上墙: what is planned is only to show it."""
    plan = clause.first(Kind.PLAN)
    numbers = [t for t in clause.tokens if t.kind is Kind.NUMBER]
    behind = "".join(t.text for t in clause.tokens if t.start >= plan.end)
    told = bool(numbers) and max(t.end for t in numbers) <= plan.start
    return told and plan.text.endswith("前") and _SHOWN.search(behind) is not None


_MUST: Final = re.compile("可以?|要求|规定|需要?|必须|务必|要|应|希望|待|等")
_QUIET: Final = (
    Kind.INDICATOR, Kind.PLAN, Kind.BREAK, Kind.MATTER, Kind.DONE, Kind.EXPLAINED, Kind.HEDGE, Kind.UNIT, Kind.STEP
)  # fmt: skip


def _under_way(walk: Walk, fresh: list[Raw]) -> bool:
    """会改联还在搞, 会改联快了: a figure is named, and that it is not done yet is all that is said of it."""
    clause = walk.here
    if fresh or walk.conditional or not any(names(t, FINISHED) for t in clause.tokens):
        return False
    plans = [t for t in clause.tokens if t.kind is Kind.PLAN]
    quiet = (*_QUIET, Kind.TEXT) if any(t.text.endswith("差") for t in plans) else _QUIET
    return not clause.content(*quiet) and not all(_MUST.fullmatch(t.text) for t in plans)


_WISHED: Final = re.compile(
    "(?:这|那|还|都|就|只|是)*(?:计划|预计|打算|准备|争取|目标|任务|规定|要求|指标|拟定?)(?:数|人数|的|中|阶段)*|(?:还|仍)?(?:在)?(?:进行|推进|筹备|办理)中|还[差缺]|等(?:通知|批|开会|公示|乡里批|上级批|县里批|镇里批|上面批|批复|定|消息)+|待(?:公示|批|审|定|核)"
)
_TO_BE: Final = re.compile(
    "落实|到位|上任|投票|产生|定下来|敲定|生效|才(?:算|能|行)|(?:再|来|去|正式|重新)?选(?![派好出举]?.{0,2}[名人])|选举|换届"
)
_ITS_OWN: Final = (
    Kind.NUMBER, Kind.INDICATOR, Kind.STEP, Kind.UNIT, Kind.LABEL, Kind.DONE, Kind.ADD, Kind.ROLE, Kind.FOREIGN
)  # fmt: skip


def still_to_come(walk: Walk, reason: Ask, fresh: list[Raw]) -> None:
    """执委12名，下周落实: what was said before is still to come."""
    clause, last = walk.here, walk.last_number()
    if reason is not Ask.NOT_DONE or fresh or last is None or clause.has(Kind.UNIT):
        return
    said = "".join(t.text for t in clause.tokens)
    if clause.has(Kind.PLAN) and _WISHED.fullmatch(said.strip(",。;!")):
        walk.ask(Ask.NOT_DONE, clause.first(Kind.PLAN))  # 执委9名，计划的
        return
    own = [t for t in clause.tokens if t.kind in _ITS_OWN and not _TO_BE.search(t.text)]
    if not own and not clause.has(Kind.CORRECTION) and _TO_BE.search(said):
        walk.ask(Ask.NOT_DONE, clause.first(Kind.PLAN) if clause.has(Kind.PLAN) else clause.loud[0])


_THEIRS: Final = re.compile(
    "(?:都|全|那|这|也|是)*(?:原来|原先|去年|前年|上届|上次|上周|之前|以前)的[人数]?[了吧]*[,。;!]?"
)


def left_out(walk: Walk, reason: Ask) -> None:
    """（含3名上届）, 加上昨天报的3名: what is left out changes what was said before it."""
    clause, last = walk.here, walk.last_number()
    numbers = [t for t in clause.tokens if t.kind is Kind.NUMBER]
    said = walk.text[clause.tokens[0].start : clause.tokens[-1].end]
    if reason is Ask.EARLIER and last is not None and _THEIRS.fullmatch(said):
        walk.ask(Ask.EARLIER, clause.first(Kind.EARLIER))  # 执委12名，原来的
    changes = reason is Ask.EARLIER and clause.has(Kind.PART, Kind.RISKY)
    if not (changes and numbers and last is not None and isinstance(last.value, int)):
        return
    walk.ask(Ask.VALUES, numbers[0])
    less = clause.has(Kind.PART)
    value = last.value - numbers[0].number if less else last.value + numbers[0].number
    walk.out.void.append((replace(last, value=value), Ask.VALUES))


def _next_step(clause: Clause, fresh: list[Raw]) -> bool:
    """已备案待挂牌: what is planned is the step behind the one that was reached."""
    plan = clause.first(Kind.PLAN)
    at = clause.loud.index(plan)
    reached = bool(fresh) and all(r.span[1] <= plan.start for r in fresh)
    return reached and clause.after(at).kind is Kind.STEP


def as_before(walk: Walk, token: Token) -> bool:
    """没有新增执委，都是老的: words of the old ones bear out that there are none."""
    old = "老" in token.text or token.text in ("连任", "留任", "续任", "原有执委")
    none = (Mark.ZERO, Mark.SAME, 0)
    claims = walk.out.claims
    return old and bool(claims) and all(raw.value in none and raw.indicators for raw in claims)


_CALLED_UP: Final = re.compile("(?:主席|书记|文书|干事)[^,。]{0,4}(?:打|来电|电话|发|报|微信)")


def called_up(walk: Walk, fresh: list[Raw]) -> bool:
    """念山主席刚打电话来，她们会改联完成, by an office: they are those who called."""
    named = bool(fresh) and all(raw.named for raw in fresh)
    before = walk.text[: walk.here.tokens[0].start]
    return walk.own is not Level.VILLAGE and named and _CALLED_UP.search(before) is not None
