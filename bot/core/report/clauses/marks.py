"""Values that are no numbers, but for done: not done, a step, none, as before."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.core import ledger
from bot.core.model import Indicator, IndicatorKind
from bot.core.reading import Ask, Mark, Step, Value
from bot.core.report.clauses.said import COUNTED, FINISHED, NOUNS, Clause, glued, names
from bot.core.report.clauses.walk import Walk
from bot.core.report.tokens import steps
from bot.core.report.words.vocabulary import Kind

_SUBJECTS = (Kind.ELECTION, Kind.STEP, Kind.TEXT, Kind.LABEL, Kind.MATTER, Kind.ROLE, Kind.PEOPLE)
_OTHERS = re.compile("章|牌|证书|名单|照片|材料|表格|场地|通气|[还没未]审|公示")
"""念山村公章还没盖: what is not done is another thing."""
_HEADS = re.compile("的?(?:村|社区|乡镇|单位|有|是)*:")
"""未完成的村：九蓬."""
_NOT_ALL = re.compile("[没未不]有?(?:全|都)")
"""念山、富美没全完成: which of them?"""
_WHOLE = re.compile(r"$|[\W_了啊呀哦噢哈啦呢嘛的得哟咯嘞哩人啥]|谢|报告|领导|本|目前|暂时")
"""What may stand behind 没有 that is the whole answer; not 没去村里."""


def not_done(walk: Walk, at: int) -> None:
    """还没完成; with a number behind it (没选12个) nothing is known."""
    token = walk.here.loud[at]
    previous = walk.here.before(at)
    if token.text == "✗" and previous.kind is Kind.NUMBER and glued(previous, token):
        walk.ask(Ask.NOT_DONE, token)  # 新增执委12✗ 会改联✓
        return
    if walk.here.after(at).kind is Kind.STEP and glued(token, walk.here.after(at)):
        return  # 还没备案: of the step, which is not reached
    found = walk.named(at, FINISHED)
    if len(walk.units) > 1 and _NOT_ALL.search(token.text):
        walk.ask(Ask.UNIT, token)
    pending = bool(walk.units) and not walk.used and not walk.waits(COUNTED)
    said = walk.text[walk.here.tokens[0].start : walk.here.tokens[-1].end]
    pending = pending and not _OTHERS.search(said)
    following = walk.here.after(at)
    apart = not glued(token, following) or token.text == "✗"
    column = pending and following.number == 0 and apart
    if following.kind is Kind.NUMBER and not column:  # 九蓬村 未完成 0
        walk.skip.add(at + 1)
        walk.ask(Ask.NOT_DONE, token)
    elif found or pending or _HEADS.match(walk.text, token.end):
        walk.claim(found, Mark.NOT, token)
    elif "选" in token.text and _none_told(walk):
        return  # 执委还是零，没选
    elif walk.waiting or not walk.here.has(*_SUBJECTS):
        walk.waiting.clear()
        walk.ask(Ask.NOT_DONE, token)


def _none_told(walk: Walk) -> bool:
    """Whether none was said of a figure just before."""
    last = walk.out.claims[-1] if walk.out.claims and not walk.waiting else None
    return last is not None and bool(last.indicators) and last.value in (Mark.ZERO, 0)


def step(walk: Walk, at: int) -> None:
    """A step of a stage: reached, not reached, or only spoken of."""
    token = walk.here.loud[at]
    said = steps.state(walk.text, token)
    if said is steps.State.NOT:
        walk.waiting.clear()
        if not steps.whether(walk.text, token):
            walk.out.idle.append(token)
        return
    unclear = said is steps.State.UNCLEAR and not (
        walk.mending and steps.put_right(walk.text, token)
    )
    walk.waiting = [one for one in walk.waiting if names(one, COUNTED)]
    if walk.here.has(Kind.NOT_DONE) or (unclear and not _of_stage(walk.here, at)):
        walk.ask(Ask.STEP, token)
    walk.claim(token.indicators, Step(token.step), token)


def _of_stage(clause: Clause, at: int) -> bool:
    """会改联进度推荐: the step is the value of the stage that was named."""
    previous = clause.before(at)
    return names(previous, (IndicatorKind.STAGE,))


# ---- none, as before -------------------------------------------------------------------------------------


def zero(walk: Walk, at: int) -> None:
    """没有新增: none of the figure that is named, of all of hers if none is."""
    token, following = walk.here.loud[at], walk.here.after(at)
    found = walk.named(at, COUNTED) or _of_the_last(walk, token.text)
    if _FOUNDED.search(token.text) and (walk.waits(FINISHED) or not found):
        not_done(walk, at)  # 会改联还没成立, 还没建成
        return
    if following.kind is Kind.NUMBER:
        walk.skip.add(at + 1)
        walk.ask(Ask.NOT_DONE, token)
        return
    if following.kind in (*NOUNS, Kind.TEXT) and glued(token, following):
        walk.ask(Ask.UNREAD, following)
    if not found and token.text.startswith(("零", "0", "报0", "报零")):  # 没新情况，零报告
        here = walk.units or [()]
        walk.out.claims = [
            c
            for c in walk.out.claims
            if c.value is not Mark.SAME or c.indicators or c.places not in here
        ]
    walk.claim(found, Mark.ZERO, token)


_FOUNDED = re.compile("(?:成立|设立|建立|(?<!新)建(?:成|好|起来?)?)$")
_LEFT = re.compile("[建设]|增没减|不减|增减")


def _of_the_last(walk: Walk, said: str) -> tuple[Indicator, ...]:
    """妇女之家3个，没新建: nothing new of what was counted before."""
    last = walk.out.claims[-1] if walk.out.claims else None
    if last is None or not isinstance(last.value, int) or not _LEFT.search(said):
        return ()
    return () if any(ledger.adds(one) for one in last.indicators) else last.indicators


_UNTOLD = re.compile("(?:上?报|准?数|定|结果|消息|统计|名单|公布|准信)(?:[,。!;]|$)")


_SAID = re.compile(
    "(?:没有?|无|未)(?:写|说|讲|提|听说|通知|规定|贴|看到|讲过|提到|发(?!展|现))(?!新)"
)
"""执委任期几年，文件里没写."""


def none(walk: Walk, at: int) -> None:
    """没有: of a named figure, or the whole answer; 没有12名 is neither, 没有人反对 is nothing."""
    token, following = walk.here.loud[at], walk.here.after(at)
    if walk.here.before(at).kind is Kind.VOID or _SAID.match(walk.text, token.start):
        return
    found = walk.named(at, COUNTED)
    if following.kind is Kind.NUMBER and glued(token, following):
        walk.skip.add(at + 1)
        walk.ask(Ask.NOT_DONE, token)
    elif found:
        walk.claim(found, nothing(found), token)
        if _UNTOLD.match(walk.text, token.end):
            walk.ask(Ask.NOT_DONE, token)  # 至于新增执委，我们村没有数
    elif _as_the_last(walk):
        walk.claim(walk.out.claims[-1].indicators, Mark.NOT, token)
    elif not walk.here.content(Kind.UNIT, Kind.NONE) and _WHOLE.match(walk.text, token.end):
        walk.claim(_none_before(walk), Mark.ZERO, token)


def _none_before(walk: Walk) -> tuple[Indicator, ...]:
    """新增执委没有，一名都没有: the figure that was said to be none just before."""
    last = walk.out.claims[-1] if walk.out.claims else None
    return last.indicators if last is not None and last.value in (Mark.ZERO, 0) else ()


def _as_the_last(walk: Walk) -> bool:
    """念山、富美已完成，九蓬还没有: not what the others have done."""
    last = walk.out.claims[-1] if walk.out.claims else None
    alone = not walk.here.content(Kind.UNIT, Kind.NONE) and walk.here.has(Kind.UNIT)
    return alone and last is not None and last.named and last.value in (Mark.DONE, Mark.NOT)


def same(walk: Walk, at: int) -> None:
    """没变化, 跟上周一样: of what is named, else of all that is hers."""
    token, previous = walk.here.loud[at], walk.here.before(at)
    if previous.text in ("其他", "其它"):
        return
    if walk.waits(COUNTED) and walk.here.after(at).kind is Kind.NUMBER:
        return  # 妇女之家跟以前一样2个
    if (
        token.text.startswith("还没")
        and token.text.endswith("动")
        and walk.waits(FINISHED)
        and not walk.waits(COUNTED)
    ):
        walk.claim(walk.take_waiting(FINISHED), Mark.NOT, token)  # 会改联还没动
        return
    named = [one.indicators for one in walk.waiting]
    found = named.pop() if named else ()
    if not found and previous.kind is Kind.SAME:
        return  # 区域化跟上周一样没有变化
    if not found and _said_so(walk):
        said = walk.out.claims[-1]  # 执委没变，跟上周一样
        said.span = (said.span[0], token.end)
        return
    last = walk.last_number()
    if not found and previous.kind is Kind.NUMBER and last is not None:
        found = last.indicators  # 妇女之家2个不变
    walk.waiting.clear()
    if previous.kind in (Kind.TEXT, Kind.LABEL):
        walk.ask(Ask.UNREAD, previous)
    for each in named:
        walk.claim(each, Mark.SAME, token)  # 区域化和执委都没有变化
    walk.claim(found, Mark.SAME, token)


def _said_so(walk: Walk) -> bool:
    """执委跟上周一样，没变: said of a figure already, and of nothing else now."""
    last = walk.out.claims[-1] if walk.out.claims else None
    told = last is not None and last.value is Mark.SAME and bool(last.indicators)
    return told and not walk.here.content(Kind.SAME)


def nothing(indicators: tuple[Indicator, ...]) -> Value:
    """没有 said of a figure: no new ones, or none at all where the figure is what there is."""
    fresh = not indicators or any("新" in one.name or ledger.adds(one) for one in indicators)
    return Mark.ZERO if fresh else 0


_EVEN = re.compile("[都也]")


def one_none(walk: Walk, at: int) -> bool:
    """一名执委都没增加, 执委一个也没有: none."""
    token = walk.here.loud[at]
    rest = [t for t in walk.here.loud[at + 1 :] if t.kind is not Kind.INDICATOR]
    none = rest and rest[0].kind in (Kind.ZERO, Kind.NONE, Kind.NOT_DONE)
    if token.number != 1 or not none:
        return False
    told = [t for t in rest if t.kind is not Kind.BREAK]
    alone = glued(token, rest[0]) and len(told) == 1
    if not alone and not _EVEN.search(walk.text[token.end : rest[0].end]):
        return False
    found = walk.named(at, COUNTED) or _none_before(walk)
    walk.skip |= set(range(at + 1, len(walk.here.loud)))
    walk.claim(found, nothing(found), replace(token, end=rest[0].end))
    return True


_EVERY = re.compile(
    "(?:全部?|全都|都|均|整个|各项|项项|样样|两项|所有|一律|统统|通通)(?:数据|数字|指标|内容)?(?:全部?|都|均)*(?:是|为|报|填|:)*个?$"
)


def of_all(walk: Walk, at: int) -> bool:
    """Whether a number is said of all: 都是0, 全部为零."""
    if walk.here.before(at).kind is Kind.EACH:
        return True
    return _EVERY.search(walk.text[: walk.here.loud[at].start]) is not None
