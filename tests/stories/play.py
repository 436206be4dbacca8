"""A campaign as the people of the federation live it, and an independent count of what they said."""

from __future__ import annotations

import asyncio
import itertools
import random
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.stories.federation import Book, Federation, Unit
from tests.stories.ground import dump
from tests.stories.stage import Stage

FIRST_DAY = date(2027, 3, 1)  # a Monday
ZHENGHE = "350725"  # the county of the short replay
NUMERALS = "零一二三四五六七八九"

# What the chair of a village says, line by line, for 会改联 done and {n} new members; a line that
# begins with * is spoken. {w} is a wrong number first, {h} the number in Chinese, {v} her village.
VILLAGES = (
    ("会改联完成，新增执委{n}名",),
    ("改好了，新选{n}个",),
    ("会改联✅执委{n}",),
    ("费改联完成了", "{n}"),
    ("俺们村整完了，{n}个",),
    ("会改连完城，只委{n}",),
    ("會改聯完成，新增執委{h}名",),
    ("{v}会改联完成，新增执委{n}名",),
    ("新增职位{h}名（执委）", "会改联完成"),
    ("会改联完成，新增执委{w}名", "不对，是{n}名"),
    ("改好了，选了{w}个", "是{n}名"),
    ("基本完成", "1", "新增执委{n}名"),
    ("上报 会改联完成 新增执委{n}",),
    ("会改联已经全部完成！！！", "{n}名"),
    ("*会改联完成，新增执委{n}名。", "对"),
    ("领导好，我村会改联完成了，新增执委{n}名，谢谢🌹",),
)
NOTHING_NEW = ("本社区已完成，特此报告", "没有")  # done, and an explicit zero
TOWNSHIPS = (
    ("区域化完成了，新增执委{n}名",),
    ("乡镇区域化已完成", "{n}"),
    ("{v}区域化完成，新增执委{h}名",),
    ("新增执委{n}名", "乡镇区域化完成"),
    ("区域化完成，新增执委{w}名", "不对，是{n}名"),
)
FOR_ANOTHER = ("{v}会改联完成，新增执委{n}名", "对")
KEPT = ("记上了", "改好了", "已经记过了")  # how the last answer of a conversation begins


@dataclass
class Talk:
    """One conversation: who says what, and what it means for which unit."""

    openid: str
    lines: tuple[str, ...]
    unit: str
    said: dict[str, int]
    heard: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Play:
    """The campaign at one moment: the stage, the files, and the independent count."""

    stage: Stage
    federation: Federation
    book: Book
    dice: random.Random

    def indicator(self, level: str, kind: str) -> dict[str, Any]:
        return next(
            one
            for one in self.federation.campaign["indicators"]
            if one["level"] == level and one["kind"] == kind
        )

    def talk_of(self, unit: Unit) -> Talk:
        """How the unit's numbers are reported: by herself, or by the township for the unregistered."""
        done, count = self.indicator(unit.level, "completion"), self.indicator(unit.level, "count")
        number = self.dice.randint(5, 15)
        openid = self.federation.speaker(unit.code)
        if unit.level == "township":
            ways: tuple[str, ...] = self.dice.choice(TOWNSHIPS)
        elif not openid:
            ways = FOR_ANOTHER
        elif self.dice.random() < 0.05:
            ways, number = NOTHING_NEW, 0
        else:
            ways = self.dice.choice(VILLAGES)
        above = unit.parent
        while not openid:
            roles = ("staff", "chair", "deputy")
            openid, above = (
                self.federation.speaker(above, *roles),
                self.federation.units[above].parent,
            )
        blanks = {"n": number, "h": chinese(number), "w": number + 1, "v": unit.short}
        lines = tuple(line.format(**blanks) for line in ways)
        return Talk(openid, lines, unit.code, {done["code"]: 1, count["code"]: number})

    async def hold(self, talks: list[Talk], *, at_once: int = 12) -> None:
        """Hold the conversations, each person one after the other, and note what was said."""
        turns: dict[str, list[Talk]] = {}
        for talk in talks:
            turns.setdefault(talk.openid, []).append(talk)
        gate = asyncio.Semaphore(at_once)

        async def one(mine: list[Talk]) -> None:
            async with gate:
                for talk in mine:
                    await self.converse(talk)

        await asyncio.gather(*(one(mine) for mine in turns.values()))
        for talk in talks:
            self.book.put(talk.unit, talk.said)
        lost = [talk for talk in talks if not talk.heard[-1][1].startswith(KEPT)]
        assert not lost, (
            f"{len(lost)} of {len(talks)} conversations end without a record:\n"
            + dump(list({len(talk.lines[0]): talk.heard for talk in lost}.values())[:12])
        )

    async def converse(self, talk: Talk) -> None:
        for line in talk.lines:
            if line.startswith("*"):
                answer = await self.stage.says(talk.openid, line[1:], deed="voice")
            else:
                answer = await self.stage.says(talk.openid, line)
            talk.heard.append((line, answer))

    async def everybody_sees_the_count(self, *, villages: int) -> None:
        """进度 in chat at every level, by somebody of that level, is the independent count."""
        asked: list[tuple[str, str, str, str]] = []
        for unit in self.watched(villages):
            openid = self.federation.speaker(unit.code)
            for indicator in self.federation.campaign["indicators"]:
                if openid and self.book.expected(indicator, unit.code):
                    line = self.book.line(indicator, unit.code)
                    asked.append((openid, f"进度 {indicator['name']}", line, unit.code))
        answers = await self.stage.all_say([(openid, words) for openid, words, *_ in asked])
        wrong = [
            {"unit": unit, "asked": words, "said": answer.splitlines()[:1], "count": line}
            for (_, words, line, unit), answer in zip(asked, answers, strict=True)
            if answer.splitlines()[:1] != [line]
        ]
        assert not wrong, f"{len(wrong)} of {len(asked)} answers differ:\n{dump(wrong[:8])}"

    def watched(self, villages: int) -> list[Unit]:
        """Everything down to the counties, and some townships and villages."""
        high = [
            unit
            for unit in self.federation.units.values()
            if unit.level not in ("township", "village")
        ]
        few = [
            self.dice.sample(
                self.federation.at(level), min(villages, len(self.federation.at(level)))
            )
            for level in ("township", "village")
        ]
        return [*high, *itertools.chain(*few)]

    async def the_interface_tells_the_count(self, book: Book, period: str, token: str) -> None:
        """`/api/v1` says of a period what the count was at its end: of all units but the villages."""
        for unit in self.federation.units.values():
            if unit.level not in ("national", "province", "city", "county"):
                continue
            words = f"/units/{unit.code}/progress?period={period}"
            told = {one["indicator"]: one for one in (await self.stage.api(words, token))["items"]}
            for indicator in self.federation.campaign["indicators"]:
                one = told.pop(indicator["code"])
                counted = {unit.code: book.figures(indicator, unit.code)}
                found = {
                    unit.code: one,
                    **{below["unit"]["code"]: below for below in one["children"]},
                }
                for code in self.federation.below[unit.code]:
                    if book.expected(indicator, code):
                        counted[code] = book.figures(indicator, code)
                assert counted == {
                    code: {name: figures[name] for name in counted[unit.code]}
                    for code, figures in found.items()
                }, words
            assert not told

    async def every_value_is_in_the_ledger(self, token: str) -> None:
        """The cells of the interface, page by page, are the values of the independent count."""
        found: dict[str, dict[str, int]] = {}
        after: str | None = ""
        while after is not None:
            page = await self.stage.api(
                f"/units/0/cells?limit=1500{after and '&after='}{after}", token
            )
            for cell in page["items"]:
                held = found.setdefault(cell["indicator"], {})
                assert cell["unit"]["code"] not in held
                held[cell["unit"]["code"]] = cell["value"]
            after = page["next"]
        assert found == dict(self.book.values)


def chinese(number: int) -> str:
    """Up to 99, as people write it."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{NUMERALS[tens]}十"
    return f"{head}{NUMERALS[ones]}" if ones or not tens else head


def week(day: date) -> str:
    year, number, _ = day.isocalendar()
    return f"{year}-W{number:02d}"
