"""The weekly reminder: exactly those who owe, once, whoever runs it."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.stories.federation import Federation, Unit
from tests.stories.ground import ZONE
from tests.stories.stage import Stage

MONDAY = datetime(2027, 3, 1, 9, tzinfo=ZONE)
DUE = datetime(2027, 3, 11, 19, 7, tzinfo=ZONE)  # the Thursday of the week after
ZHENGHE = "350725"
NOTHING_YET = dict.fromkeys(("township", "village"), "没变化")
# Due in the twenty-four hours before, so that the clocks run them first: each may write to somebody.
MADE_UP_FOR = ("difficulties-overdue", "groups-register", "milestones", "relay-reminders")
TEMPLATE, ROBOT, CUSTOM = "template/send", "webhook/send", "custom/send"


@dataclass
class Owing:
    """Who owes on Thursday, computed from what was said and from the files."""

    federation: Federation
    units: list[Unit]

    def persons(self) -> Counter[str]:
        """The chairs of the units that owe, as far as they are registered."""
        chairs = (self.federation.speaker(unit.code, "chair") for unit in self.units)
        return Counter(openid for openid in chairs if openid)

    def groups(self, kind: str) -> list[str]:
        """The groups in whose unit, or below it, somebody owes: robot keys, or openids of owners."""
        above = {code for unit in self.units for code in self.federation.above(unit.code)}
        groups = [one for one in self.federation.groups if one.kind == kind and one.unit in above]
        if kind == "robot":
            return [one.key for one in groups]
        openids = {post.person: post.openid for post in self.federation.posts}
        return [openids[one.owner] for one in groups if openids[one.owner]]


async def reported(stage: Stage, federation: Federation) -> Owing:
    """Two weeks of reports of every kind; who owes after them."""
    done = {"township": "区域化完成了，新增执委9名", "village": "会改联完成，新增执委9名"}
    part = {"township": "区域化完成了", "village": "会改联完成"}
    units = [*federation.at("township", ZHENGHE), *federation.at("village", ZHENGHE)]
    speaking = [unit for unit in units if federation.speaker(unit.code, "chair")]
    silent = [unit for unit in units if unit not in speaking]
    kinds = [speaking[at::7] for at in range(7)]
    before, now = MONDAY + timedelta(days=1), MONDAY + timedelta(days=8)
    said = {
        before: [(kinds[0], done), (kinds[1], NOTHING_YET), (kinds[2], part)],
        now: [(kinds[3], done), (kinds[4], NOTHING_YET), (kinds[2], part)],
    }
    for moment, groups in said.items():
        await stage.at(moment)
        lines = [
            (
                federation.speaker(unit.code, "chair"),
                words[unit.level],
            )
            for some, words in groups
            for unit in some
        ]
        answers = await stage.all_say(lines)
        assert all("记上了" in answer or moment == now for answer in answers), answers
        # The codes for new members come beside the answers; a busy machine may still be drawing them.
        await letters_sent(stage, moment)
    # One who said 没变化 last week owes again; one who said only half owes the rest; the silent owe all.
    return Owing(federation, [*kinds[1], *kinds[2], *kinds[5], *kinds[6], *silent])


async def test_the_weekly_reminder_reaches_exactly_those_who_owe_though_one_of_two_clocks_is_killed(
    stage: Stage,
) -> None:
    federation = await stage.start("web", "worker", now=MONDAY, only=ZHENGHE)
    owing = await reported(stage, federation)
    await stage.at(DUE - timedelta(minutes=20))
    for name in ("clock-1", "clock-2"):
        await stage.run_role("clock", name)
        await stage.eventually(lambda name=name: started(stage, name), f"{name} runs")
    # What the clocks made up for: owners are asked about groups that nobody used since winter.
    for job in MADE_UP_FOR:
        await stage.eventually(lambda job=job: ran(stage, job), f"{job} is made up for")
    await letters_sent(stage, DUE)
    before = await copies(stage)
    await stage.at(DUE + timedelta(seconds=5))
    await asyncio.sleep(0.3)
    stage.kill("clock-1")

    wanted = owing.persons() + Counter(owing.groups("robot")) + Counter(owing.groups("relay"))

    async def all_told() -> bool:
        return (await copies(stage) - before).total() >= wanted.total()

    await stage.eventually(all_told, f"{wanted.total()} are reminded", seconds=60)
    await asyncio.sleep(2)
    await stage.settled()
    told = await copies(stage) - before
    assert told == wanted, (told - wanted, wanted - told)
    for entry in await stage.ledger(ROBOT):
        named = [post.name for post in federation.posts if post.name in entry["text"]]
        named += [unit.short for unit in owing.units if unit.short in entry["text"]]
        assert not named, entry["text"]
    again = await asyncio.to_thread(
        stage.yihu, "job", "run", "weekly-reminder", "--at", DUE.isoformat()
    )
    assert "already done" in again
    await asyncio.sleep(1)
    assert await copies(stage) - before == wanted


async def test_running_the_reminder_by_hand_twice_says_already_done_and_reminds_once(
    stage: Stage,
) -> None:
    federation = await stage.start("worker", now=DUE, only=ZHENGHE)
    units = [*federation.at("township"), *federation.at("village")]
    owing = Owing(federation, units)
    wanted = owing.persons() + Counter(owing.groups("robot")) + Counter(owing.groups("relay"))
    words = ("job", "run", "weekly-reminder", "--at", "2027-03-11T19:07")
    first = await asyncio.to_thread(stage.yihu, *words)
    assert "already done" not in first

    async def all_told() -> bool:
        return (await copies(stage)).total() >= wanted.total()

    await stage.eventually(all_told, "everybody is reminded")
    assert (await asyncio.to_thread(stage.yihu, *words)).strip() == "already done"
    await asyncio.sleep(1.5)
    assert await copies(stage) == wanted


async def letters_sent(stage: Stage, now: datetime) -> None:
    """Wait until no message to a single person is left that may go by `now`, those of a past night among them."""
    open_now = f"state IN ('ready', 'calling') AND not_before_ms <= {int(now.timestamp() * 1000)}"
    left = f"SELECT id FROM outbox WHERE {open_now}"

    # What a busy machine put aside is worked off within seconds, not after the days that are about to pass.
    aside = stage.room / "spool"

    async def none() -> bool:
        return not any(aside.glob("*")) and not await stage.rows(left)

    await stage.eventually(none, "all letters are sent", seconds=90)


async def ran(stage: Stage, job: str) -> bool:
    """Whether one of the clocks has run the job."""
    return bool(await stage.rows(f"SELECT 1 FROM job_run WHERE name = '{job}' AND result <> ''"))


async def started(stage: Stage, name: str) -> bool:
    """Whether the process says that it has begun."""
    return "serve.started" in stage.log(name)


async def copies(stage: Stage) -> Counter[str]:
    """How many messages of any kind each recipient got."""
    found: Counter[str] = Counter()
    for endpoint in (TEMPLATE, ROBOT, CUSTOM):
        found.update(entry["who"] for entry in await stage.ledger(endpoint, accepted=1))
    return found
