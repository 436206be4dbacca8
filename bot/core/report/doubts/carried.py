"""A number that only by its place would be of the village named last: 富美完成，九蓬未完成，新增执委21名; 富美村完成，区域化完成，新增执委15名."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from bot.core.model import Level
from bot.core.reading import Ask, Claim, Lexicon, Mark, Question
from bot.core.report.tokens.sheet import Token
from bot.core.report.units.grouped import group_before
from bot.core.report.words.vocabulary import Kind

_STOPS: Final = frozenset(",;。!\n")
_STOP: Final = re.compile(r"[,;。!\n()]")
_ENDS: Final = frozenset("。;!\n")
_ITEM: Final = re.compile("[(]?[0-9一二三四五六七八九十]+[.、)]")
"""3. 新增执委: the number of a section."""


_HAS: Final = re.compile("新[增选]|选[了好完出上]|开[了过完]|[搞弄办做改][了好完]|会改联|执委")
_NOUN: Final = re.compile("(?:新[增选])?(?:的)?执委|会改联")
_HAS_FIRST: Final = re.compile("(?:新[增选]|选[了出]|开[了过]|[搞弄办做改]了)$")
_ALL: Final = re.compile("[都均全也]")


def doubts(
    text: str, tokens: Sequence[Token], claims: Sequence[Claim], lexicon: Lexicon
) -> list[Question]:
    """Questions about what an office tells without a word of whom, behind a village that has hardly any of it."""
    if lexicon.own.level is Level.VILLAGE:
        return []
    none = [c for c in claims if c.value in _NONE and c.named]
    for claim in none:
        of = [unit for c in none if c.span == claim.span for unit in c.units]
        if len(of) > 1 and _had(text, tokens, claim, frozenset(of)):
            return [Question(Ask.UNIT, claim.span, claim.indicators)]
    counted = [c for c in claims if isinstance(c.value, int) and c.value and len(c.units) == 1]
    return [
        Question(Ask.UNIT, c.span, c.indicators)
        for c in counted
        if c.named and _carried(text, tokens, c, claims, lexicon)
    ]


_NONE: Final = (Mark.NOT, Mark.ZERO, Mark.SAME)


def _had(text: str, tokens: Sequence[Token], claim: Claim, of: frozenset[str]) -> bool:
    """富美、念山新增，九蓬没有; 富美选了念山没选: whether those in front may have what the last has not."""
    units = [
        t
        for t in tokens
        if _below(t) and t.end <= claim.span[0] and not of.isdisjoint(p.key for p in t.places)
    ][-len(of) :]
    if len(units) < len(of):
        return False
    between = [text[one.end : then.start] for one, then in pairwise(units)]
    if "," in "".join(between) and _HAS_FIRST.search(text, 0, units[0].start):
        return True
    if _ALL.search(text, units[-1].end, claim.span[1]):
        between = [_NOUN.sub("", said) for said in between]  # 富美新增执委、念山新增执委都没有
    return any(_HAS.search(said) for said in between)


_TO: Final = re.compile("(?:在|到|去|来|借用?|地[点址]|地[点址][在是为:])(?:了|的|我[乡镇县])?$")
_THERE: Final = re.compile(
    "(?:村|妇联|的)*(?:大?礼堂|[^,。;!\n]{0,4}(?:会议室|会场|活动室|办公楼|广场))?(?:现场)?"
    "(?:召?开(?:了|的)?(?:会|大会|会议|妇代会)?(?!过)|举[行办]|挂牌|揭牌|检查|调研|指导|督[导查]|走访|参观|学习|了?,|$)"
)
"""会议在富美村召开, 县妇联来富美村检查: only where something was."""


_ITS_OWN: Final = re.compile(
    "(?:这|那|村名?|单位|:)*(?:(?:都|均)?(?:是|归|属于?))?\x00(?:村|社区|乡|镇|妇联|主席|主任|那边|里|、)*"
    "(?:(?:刚|刚刚|刚才|今天)?(?:上?报|发|说)(?:上来|过来|来)?的?)?(?:新[增选])?的?(?:执委)?数?"
)
"""新增执委12名，是念山村的: whose they are, behind them."""
_MORE: Final = re.compile("\x00村?(?:[、和及与跟]+\x00村?)+")
"""三个村都是新增9名，富美、念山、九蓬."""
_HELD: Final = re.compile("[开选改联]|换届|完成|妇代|成立|产生|[搞弄办做][好完]|挂牌")
_LED: Final = re.compile(
    "(?:村|社区|妇联|主席|主任|那边|的|这|本|上|今|昨|刚|才|[周月天日号晚早午]|[一二三四五六日0-9]|上午|下午|星期|礼拜|数|人数|情况|方面|这边|目前|现在|也|还)*(?:上?报(?:告|来|上来|过来)?|反馈(?:来|过来)?|来电|说|汇报)?[:\\s]*|(?:新[增选])?的?执委"
)
"""富美村这周，新增执委12名; 富美村上报，新增执委12名: what follows is hers; 富美报了 tells of itself."""


def _behind(
    text: str, claims: Sequence[Claim], claim: Claim, unit: Token, tokens: Sequence[Token]
) -> bool:
    """新增执委15名，在富美村开的会: whether a clause behind a number says anything but that it is this unit's."""
    stops = [m.end() for m in _STOP.finditer(text, claim.span[1], unit.start)]
    if not stops:
        return False
    start, end = stops[-1], _STOP.search(text, unit.end)
    if any(start <= c.span[0] < unit.start for c in claims):
        return False  # 新增执委12名，会改联完成：念山村
    until = end.start() if end else len(text)
    said = text[start:until]
    for more in reversed([t for t in tokens if _below(t) and unit.start <= t.start < until]):
        said = said[: more.start - start] + "\0" + said[more.end - start :]
    said = _MORE.sub("\0", said)
    return _ITS_OWN.fullmatch(said.replace(" ", "")) is None


def _only_there(text: str, unit: Token) -> bool:
    """Whether the village is only told as the place of something."""
    return _TO.search(text, 0, unit.start) is not None and _THERE.match(text, unit.end) is not None


def _of_itself(text: str, unit: Token) -> bool:
    """区域化已完成，念山报了，执委15名: whether the village's clause tells nothing that has members."""
    clause = _STOP.split(text[unit.end :])[0]
    return not _HELD.search(clause) and _LED.fullmatch(clause) is None


def _sections(between: Sequence[Token]) -> bool:
    return any(_ITEM.fullmatch(t.text.strip()) for t in between)


def _carried(
    text: str, tokens: Sequence[Token], claim: Claim, claims: Sequence[Claim], lexicon: Lexicon
) -> bool:
    before = [n for n, t in enumerate(tokens) if t.start < claim.span[0]]
    last = next((n for n in reversed(before) if _below(tokens[n])), None)
    if last is None:
        first = next((t for t in tokens if _below(t) and t.start > claim.span[0]), None)
        hers = first is not None and any(p.key in claim.units for p in first.places)
        return first is not None and hers and _behind(text, claims, claim, first, tokens)
    if all(p.key not in claim.units for p in tokens[last].places):
        return False
    between = tokens[last + 1 : before[-1] + 1]
    if not any(t.kind is Kind.BREAK and t.text in _STOPS for t in between):
        return False
    if _only_there(text, tokens[last]):
        return True
    told = [c for c in claims if c.span[0] < claim.span[0]]
    numbers = {unit for c in claims if isinstance(c.value, int) and c.named for unit in c.units}
    others = numbers.difference(claim.units)  # 石屯镇完成，新增17；星溪乡未完成，新增15
    if not others and any(c.value is Mark.NOT and c.units == claim.units for c in told):
        return True
    own = [c for c in told if c.units == (lexicon.own.key,)]
    if any(c.span[0] >= tokens[last].end for c in own):
        return True
    if own and (_of_itself(text, tokens[last]) or _sections(between)):
        return True
    done = [c for c in told if c.named and c.value is Mark.DONE]
    itself = any(c.units == claim.units for c in done)
    for other in (c for c in done if itself and numbers.isdisjoint(c.units)):
        # 富美完成，念山完成，新增执委21名
        near = [t for t in tokens if other.span[1] <= t.start < claim.span[0]]
        if not any(t.kind is Kind.BREAK and t.text in _ENDS for t in near):
            return True
    group = {p.key for t in group_before(tokens, last + 1)[1] for p in t.places}
    return any(not group.isdisjoint(c.units) and numbers.isdisjoint(c.units) for c in told)


def _below(token: Token) -> bool:
    return token.kind is Kind.UNIT and token.places[0].depth > 0
