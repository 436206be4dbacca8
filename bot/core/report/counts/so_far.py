"""累计 beside 新增: an increment is what was added, a total what there is."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import Final

from bot.core import ledger
from bot.core.model import Indicator
from bot.core.reading import Ask, Mark, Question
from bot.core.report.clauses.said import Collected, Raw, Sort
from bot.core.report.counts import parts

Meant = Callable[[Raw], tuple[Indicator, ...]]


_IN_ALL: Final = re.compile(
    "累计|[总一拢统合]共|共计|[总合]计|总数|共(?![同产青建])|[到至]目前|到现在|至今|截[至止]"
)
_OF_NOW: Final = re.compile(
    "[这本此今上下][个一]?(?:周|次|回|期|月|季度|礼拜|星期|天|日|午)|[今昨前当]天|这[几两]天|晚上|新|又|再"
)


def in_all(clause: str) -> bool:
    """Whether a clause tells all there is so far: 总共走访12户; 这周一共走访12户 does not."""
    return _IN_ALL.search(clause) is not None and _OF_NOW.search(clause) is None


def weigh(said: Collected, meant: Meant, whole: Collection[tuple[int, int]]) -> None:
    """An increment is what was added, a total what there is; the other one alone is asked about.

    `whole` are the numbers that were told as all there are: 现在15名, 共15名.
    """
    for raw in [r for r in said.claims if isinstance(r.value, int) and r.sort is not Sort.PLAIN]:
        rivals = [r for r in said.claims if r is not raw and same_figure(r, raw)]
        figures = raw.indicators or meant(raw)
        adds = any(ledger.adds(i) for i in figures)
        fresh = any("新" in i.name for i in figures)
        if fresh and not adds and _beside_the_old(said, raw, rivals):
            continue
        match raw.sort:
            case Sort.SO_FAR | Sort.STOCK if adds or (raw.sort is Sort.STOCK and fresh):
                better = [
                    r
                    for r in rivals
                    if r.sort in (Sort.ADDED, Sort.AGAIN)
                    or _is_none(r)
                    or (r.sort is Sort.PLAIN and raw.sort is Sort.SO_FAR)
                ]
                if better and adds:
                    if parts.adds_up(raw, better, said.others):
                        said.questions.append(Question(Ask.VALUES, raw.span))
                    said.claims.remove(raw)
                else:
                    ask = Ask.ADDITION if raw.sort is Sort.SO_FAR else Ask.UNREAD
                    said.questions.append(Question(ask, raw.span, again=True))
            case Sort.ADDED | Sort.AGAIN if adds and (
                total := [
                    r for r in rivals if r.summed and r.sort is Sort.PLAIN and parts.more(r, raw)
                ]
            ):
                said.claims.remove(total[0])  # 加上新增的7名，执委有12名了
            case Sort.ADDED | Sort.AGAIN if not adds and (not fresh or raw.sort is Sort.AGAIN):
                if any(r.sort in (Sort.SO_FAR, Sort.STOCK, Sort.PLAIN) for r in rivals):
                    said.claims.remove(raw)
                    plain = all(r.sort is Sort.PLAIN for r in rivals)
                    if plain and (fresh or not any(r.firm or r.span in whole for r in rivals)):
                        said.questions.append(Question(Ask.VALUES, raw.span))
                else:
                    said.questions.append(
                        Question(Ask.ADDITION, raw.span, again=raw.sort is not Sort.ADDED)
                    )
            case _:
                pass


def _beside_the_old(said: Collected, raw: Raw, rivals: list[Raw]) -> bool:
    """新增执委从5名变成12名 is asked about; 执委总数17名，其中新增12名: the total goes. Whether it was one of them."""
    if raw.sort is not Sort.SO_FAR:
        return False
    if any(one.span == raw.span for one, _ in said.void):
        said.questions.append(Question(Ask.ADDITION, raw.span, again=True))
        return True
    if parts.holds_the_new(raw, rivals):
        said.claims.remove(raw)
        return True
    return False


def _is_none(raw: Raw) -> bool:
    return raw.value is Mark.ZERO


def same_figure(one: Raw, other: Raw) -> bool:
    """Whether two numbers (or one and none) may be of one figure of one unit."""
    if one.places != other.places or not (isinstance(one.value, int) or _is_none(one)):
        return False
    return one.indicators == other.indicators or not one.indicators or not other.indicators
