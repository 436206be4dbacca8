"""Whether a sentence that gives no figure a value speaks of one at all, so that it is worth a question."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from bot.core import ledger
from bot.core.model import IndicatorKind, Level
from bot.core.reading import Ask, Claim, Lexicon, Mark, Question
from bot.core.report.clauses.said import FINISHED, Collected, names
from bot.core.report.doubts import comers, differing, under_way
from bot.core.report.tokens.sheet import Token
from bot.core.report.words import life
from bot.core.report.words.vocabulary import Kind

_DOING: Final = re.compile("[搞弄办选改]|完|^快了|^正在|推进|筹备|进行中")
_OURS: Final = frozenset({
    Kind.INDICATOR, Kind.NUMBER, Kind.APPROXIMATE, Kind.ODD, Kind.DONE, Kind.ROLE, Kind.NOT_DONE, Kind.STEP,
    Kind.PERCENT, Kind.RATIO, Kind.CHANGED, Kind.ZERO,
})  # fmt: skip


_SPOKEN_OF: Final = frozenset({
    Kind.INDICATOR, Kind.DONE, Kind.NOT_DONE, Kind.STEP, Kind.ADD, Kind.ROLE, Kind.UNIT, Kind.ELECTION, Kind.RATIO, Kind.TOTAL,
    Kind.STOCK, Kind.SAME, Kind.ZERO, Kind.CHANGED, Kind.PEOPLE, Kind.EXPECTED, Kind.PRESENT, Kind.CORRECTION, Kind.VOID,
})  # fmt: skip


def wanting(tokens: list[Token], said: Collected) -> bool:
    """新增执委, 会改联弄哒: a figure whose value is missing; 新执委小陈1990年生 only speaks of one."""
    finished = any(
        i.kind is not IndicatorKind.COUNT for token in said.idle for i in token.indicators
    )
    words = "".join(token.text for token in tokens if token.kind is Kind.TEXT)
    kinds = {token.kind for token in tokens}
    if Kind.UNIT in kinds:
        return True
    others = {Kind.MATTER, Kind.LABEL, Kind.PEOPLE}
    if words:
        others |= {Kind.THING, Kind.EXPLAINED}
    if any(t.kind is Kind.THING and t.text[-1] in "遍趟" for t in tokens):
        return False  # 执委数报了四遍了
    if _WANTED.search("".join(token.text for token in tokens)):
        return False  # 会改联的表格发我一份
    if words.endswith("一样"):
        return True  # 执委跟林屯一样
    return len(words) <= (_VERB if finished else 2) and kinds.isdisjoint(others)


_WANTED: Final = re.compile(
    "的(?:表格?|文件|通知|材料|模板|样[表板]|方案|照片|名单)[^,。]{0,3}(?:发|给|传|寄|借|要|[没未]?收到|[没未]看到|下载|打不开|找不到|不会)"
)
_VERB: Final = 4  # characters of a verb nobody knows


def chatter(tokens: list[Token], said: Collected) -> bool:
    """今年茶叶卖了2万: nothing but numbers without a word for persons among words that are none of ours."""
    if any(token.kind is Kind.OWN for token in tokens):
        return False
    if _of_life(tokens, said) or comers.only(tokens):
        return True
    bare = all(
        isinstance(r.value, int) and not (r.firm or r.counted or r.named) for r in said.claims
    )
    return bare and _of_other_things(tokens, {token.kind for token in tokens}, said)


def _of_life(tokens: list[Token], said: Collected) -> bool:
    """老母鸡下了11个蛋, 广场舞有12个人: numbers of everyday life, and nothing of ours is named."""
    raws = [*said.claims, *(raw for raw, _ in said.void)]
    if any(t.kind in comers.NAMED for t in tokens) or any(r.named or r.deed for r in raws):
        return False
    numbers = [t for t in tokens if t.kind in (Kind.NUMBER, Kind.APPROXIMATE, Kind.THING)]
    if not numbers or any(t.counted in ("名", "位") for t in numbers):
        return False
    return all(life.first(_clause_of(tokens, number)) >= 0 for number in numbers)


def _clause_of(tokens: list[Token], number: Token) -> str:
    """The words between the breaks around a number."""
    breaks = [t.start for t in tokens if t.kind is Kind.BREAK]
    since = max((at for at in breaks if at < number.start), default=-1)
    until = min((at for at in breaks if at > number.start), default=number.end + 99)
    return "".join(t.text for t in tokens if since < t.start < until)


def _of_other_things(tokens: list[Token], found: set[Kind], said: Collected) -> bool:
    """天真热，37度; 今年茶叶卖了2万: a number among words that are none of ours."""
    deeds = found & _SPOKEN_OF
    counted = not found.isdisjoint((Kind.THING, Kind.NUMBER, Kind.APPROXIMATE))
    if (
        counted
        and deeds == {Kind.DONE}
        and all(t in said.others for t in tokens if t.kind is Kind.DONE)
    ):
        deeds = set()  # 这表改了3版
    said_of = "".join(t.text for t in tokens if t.kind is Kind.TEXT)
    if not said_of or _DOING.search(said_of):
        return False
    void = [raw for raw, why in said.void if why is not Ask.UNREAD]
    return not deeds and not void and not said.election


_COUNTED: Final = _OURS | {Kind.ADD, Kind.STOCK, Kind.TOTAL}
_NO_REPORT: Final = re.compile(
    "[看听][不没]清楚?|(?:晚点|晚些|等会儿?|一会儿?|待会儿?|回头|稍后|过会儿?|明天|下午|晚上|明早|改天|再)(?:再|就|来|给您|跟您|向您)*(?:上?报|汇报|发|回)(?!名|到|告)"
)
"""数字还没核对好，晚点报; 字太小，看不清楚."""
_BARE: Final = re.compile(
    "[^,。;!?0-9\\n]{0,4}(?:[0-9]+|[零一二三四五六七八九十百两几来多]+)[名个人位户]"
)


_LETTERS: Final = re.compile("[a-z]{2,}.*[0-9一二三四五六七八九十][名个位人]")


def _misspelled(tokens: list[Token], lexicon: Lexicon) -> bool:
    """新zeng执wei10名, 夫女之家两个, 西岸8个: hardly anything but a figure, or a place and its number."""
    text = "".join(token.text for token in tokens)
    names = {alias for one in lexicon.indicators for alias in one.aliases if len(alias) > 2}
    if _BARE.fullmatch(text):
        return True  # 西岸8个, 三四户
    near = any(sum(ch in text for ch in name) >= len(name) - 1 for name in names)
    return near or _LETTERS.search(text) is not None


def like(tokens: list[Token], said: Collected, questions: list[Question], lexicon: Lexicon) -> bool:
    """Whether questions alone make it a report: something of ours must be spoken of."""
    found = {token.kind for token in tokens}
    if _of_life(tokens, said):
        return False
    if _of_other_things(tokens, found, said) and not _misspelled(tokens, lexicon):
        return False
    if said.election or found & _OURS or said.void:
        heard_of = bool(questions or said.idle or said.election)
        if heard_of or Kind.PLAN not in found:
            return heard_of
    plain = not found & {Kind.TEXT, Kind.ASKING}
    if Kind.EXPLAINED in found and all(t.text == "吧" for t in tokens if t.kind is Kind.HEDGE):
        plain = plain and Kind.HEDGE not in found  # 今天是7月18日吧
    if not found & _COUNTED and _NO_REPORT.search("".join(t.text for t in tokens)):
        return False
    vague = any(q.ask in (Ask.NOT_DONE, Ask.APPROXIMATE) for q in questions) and plain
    doing = "".join(
        t.text for t in tokens if t.kind is not Kind.INDICATOR or not _of_another(tokens, t)
    )
    if Kind.PLAN in found and plain and _DOING.search(doing):
        token = next(t for t in tokens if t.kind is Kind.PLAN)
        questions.append(Question(Ask.NOT_DONE, (token.start, token.end)))
        return True
    return vague


_TO_BE_DONE: Final = re.compile(
    "(?:[开选搞弄办做改]|启动|开始|完成|举行|召开)(?:会|好|完|成|掉|选)*$|要?等等看?$|缓一?缓$"
)


_SOON: Final = re.compile(
    "(?:今晚|今天(?:下午|晚上)|下午|晚上|等下|等会儿?|一会儿?|点)[^,]{0,4}(?:才|再|就|要|准备)[^,]{0,3}[开选搞办改]|要?等等看?$|缓一?缓$"
)
"""今晚八点才开会选."""


def _planned(tokens: list[Token], text: str) -> list[Question]:
    """我们打算把会改联放在下周二一起开: what is hers to finish is only planned."""
    if "几" in text or any(t.kind in (Kind.ASKING, Kind.CONFIRM) for t in tokens):
        return []
    for token in (t for t in tokens if names(t, FINISHED)):
        start = max(
            (t.end for t in tokens if t.kind is Kind.BREAK and t.end <= token.start), default=0
        )
        end = min(
            (t.start for t in tokens if t.kind is Kind.BREAK and t.start >= token.end),
            default=len(text),
        )
        plan = any(t.kind is Kind.PLAN and start <= t.start < end for t in tokens)
        plan = plan or _SOON.search(text[start:end]) is not None
        if plan and _TO_BE_DONE.search(text[start:end].rstrip("的了哈啊呢吧 ")):
            return [
                Question(
                    Ask.NOT_DONE, (token.start, token.end), tuple(i.code for i in token.indicators)
                )
            ]
    return []


_OF_IT: Final = re.compile(
    "(?:下周|明天|今天|后天|下次)?的(?:会(?!议?开)|通知|文件|表|材料|培训|牌|照片|方案|资料|群|事我)"
)


def _of_another(tokens: list[Token], figure: Token) -> bool:
    """会改联的通知, 会改联的会: not the figure itself."""
    behind = "".join(t.text for t in tokens if t.start >= figure.end)
    return _OF_IT.match(behind) is not None


def hinted(
    said: Collected, tokens: list[Token], texts: tuple[str, str], level: Level
) -> list[Question]:
    """What is only planned, under way or told by others, of a sentence that claims nothing; `texts`: as told, and as read."""
    told, text = texts
    found = [*_told_by_others(said, tokens), *_planned(tokens, text)]
    if found or (said.idle and wanting(tokens, said)):
        return found
    return under_way.doubts(told, text, tokens, level) or differing.doubts(told)


def _told_by_others(said: Collected, tokens: list[Token]) -> list[Question]:
    """书记说会改联完成了: her own news, or only what she heard?"""
    if not any(t.kind is Kind.REPORTED and t.text[:1] in "说讲" for t in tokens):
        return []
    return [
        Question(Ask.REPORTED, raw.span, tuple(i.code for i in raw.indicators))
        for raw, why in said.void
        if why is Ask.REPORTED and raw.indicators and not raw.named
    ]


def _none_said(same: Claim, before: Iterable[Claim]) -> bool:
    """没有新增执委，还是那几个人: that all is as it was says it again."""
    return any(
        one.units == same.units and one.indicators and one.value in (Mark.ZERO, 0) for one in before
    )


_ENDS: Final = re.compile("[,。;!\n]")
_THE_REST: Final = re.compile("其[他它余]|别的|剩|余下|另|[都全均]|样样|各项|一切|所有")


def _kept_said(same: Claim, before: Iterable[Claim], text: str) -> bool:
    """新增执委数没变化，同上周: it says the same of the same figure again; 其他也同上周 says it of the others."""
    clause = _ENDS.split(text[: same.span[0]])[-1] + text[slice(*same.span)]
    return not _THE_REST.search(clause) and any(
        one.units == same.units and one.indicators and one.value is Mark.SAME for one in before
    )


def distinct(claims: list[Claim], lexicon: Lexicon, text: str) -> tuple[Claim, ...]:
    """Without a value that was said twice: 执委与上周一样，没有再增加 is one, of what is counted."""
    seen: dict[object, Claim] = {}
    counts = {i.code for i in lexicon.indicators if i.kind is IndicatorKind.COUNT}
    nones = {(c.units, c.indicators) for c in claims if c.value == 0}
    told = {units for units, _ in nones} | _none_of_any(claims, lexicon)
    if not any(ledger.adds(one) for one in lexicon.indicators):  # 没有，跟以前一样
        told |= {c.units for c in claims if _as_it_was(c, counts)}
    for claim in claims:
        if _as_it_was(claim, counts):
            told.add(claim.units)
        whole = not claim.indicators and claim.units in told
        again = claim.value is Mark.SAME and not claim.indicators
        if again and (_none_said(claim, seen.values()) or _kept_said(claim, seen.values(), text)):
            continue
        if claim.value is Mark.ZERO and (whole or (claim.units, claim.indicators) in nones):
            continue
        seen.setdefault((claim.units, claim.indicators, claim.value), claim)
    return tuple(seen.values())


def _as_it_was(claim: Claim, counts: set[str]) -> bool:
    return claim.value is Mark.SAME and counts.issuperset(claim.indicators)


def _none_of_any(claims: list[Claim], lexicon: Lexicon) -> set[tuple[str, ...]]:
    """The units of which none was said of every figure that is counted: 执委没新选，一个都没加 says it again."""
    found: dict[tuple[str, ...], set[str]] = {}
    for claim in claims:
        if claim.value in (Mark.ZERO, 0):
            found.setdefault(claim.units, set()).update(claim.indicators)
    counts = [i for i in lexicon.indicators if i.kind is IndicatorKind.COUNT]
    return {
        units
        for units, told in found.items()
        if told
        and told.issuperset(
            one.code
            for one in counts
            if any(one.level is i.level for i in counts if i.code in told)
        )
    }
