"""Words that nobody knows beside a value: harmless, or a reason to ask."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from bot.core.model import Level
from bot.core.reading import Ask
from bot.core.report.clauses.said import Clause, Raw
from bot.core.report.clauses.walk import Walk
from bot.core.report.tokens.sheet import Token
from bot.core.report.words import danger, deeds
from bot.core.report.words.vocabulary import DANGEROUS, Kind

_NAME_LIKE: Final = 4  # unknown characters that may be somebody's name
_STRANGE: Final = frozenset("村乡镇县市候补代替不没未")
_HEADS: Final = (Kind.UNIT, Kind.INDICATOR, Kind.NUMBER, Kind.ADD)
_AROUND: Final = frozenset(
    str.split("搞 任务 工作任务 建设任务 队伍 壮大 充实 进行 会上 大会 现场 过来 起来 各级")
)
"""What may stand inside a claim: 执委队伍壮大了12人, 会改联任务完成."""
_PASSIVE: Final = frozenset(str.split("已 已经 被 都 均 全 都已 均已"))
_BECOMING: Final = frozenset(str.split("当 担任 成为 当上 做"))


@dataclass(frozen=True, slots=True)
class _Claimed:
    """Where a clause's claims begin and end, whether their figure or deed was said, whether each figure was named, whether any was counted."""

    start: int
    last: int
    firm: bool
    named: bool
    counted: bool


def ask(walk: Walk, fresh: list[Raw]) -> None:
    """Unknown words: before and inside a claim only what names no place and turns nothing, behind it harmless ones."""
    tokens = walk.here.tokens
    first, last = min(r.span[0] for r in fresh), max(r.span[1] for r in fresh)
    heads = [t for t in tokens if t.kind in (Kind.INDICATOR, Kind.ADD)]
    start = min([first, *(t.start for t in heads if t.start < first)])
    last = max([last, *(t.end for t in heads if t.start == last)])
    counted = [raw for raw in fresh if isinstance(raw.value, int)]
    if counted:
        _of_a_noun(walk, last)
    named = {r.value for r in counted if r.indicators}  # 执委新增了三个就三个
    told = _Claimed(
        start,
        last,
        all(r.firm for r in fresh),
        all(r.indicators or r.value in named for r in counted),
        bool(counted),
    )
    for n, token in enumerate(tokens):
        if any(r.span[0] < token.start and token.end <= r.span[1] for r in fresh):
            continue  # 改联[搞出来了]: a part of what is claimed
        doubtful = _text(walk, n, told) if token.kind is Kind.TEXT else _noun(walk, n, told)
        if doubtful:
            walk.ask(Ask.UNREAD, token)


def denied(walk: Walk, fresh: list[Raw]) -> None:
    """会改联不是完成了, 并非新增执委12名: a denial that no number follows; 各新增12名: each of whom?"""
    loud, single = walk.here.loud, walk.own is Level.VILLAGE or len(walk.units) == 1
    for n, token in enumerate(loud):
        behind = [raw for raw in fresh if raw.span[0] >= token.end]
        no = token.kind is Kind.VOID and token.text in _NOT and loud[n + 1 : n + 2]
        if behind and no and loud[n + 1].kind is not Kind.NUMBER:
            walk.ask(Ask.VALUES, token)
        counted = any(isinstance(raw.value, int) for raw in behind)
        if single and counted and token.kind is Kind.EACH and token.text[0] in "各每":
            walk.ask(Ask.UNIT, token)


_NOT: Final = frozenset(str.split("不是 并非 并不是"))


def _noun(walk: Walk, n: int, told: _Claimed) -> bool:
    """Whether a noun or a deed of the work around may have a number of its own."""
    tokens, token = walk.here.tokens, walk.here.tokens[n]
    strange = () if told.named else (Kind.MATTER, Kind.LABEL)
    matter = token.kind is Kind.MATTER
    inside = matter and told.start < token.start < told.last and token.text not in _AROUND
    if (token.kind in strange or inside) and token.text not in _BECOMING:
        return True
    if (
        token.kind in (Kind.MATTER, Kind.LABEL)
        and token.start == told.last
        and token.text in _VERBS
    ):
        return True  # 12名执委座谈
    met = matter and told.counted and (token.text in _VERBS or token.text in _MET)
    if met and _said_of_them(walk, tokens, n, told.last):
        return True  # 12名执委去县里学习
    return matter and token.start < told.last and _governs(walk, tokens, n)


def _text(walk: Walk, n: int, told: _Claimed) -> bool:
    """Whether unknown words may make another thing of the claim."""
    tokens, token = walk.here.tokens, walk.here.tokens[n]
    if token.start > told.last:
        if any(t.kind is Kind.PART and told.last <= t.start < token.start for t in tokens):
            return False
        before = tokens[n - 1]
        if before.kind is Kind.NUMBER and not before.counted and before.end == token.start:
            return True  # 三趟: a word of counting nobody knows
        if told.counted and len(token.text) > 1 and _said_of_them(walk, tokens, n, told.last):
            return True
        deed = danger.governs(token.text) and before.text not in _PASSIVE
        return not told.firm or deed or not DANGEROUS.isdisjoint(token.text)
    if token.start < told.start and _another_beside(tokens, n):
        return True
    if token.start > told.start and not told.counted and _PAPER.search(token.text):
        return True  # 改联表填好了
    if token.start > told.start or _of_hers(tokens, n):
        around = walk.text[max(0, token.start - 1) : token.end + 1]
        turned = danger.turns(token.text) or danger.governs(around)
        turned = turned or (token.start > told.start and len(token.text) > 1)
        turned = turned or _of_the_number(walk, tokens, n) or _before_them(tokens, n)
        return turned or not told.named
    return not _led_away(tokens, n, told.start)


_BEFORE_THEM: Final = frozenset("换调超少多免罢欠邻")
"""念山村换执委12名."""


def _before_them(tokens: list[Token], n: int) -> bool:
    return (
        tokens[n].text in _BEFORE_THEM
        and tokens[n + 1 : n + 2] != []
        and (
            tokens[n + 1].kind in (Kind.INDICATOR, Kind.ADD)
            and tokens[n + 1].start == tokens[n].end
        )
    )


_AND: Final = frozenset("和跟与及同、")


_MET: Final = frozenset(str.split("开会 学习 材料 资料 表格 文件 培训会 座谈会"))
_PAPER: Final = re.compile("[表图群章证照单册稿]|..")
_HAN: Final = re.compile("[\u4e00-\u9fff]")


def _said_of_them(walk: Walk, tokens: list[Token], n: int, last: int) -> bool:
    """12名执委去县里学习: what is said behind a figure in one breath, and nobody was chosen, is said of those who are there."""
    token = tokens[n]
    between = walk.text[last : token.start]
    if token.start < last or any(t.kind is Kind.ADD for t in tokens) or not _HAN.match(token.text):
        return False
    passive = {t.text for t in tokens if last <= t.start < token.start} & _PASSIVE
    return not passive and _HAN.fullmatch(between[:1] or "一") is not None and " " not in between


def _another_beside(tokens: list[Token], n: int) -> bool:
    """东山和林屯一共7个: unknown words joined to a unit may be another unit's name."""
    joined = n > 1 and tokens[n - 1].text in _AND and tokens[n - 2].kind in (Kind.UNIT, Kind.OWN)
    return joined and not danger.no_place(tokens[n].text)


def _of_hers(tokens: list[Token], n: int) -> bool:
    """我村大伙商量…: she has said of whom she speaks, so the unknown words are no other place."""
    return any(
        t.kind is Kind.OWN or (t.kind is Kind.UNIT and any(p.depth >= 0 for p in t.places))
        for t in tokens[:n]
    )


def _of_the_number(walk: Walk, tokens: list[Token], n: int) -> bool:
    """十而名: a character glued between a number and its word of counting may be a part of the number."""
    before, token = tokens[n - 1] if n else None, tokens[n]
    bare = before is not None and before.kind is Kind.NUMBER and not before.counted
    counts = walk.text[token.end : token.end + 1] in ("名", "个", "人", "位")
    return bare and counts and before is not None and before.end == token.start


_VERBS: Final = frozenset([*deeds.OTHERS, "上墙", "布置"])


def _governs(walk: Walk, tokens: list[Token], n: int) -> bool:
    """动员了12名执委, 公示执委12名: a deed of its own that the number or the figure is the object of."""
    token = tokens[n]
    done = walk.text[token.end : token.end + 1] == "了"
    end = token.end + done
    object_of = (Kind.NUMBER, Kind.INDICATOR)
    glued = any(t.start == end and t.kind in object_of for t in tokens[n + 1 :])
    return glued and (done or token.text in _VERBS) and token.text not in _AROUND


_PAPERS: Final = re.compile("(?:联系)?(?:电话|方式|手机|号码|微信|地址|姓名|名字|身份证)")


def _of_a_noun(walk: Walk, last: int) -> None:
    """9名执委的照片: what is said is said of the photograph."""
    behind = [t for t in walk.here.tokens if t.start >= last and t.kind is not Kind.BREAK]
    nouns = [t for t in behind if t.kind is not Kind.FILLER or _PAPERS.match(t.text)]
    if (
        nouns
        and nouns[0].kind is not Kind.INDICATOR
        and behind[0].text == "的"
        and behind[0].start == last
    ):
        walk.ask(Ask.UNREAD, nouns[0])


_FIRST: Final = frozenset(
    str.split("我 我们 咱 咱们 俺 俺们 额 额们 阮 阿拉 我哋 伲 我俚 伢 伢们 吾")
)
_NOT_BETWEEN: Final = frozenset("不没未无非别勿莫否冇将拟若如村乡镇县候退减停缺差错")


def _phrase(tokens: list[Token], n: int, start: int) -> bool:
    """嗓子都哑了，反复酝酿后…: words at the head that name no place, and whose object is not what is claimed."""
    said = tokens[n].text
    behind = tokens[n + 1 :]
    if not danger.no_place(said) or not _NOT_BETWEEN.isdisjoint(said) or danger.supposes(said):
        return False
    other = (Kind.DONE, Kind.NOT_DONE, Kind.ZERO, Kind.NONE, Kind.NUMBER)
    if any(t.kind in other and t.end <= start for t in behind) or (
        behind and behind[0].kind in other
    ):
        return False  # 会改来完成执委12名: what is done?
    between = "".join(t.text for t in behind if t.end <= start)
    quiet = all(t.kind in (Kind.FILLER, Kind.BREAK) for t in behind if t.end <= start)
    if between.strip("了过的着") and quiet and "要" not in between:
        return True
    if not quiet or between in ("了", "过"):
        return False  # 走了执委12名
    head = next((t for t in behind if t.start >= start), None)
    if head is not None and head.text.startswith("增加") and head.start == tokens[n].end:
        return said[-1] in "后的"  # 信访增加3名
    if head is None or head.kind is Kind.NUMBER or danger.governs(said):
        return False
    return "届" not in said or head.text.startswith("新")


_YOU_AND_I: Final = frozenset(str.split("你 您 我 咱 俺"))
_OURS: Final = re.compile(
    "(?![娘妈姐妹姨姑舅哥弟婆公爸爹隔邻亲])[\u4e00-\u9fff]{1,2}[里上头边下子队]|大队|生产队|屋场|地界|地盘|一带|山沟|公社|场部|片区|院落|坝坝|山头"
)
"""我们垌里, 俺们大队: a word of the place for her own."""


def _led_away(tokens: list[Token], n: int, start: int) -> bool:
    """Whether unknown words at the head do not touch the claim: 我村 follows, or they are a phrase apart."""
    behind = tokens[n + 1 :]
    before = tokens[n - 1].text if n else ""
    behind_it = tokens[n + 1].text if n + 1 < len(tokens) else ""
    said = tokens[n].text + (behind_it if behind_it in ("里", "上") else "")
    if before in _FIRST and _OURS.fullmatch(said):
        return True
    if _phrase(tokens, n, start):
        return True
    if before in _YOU_AND_I and len(tokens[n].text) == 1 and not danger.turns(tokens[n].text):
        return True
    if any(t.kind is Kind.OWN for t in behind) or any(t.kind is Kind.UNIT for t in behind[1:]):
        return True
    spaces = [m for m, t in enumerate(behind) if " " in t.text and t.end <= start]
    apart = bool(spaces) and all(t.kind not in _HEADS for t in behind[: spaces[0]])
    phrase = sum(1 for t in tokens if t.end <= start and t.text.strip()) > 1
    return apart and phrase and not set(tokens[n].text) & _STRANGE


def lonely(clause: Clause) -> Token | None:
    """A clause that is a few unknown characters and nothing else: it may be somebody's name."""
    said = [t for t in clause.tokens if t.kind is not Kind.BREAK and t.text.strip()]
    only = len(said) == 1 and said[0].kind is Kind.TEXT and len(said[0].text) <= _NAME_LIKE
    plain = only and danger.no_place(said[0].text) and not danger.turns(said[0].text)
    return said[0] if only and not plain else None
