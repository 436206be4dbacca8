"""Clauses beside a report that are known as a whole: explained, of another unit, of what was said before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.core.reading import Claim
from bot.core.report.tokens.sheet import Token
from bot.core.report.words.vocabulary import Kind

_PHRASE: Final = 3
_WITH_IT: Final = re.compile(
    "算|含|包括|[加合共连除减扣重借抄替帮代比和跟与像同]|一[起样]|[说讲报数给]"
)


def of_others(said: str, here: Sequence[Token], claims: Sequence[Claim]) -> bool:
    """石门村计划下周选举 beside 际下村8名: it is of a unit of which nothing is claimed."""
    named = {p.key for t in here if t.kind is Kind.UNIT for p in t.places if p.depth > 0}
    told = {key for claim in claims for key in claim.units}
    return bool(named) and not named & told and not _WITH_IT.search(said)


_TOGETHER: Final = re.compile("[合共总加平]|一起")
_WHOLES: Final = frozenset({Kind.EXPLAINED, Kind.FILLER})


_SHARE: Final = re.compile(
    "(?:其中)?(?:有)?(?:一半|大半|多半|过半|大部分|大多数|多数|半数)(?:以上)?(?:的)?(?:人)?(?:都|全|也)?(?:(?:是)?来自(?:企业|农村|基层|各行各业|合作社|学校|一线|本村)|(?:是|为|属于?)(?:女?党员|大[学专][^老原旧候没未不拟备报连挂]{0,4}|年轻[^老原旧候没未不拟备报连挂]{0,4}|本[科村地][^老原旧候没未不拟备报连挂]{0,4}))(?:的)?"
)
_SHORT_OF: Final = re.compile(
    "(?:离|距|距离)(?:目标|任务|指标|计划)数?还?(?:差|少|缺)[0-9一二两三四五六七八九十]+[名个人位]"
)
"""半数来自企业: what most of those are who were counted."""


def _within(said: str, here: Sequence[Token]) -> bool:
    """其中党员3名，不对，党员4名: a piece of something that is explained as a whole."""
    one = len(here) == 1 and here[0].kind is Kind.EXPLAINED
    if one and (_SHARE.fullmatch(said) or _SHORT_OF.fullmatch(said)):
        return True
    judged = {t.kind for t in here} & {Kind.EXCEPT, Kind.RESPECTIVELY, Kind.PLACES}
    told = bool(judged) and not (Kind.PLACES in judged and _TOGETHER.search(said))
    return told or any(t.kind in _WHOLES and said in t.text != said for t in here)


_BLAME: Final = re.compile("乱|错|帮我|误|手|眼|按|孩|孙|老公|女儿|儿子|媳妇")


def blamed(said: str, tokens: Sequence[Token], start: int) -> bool:
    """昨天那个不算，他乱写的: it is said of what was reported before."""
    return _BLAME.search(said) is not None and any(
        t.kind is Kind.CORRECTION and t.end <= start for t in tokens
    )


_CITED: Final = re.compile(
    "(?:讲话|发言|致辞)(?:稿|原文|摘[要录]|内容)?$|原文|范[文本]|(?:先进|典型)(?:材料|经验|事迹)|经验(?:交流|介绍|材料)|(?:村|乡|镇|社区)的?(?:先进)?(?:经验|做法)|摘[自编录]|新闻|(?:样|初|草|讨论|征求意见|送审|代拟|修改)稿$"
)


def cited(said: str, sign: str) -> bool:
    """领导讲话原文：, 石屯村的经验：: what follows the colon was said elsewhere."""
    return sign in (":", "(", ")") and _CITED.search(said) is not None


_NUMBERED: Final = re.compile(r"^\s*\(?[0-9一二三四五六七八九十]+[.、)]\s*")


def _is_a_name(said: str, here: Sequence[Token]) -> bool:
    """妇代会改妇联：完成: what the figure is called, and no more."""
    named = len(here) == 1 and here[0].kind is Kind.INDICATOR
    return named and here[0].text == _NUMBERED.sub("", said)


def known(said: str, here: Sequence[Token], told: Sequence[Claim]) -> bool:
    """一个不多一个不少, 之前写的32是笔误: a piece of what is explained, or one phrase that is known as a whole."""
    if _within(said, here) or _is_a_name(said, here):
        return True
    counted = any(isinstance(claim.value, int) for claim in told)
    whole = (Kind.FILLER, Kind.CORRECTION, *(() if counted else (Kind.RISKY,)))
    if said.endswith("的"):
        return False
    return len(said) > _PHRASE and len(here) == 1 and here[0].kind in whole


_INSTEAD: Final = re.compile(
    "(?:.*我)?(?:由|来|先|就)*[代替帮](?:她|他|她们|他们|村里|她村|其)?们?(?:上报|转?报|填报?|发|说)(?:的|一下|了|数)*"
)
_FOR: Final = re.compile("[代替帮]")


def instead(said: str, here: Sequence[Token], claims: Sequence[Claim]) -> bool:
    """替富美村报, 我代她报, where figures of villages are told: for whom it is said."""
    told = {key for claim in claims if claim.named for key in claim.units}
    named = {p.key for t in here if t.kind is Kind.UNIT for p in t.places}
    of_them = bool(named & told) and _FOR.search(said) is not None
    return of_them or (bool(told) and _INSTEAD.fullmatch(said) is not None)
