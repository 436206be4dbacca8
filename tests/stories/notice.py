"""A notice under way, and everything that is said of its sum: by chat, API, database and the platform."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from tests.stories.federation import Federation, Group
from tests.stories.ground import ZONE, dump
from tests.stories.stage import Stage

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

    async def cards(self) -> Counter[str]:
        """How many cards of notices each got: a letter to one person (somebody is to agree) has a random id."""
        entries = await self.stage.ledger("template/send", accepted=1)
        letter = re.compile("[0-9a-f]{32}")
        return Counter(entry["who"] for entry in entries if not letter.fullmatch(entry["dedupe"]))

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
