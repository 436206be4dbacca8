"""One notice to everybody: who gets it, how often, and whether the sum always adds up."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

import pytest

from tests.stories.federation import Federation, Group
from tests.stories.stage import ZONE, Stage, dump

TODAY = datetime(2027, 3, 3, 10, tzinfo=ZONE)  # a Wednesday
CITY, ZHENGHE = "3507", "350725"
TEMPLATE, ROBOT, CUSTOM = "template/send", "webhook/send", "custom/send"
CLASSES = ("n", "accepted", "delivered", "refused", "unknown", "unregistered", "to_relay", "unsent")
SUM = re.compile(
    r"(\d+)＝接受 (\d+)＋送达 (\d+)＋拒绝 (\d+)＋未知 (\d+)＋未登记 (\d+)＋待转发 (\d+)＋未发 (\d+)"
)
# The byte of each member in the column `batch.states`, by the class of the sum.
STATES = {
    0: "unsent", 1: "unsent", 5: "unsent", 10: "unsent", 2: "accepted", 3: "delivered", 11: "unknown",
    12: "unregistered", 13: "to_relay", 20: "refused", 21: "refused",
}  # fmt: skip

Sums = dict[str, int]


@dataclass
class Notice:
    """A notice under way, and everything that was ever said of its sum."""

    stage: Stage
    federation: Federation
    author: str
    token: str
    scope: str = CITY
    number: int = 0
    seen: list[dict[str, Sums]] = field(default_factory=list)

    @property
    def people(self) -> set[str]:
        return {post.person for post in self.federation.posts_in(self.scope)}

    @property
    def registered(self) -> set[str]:
        return {post.openid for post in self.federation.posts_in(self.scope) if post.openid}

    @property
    def unregistered(self) -> int:
        return len({p.person for p in self.federation.posts_in(self.scope) if not p.openid})

    def groups(self, kind: str) -> list[str]:
        """The keys of the groups of a kind; only robots have some."""
        return [one.key for one in self._groups(kind)]

    def owners(self) -> list[str]:
        """For each group that a person forwards to: her openid, empty if she is not registered."""
        openids = {post.person: post.openid for post in self.federation.posts}
        return [openids[one.owner] for one in self._groups("relay")]

    def _groups(self, kind: str) -> list[Group]:
        inside = set(self.federation.inside(self.scope))
        return [one for one in self.federation.groups if one.kind == kind and one.unit in inside]

    async def written(self, *more: str, to: str = "全体、群") -> str:
        """The author writes it in one message; the preview."""
        name = self.federation.units[self.scope].name
        lines = [
            "发通知",
            "标题：会改联推进通知",
            "内容：请各村按时报数，有困难早说。",
            f"范围：{name}",
        ]
        return await self.stage.says(self.author, "\n".join([*lines, f"对象：{to}", *more]))

    async def sent(self, *more: str, to: str = "全体、群") -> str:
        """Written and confirmed; the answer, from which the number is taken."""
        preview = await self.written(*more, to=to)
        assert str(len(self.people)) in preview or to != "全体、群", preview
        answer = await self.stage.says(self.author, "确认发送")
        found = re.search(r"(\d+)号通知", answer)
        assert found, answer
        self.number = int(found[1])
        return answer

    async def told(self) -> dict[str, Sums]:
        """The sum as `/api/v1` has it; noted and checked."""
        told = await self.stage.api(f"/broadcasts/{self.number}", self.token)
        sums = {kind: {name: told[kind][name] for name in CLASSES} for kind in ("people", "groups")}
        self.seen.append(sums)
        for kind, one in sums.items():
            assert one["n"] == sum(one[name] for name in CLASSES[1:]), f"{kind}: {one}"
        assert sums["people"]["n"] == self.seen[0]["people"]["n"]
        assert sums["groups"]["n"] == self.seen[0]["groups"]["n"]
        return sums

    async def said(self) -> dict[str, Sums]:
        """The sum as chat says it."""
        answer = await self.stage.says(self.author, f"{self.number}号通知")
        found = [
            dict(zip(CLASSES, map(int, numbers), strict=True)) for numbers in SUM.findall(answer)
        ]
        nothing = dict.fromkeys(CLASSES, 0)
        assert found, answer
        return {"people": found[0], "groups": found[1] if len(found) > 1 else nothing}

    async def stored(self) -> dict[str, Sums]:
        """The sum over the outcomes in SQL, member by member."""
        found = {kind: dict.fromkeys(CLASSES, 0) for kind in ("people", "groups")}
        sql = f"SELECT channel, n, states FROM batch WHERE broadcast_id = {self.number}"
        for row in await self.stage.rows(sql):
            sums = found["groups" if row["channel"] in ("robot", "relay") else "people"]
            assert len(row["states"]) == row["n"]
            sums["n"] += row["n"]
            for state in bytes(row["states"]):
                sums[STATES[state]] += 1
        return found

    async def copies(self, endpoint: str) -> Counter[str]:
        """How many copies of anything each recipient got, by the platform's ledger."""
        entries = await self.stage.ledger(endpoint, accepted=1)
        return Counter(entry["who"] for entry in entries)

    async def all_the_same(self) -> dict[str, Sums]:
        """API, chat and SQL give one and the same sum."""
        stored, told, said = await self.stored(), await self.told(), await self.said()
        assert stored == told == said, dump([stored, told, said])
        return told

    async def done(self, *, seconds: float = 60) -> dict[str, Sums]:
        """Wait until nothing is unsent and every report of the platform is in, watching the sum."""

        async def whole() -> bool:
            sums = await self.told()
            left = sums["people"]["unsent"] + sums["groups"]["unsent"] + sums["people"]["accepted"]
            return left == 0

        await self.stage.eventually(whole, "the notice is sent", seconds=seconds)
        await self.stage.settled()
        return await self.all_the_same()


async def opened(stage: Stage, *roles: str, only: str = "", scope: str = CITY) -> Notice:
    """The federation on stage, and the chair of `scope` ready to write."""
    federation = await stage.start(*roles, now=TODAY, only=only)
    author = federation.speaker(scope, "chair")
    return Notice(stage, federation, author, await stage.token("0", "admin"), scope)


async def approved(notice: Notice) -> None:
    """The chair of the level above says 同意."""
    above = notice.federation.units[notice.scope].parent
    answer = await notice.stage.says(
        notice.federation.speaker(above, "chair"), f"同意 {notice.number}"
    )
    assert "同意" in answer or "发" in answer, answer


@pytest.mark.slow
async def test_a_notice_to_all_reaches_everybody_once_and_every_count_of_it_is_the_same(
    stage: Stage,
) -> None:
    stage.settings = {"YIHU_APPROVAL_THRESHOLD": "1000"}
    notice = await opened(stage, "web", "worker")
    openids = sorted(notice.registered - {notice.author} - set(notice.owners()))
    blocking, gone = openids[10:30], openids[50:60]
    await stage.control("people", {"people": [{"openid": one, "blocks": True} for one in blocking]})
    await stage.control("people", {"people": [{"openid": one, "follows": False} for one in gone]})

    answer = await notice.sent()
    assert "同意" in answer
    assert not await stage.ledger(TEMPLATE)
    own = await stage.says(notice.author, f"同意 {notice.number}")
    assert not await stage.ledger(TEMPLATE), own
    await approved(notice)
    sums = await notice.done()

    assert sums["people"] == {
        "n": len(notice.people), "unregistered": notice.unregistered, "refused": 30, "unknown": 0,
        "delivered": len(notice.registered) - 30, "accepted": 0, "to_relay": 0, "unsent": 0,
    }  # fmt: skip
    robots, owners = notice.groups("robot"), notice.owners()
    assert sums["groups"] == {
        "n": len(robots) + len(owners), "accepted": len(robots), "unregistered": owners.count(""),
        "to_relay": len(owners) - owners.count(""), "refused": 0, "unknown": 0, "delivered": 0,
        "unsent": 0,
    }  # fmt: skip
    # An owner gets two cards: the notice as herself, and the request to forward it.
    asked = Counter(one for one in owners if one)
    assert await notice.copies(TEMPLATE) == Counter(notice.registered - set(gone)) + asked
    assert await notice.copies(ROBOT) == Counter(robots)
    states = await stage.rows(f"SELECT state FROM broadcast WHERE id = {notice.number}")
    assert states[0]["state"] == "done"


async def test_a_notice_that_is_stopped_half_way_still_adds_up(stage: Stage) -> None:
    stage.settings = {"YIHU_WINDOW": "32"}
    notice = await opened(stage, "web", "worker")
    await stage.control("latency", {"answer_ms": 150})
    await notice.sent()

    async def half_way() -> bool:
        await notice.told()
        return len(await stage.ledger(TEMPLATE)) >= 300

    await stage.eventually(half_way, "300 are sent")
    answer = await stage.says(notice.author, f"撤回 {notice.number}")
    through = len(await stage.ledger())
    assert str(notice.number) in answer, answer
    await asyncio.sleep(1)
    later = len(await stage.ledger())
    assert later - through <= 32
    await stage.settled()

    async def reported() -> bool:
        return (await notice.told())["people"]["accepted"] == 0

    await stage.eventually(reported, "the reports of what was sent are in")
    sums = await notice.all_the_same()
    cards = (await notice.copies(TEMPLATE)).total()
    assert sums["people"]["delivered"] + sums["groups"]["to_relay"] <= cards
    doubt = sums["people"]["unknown"] + sums["groups"]["unknown"]
    assert cards <= sums["people"]["delivered"] + sums["groups"]["to_relay"] + doubt
    assert (await stage.control("ledger/summary"))["max_copies"] == 1
    assert sums["people"]["unknown"] <= 32
    assert sums["people"]["unsent"] > 1000
    assert len(await stage.ledger()) == later, "nothing more is sent"
    await stage.all_say([(notice.author, f"继续 {notice.number}")])
    assert (await notice.told())["people"]["unsent"] == sums["people"]["unsent"]


@pytest.mark.slow
async def test_a_worker_killed_three_times_loses_nothing_and_doubles_nothing(stage: Stage) -> None:
    stage.settings = {"YIHU_WINDOW": "64"}
    notice = await opened(stage, "web", "worker")
    await stage.control("latency", {"answer_ms": 150})
    await notice.sent()
    for wanted in (300, 800, 1400):

        async def reached(wanted: int = wanted) -> bool:
            await notice.told()
            return len(await stage.ledger(TEMPLATE)) >= wanted

        await stage.eventually(reached, f"{wanted} are sent", seconds=60)
        stage.kill("worker")
        await notice.all_the_same()
        await stage.run_role("worker")
    sums = await notice.done(seconds=90)
    asked = Counter(one for one in notice.owners() if one)
    assert await notice.copies(TEMPLATE) == Counter(notice.registered) + asked
    assert sums["people"]["delivered"] == len(notice.registered)
    # A robot knows no ids: what it was being told when the worker died stays unknown, never doubled.
    robots = await notice.copies(ROBOT)
    assert max(robots.values()) == 1
    assert sums["groups"]["accepted"] + sums["groups"]["unknown"] == len(notice.groups("robot"))


async def test_reports_that_arrive_before_the_answer_are_matched_later(stage: Stage) -> None:
    notice = await opened(stage, "web", "worker", only=ZHENGHE, scope=ZHENGHE)
    await stage.control("latency", {"outcome_before_answer": True, "answer_ms": 50})
    await notice.sent()
    sums = await notice.done()
    assert sums["people"]["delivered"] == len(notice.registered)


async def test_people_sign_and_only_the_missing_are_reminded(stage: Stage) -> None:
    notice = await opened(stage, "web", "worker", only=ZHENGHE, scope=ZHENGHE)
    await notice.sent("截止：2027-03-12 18:00", to="村主席")
    villages = {
        post.openid for post in notice.federation.posts_in(ZHENGHE, "chair")
        if post.openid and notice.federation.units[post.unit].level == "village"
    }  # fmt: skip
    await notice.done()
    assert await notice.copies(TEMPLATE) == Counter(villages)
    signing = sorted(villages)[: len(villages) - 9]
    words = (
        "收到",
        "收到，谢谢主席🌹",
        "好的",
        "1",
        "👍",
        "知道了",
        "[OK]",
        f"收到 {notice.number}",
    )
    answers = await stage.all_say([(one, words[at % len(words)]) for at, one in enumerate(signing)])
    assert all("会改联推进通知" in answer for answer in answers), answers
    missing = villages - set(signing)
    answer = await stage.says(notice.author, f"谁没签收 {notice.number}")
    unsigned = {
        notice.federation.units[post.unit].short
        for post in notice.federation.posts_in(ZHENGHE, "chair")
        if post.openid in missing
    }
    assert all(name.removesuffix("村") in answer for name in unsigned), (answer, unsigned)
    before = await notice.copies(TEMPLATE)
    cards = await notice.copies(CUSTOM)
    await stage.says(notice.author, "提醒")

    async def reminded() -> bool:
        now = await notice.copies(TEMPLATE) + await notice.copies(CUSTOM)
        return len(now - before - cards) >= len(missing)

    await stage.eventually(reminded, "the missing are reminded")
    await asyncio.sleep(1)
    now = await notice.copies(TEMPLATE) + await notice.copies(CUSTOM)
    assert now - before - cards - Counter([notice.author]) == Counter(missing)


async def test_group_owners_forward_the_notice_and_their_groups_count_once(stage: Stage) -> None:
    notice = await opened(stage, "web", "worker", only=ZHENGHE, scope=ZHENGHE)
    await notice.sent(to="群")
    owners = [one for one in notice.owners() if one]
    robots = notice.groups("robot")

    async def asked() -> bool:
        heard = await notice.copies(TEMPLATE) + await notice.copies(CUSTOM)
        return set(owners) <= heard.keys() and (await notice.copies(ROBOT)) == Counter(robots)

    await stage.eventually(asked, "the owners are asked to forward, the robots speak")
    sums = await notice.all_the_same()
    assert sums["people"]["n"] == 0
    assert sums["groups"]["to_relay"] == len(owners)
    assert sums["groups"]["unregistered"] == notice.owners().count("") == 1
    who = await stage.says(notice.author, f"谁没转 {notice.number}")
    assert str(len(owners)) in who, who
    answers = await stage.all_say(
        [
            (one, ("转了", "群里发了", "转了 1群 200人")[at % 3])
            for at, one in enumerate(owners[:-1])
        ]
    )
    assert all("会改联推进通知" in answer or "转" in answer for answer in answers), answers
    again = await stage.says(owners[0], "转了")
    cannot = await stage.says(owners[-1], "转不了")
    sums = await notice.all_the_same()
    told = (answers, again, cannot)
    assert sums["groups"]["delivered"] == len(owners) - 1, told
    assert sums["groups"]["refused"] == 1, told
    assert sums["groups"]["to_relay"] == 0, told
