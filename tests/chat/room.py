"""A small imported federation and what its people say to the account."""

from __future__ import annotations

import itertools
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import sqlalchemy as sa

from bot.actions import transfer
from bot.core import inbound, reply
from bot.core.receipt import State
from bot.runtime import Runtime
from bot.store import followers, rolls, tables
from handlers.chat import dispatch

UNITS = """code,name,level,parent_code
0,全国,national,
35,福建省,province,0
3507,南平市,city,35
350725,政和县,county,3507
350725101,星溪乡,township,350725
350725101001,东山村委会,village,350725101
350725101002,西山村委会,village,350725101
350725101003,五一九社区居委会,village,350725101
350725102,石屯镇,township,350725
350725102001,石屯村委会,village,350725102
350725102002,松源村委会,village,350725102
350783,建瓯市,county,3507
350783101,吉阳镇,township,350783
350783101001,南山村委会,village,350783101
350783101002,东山村委会,village,350783101
"""
PEOPLE = """person_id,name,phone,unit_code,role,title,openid
root,丙三,,0,admin,管理员,openid-root
city,丁大四,,3507,chair,主席,openid-city
zheng,甲一一,,350725,chair,主席,openid-zheng
zheng2,甲二二,,350725,staff,干事,openid-zheng2
xing,乙一一,,350725101,chair,主席,openid-xing
xing2,乙二二,,350725101,staff,干事,openid-xing2
dong,张小英,,350725101001,chair,主席,openid-dong
dong2,张二丽,,350725101001,member,执委,openid-dong2
xi,李小花,,350725101002,chair,主席,openid-xi
wu,王小五,,350725101003,chair,主席,
shi,赵小石,,350725102001,chair,主席,openid-shi
nan,钱小南,,350783101001,chair,主席,openid-nan
"""
GROUPS = """group_id,name,unit_code,kind,owner_person_id,member_count,webhook_key
g1,星溪姐妹群,350725101,relay,xing,120,
"""
CAMPAIGN = """code: hundred
name: 强基固本百日攻坚
goal: 全部完成
units: ["3507"]
start: 2026-11-02
end: 2027-02-09
phases: []
measures: []
mechanisms: []
indicators:
  - {code: region, name: 乡镇区域化, aliases: [区域化, 区域化建设], kind: completion, level: township, unit_word: 个, reference: all}
  - {code: reform, name: 会改联, aliases: [费改联, 会改连], kind: completion, level: village, unit_word: 个, reference: all}
  - {code: new-town, name: 新增执委·乡镇, aliases: [新增执委, 执委], kind: count, level: township, unit_word: 名, value: total, reference: all}
  - {code: new-village, name: 新增执委·村, aliases: [新增执委, 执委], kind: count, level: village, unit_word: 名, value: total, reference: all}
milestones:
  - {date: 2026-12-02, fraction: 0.34, indicators: [region, reform]}
  - {date: 2027-01-31, fraction: 1.0, indicators: [region, reform]}
"""
ITEMS = """item_id,kind,title,unit_code,level,due,detail
sign,task,妇女之家挂牌,350725101,village,2026-11-30,牌子由乡里统一做
minutes,document,选举会会议记录,350725101,village,2026-11-30,
left,statistic,留守妇女人数,350725101,village,2026-12-04,
"""
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # ten o'clock in the villages


@dataclass
class Room:
    """The program and its people; `clock` is what time it is for everybody."""

    rt: Runtime
    clock: datetime = MONDAY
    keys: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def pass_time(self, **span: float) -> None:
        self.set_clock(self.clock + timedelta(**span))

    def set_clock(self, at: datetime) -> None:
        self.clock = at
        self.rt._offset = at - datetime.now(UTC)

    async def push(self, who: str, what: inbound.What) -> reply.Reply:
        """What the webhook does: one transaction around follower, effect and answer."""
        self.set_clock(self.clock + timedelta(seconds=1))
        key = inbound.message_key("wechat", str(next(self.keys)))
        said = inbound.Inbound("wechat", f"openid-{who}", "gh", self.clock, key, what)
        async with self.rt.write() as c:
            at_ms = self.rt.now_ms()
            follower = await followers.heard(c, self.rt.seal, said.account, said.openid, at_ms)
            return await dispatch.answer(self.rt, said, follower)

    async def say(self, who: str, text: str) -> str:
        """A typed line; the text of the answer, `→人工` for a transfer, '' for no answer."""
        return self.text(await self.push(who, inbound.Text(text)))

    async def speak(self, who: str, text: str | None) -> str:
        return self.text(await self.push(who, inbound.Voice(text, "m")))

    async def tap(self, who: str, key: str) -> str:
        return self.text(await self.push(who, inbound.Click(key)))

    async def scan(self, who: str, scene: str) -> str:
        return self.text(await self.push(who, inbound.Scan(scene)))

    async def open_code(self) -> str:
        """The code for new members that was made last."""
        async with self.rt.read() as c:
            newest = sa.select(tables.admission.c.code_sealed).order_by(
                tables.admission.c.id.desc()
            )
            return self.rt.seal.open((await c.scalars(newest)).first() or b"")

    @staticmethod
    def text(answer: reply.Reply) -> str:
        match answer:
            case reply.TextReply(text=text):
                return text
            case reply.TransferReply():
                return "→人工"
            case _:
                return ""

    async def told(self) -> list[str]:
        """What waits to be said to others."""
        async with self.rt.read() as c:
            found = await c.scalars(sa.select(tables.outbox.c.text).order_by(tables.outbox.c.id))
            return list(found)

    async def count(self, table: sa.Table) -> int:
        async with self.rt.read() as c:
            return await c.scalar(sa.select(sa.func.count()).select_from(table)) or 0

    async def load(self, kind: str, text: str, *, prune: bool = False) -> None:
        """Import a file of this kind and text."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"{kind}.{'yaml' if kind == 'campaign' else 'csv'}"
            path.write_text(text, "utf-8")
            await transfer.load(self.rt, kind, path, check=False, prune=prune)

    async def ask_items(self) -> None:
        """A task, a document and a statistic for the villages of 星溪乡: numbers 1, 2 and 3."""
        await self.load("items", ITEMS)

    async def accept_all(self) -> None:
        """What a worker and the platform do: everything that could be sent is accepted."""
        async with self.rt.write() as c:
            for row in (await c.execute(sa.select(tables.batch))).all():
                states = np.frombuffer(row.states, np.uint8).copy()
                done = State.TO_RELAY if row.channel == "relay" else State.ACCEPTED
                states[states == State.PENDING] = done
                await c.execute(
                    sa.update(tables.batch)
                    .where(
                        tables.batch.c.broadcast_id == row.broadcast_id,
                        tables.batch.c.no == row.no,
                    )
                    .values(states=states.tobytes())
                )
                await rolls.touch(c, row.broadcast_id, row.no)


async def furnish(rt: Runtime) -> None:
    """Import the federation and open the campaign."""
    made = Room(rt)
    made.set_clock(MONDAY)
    for kind, text in (
        ("units", UNITS),
        ("people", PEOPLE),
        ("groups", GROUPS),
        ("campaign", CAMPAIGN),
    ):
        await made.load(kind, text)
