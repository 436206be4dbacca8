"""Several processes on one PostgreSQL and one Redis, as compose.yaml starts them: who does what, once."""

from __future__ import annotations

import asyncio
import re
import signal
import time
from collections import Counter
from dataclasses import dataclass, field

import pytest

from bot.channels.base import Account, Format, Platform
from tests import programs
from tests.channels import pushes
from tests.stories.ground import KEYS, free_port
from tests.stories.notice import ROBOT, TEMPLATE, TODAY, ZHENGHE, Notice, approved, opened
from tests.stories.stage import Stage

pytestmark = pytest.mark.parametrize("stage", ["postgresql"], indirect=True)

WORKERS = ("worker-1", "worker-2", "worker-3")
CLOCKS = ("clock-1", "clock-2")
TITLE = "会改联推进通知"
DRAIN_S = 10.0  # CONTRACT §1: SIGTERM drains no longer
LATE_S = 2.0  # what a busy machine needs to start and end a process
ACCOUNT = Account(
    "wechat", Platform.MP, KEYS["APP_ID"], KEYS["TOKEN"], KEYS["AES_KEY"], KEYS["ORIGINAL_ID"]
)


@dataclass
class Fleet:
    """Processes with a data directory of their own each, but for the webs, which share a spool."""

    stage: Stage
    ports: dict[str, int] = field(default_factory=dict)

    async def start(self, *names: str) -> None:
        """Start them together and wait for the webs."""
        for name in names:
            self._start(name)
        for name in names:
            if name.startswith("web"):
                self.through(name)
                await self.stage.eventually(self.stage._ready, f"{name} serves", seconds=120)

    def _start(self, name: str) -> None:
        role = name.partition("-")[0]
        port = self.ports.get(name) or free_port()
        home = self.stage.room / ("spool" if role == "web" else name)
        home.mkdir(exist_ok=True)
        if role == "web":
            self.ports[name] = port
        own = {"YIHU_PORT": str(port), "YIHU_DATA_DIR": str(home)}
        with (self.stage.room / f"{name}.log").open("ab") as log:
            self.stage.processes[name] = programs.Child(
                programs.yihu,
                "serve",
                "--role",
                role,
                environment={**self.stage.environment, **own},
                stdout=log,
                stderr=log,
            )

    def through(self, web: str) -> None:
        """What the proxy does: our own questions go to this web."""
        self.stage.port = self.ports[web]

    async def proxy(self, web: str) -> None:
        """What the proxy does: pushes and questions go to this web."""
        self.through(web)
        await self.stage.control("target", {"url": f"http://127.0.0.1:{self.ports[web]}/wechat"})

    async def end(self, name: str) -> float:
        """SIGTERM; how many seconds the process took to end well."""
        process = self.stage.processes.pop(name)
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        code = await asyncio.to_thread(process.wait, DRAIN_S + LATE_S)
        assert code == 0, f"{name} ended with {code}: {self.stage.log(name)}"
        return time.monotonic() - began

    async def push(self, openid: str, text: str, *, copies: int) -> list[bytes]:
        """The very same push to every web, `copies` times each, all at once; the bodies of the answers."""
        fields = {
            "ToUserName": KEYS["ORIGINAL_ID"],
            "FromUserName": openid,
            "CreateTime": str(int(TODAY.timestamp()) + 60),
            "MsgType": "text",
            "Content": text,
            "MsgId": "7700000000000000001",
        }
        sealed = pushes.seal(ACCOUNT, pushes.body(fields, Format.XML))
        query = pushes.query(ACCOUNT, sealed=sealed, at=str(int(time.time())))
        envelope = {"ToUserName": KEYS["ORIGINAL_ID"], "Encrypt": sealed}
        body = pushes.body(envelope, Format.XML)
        asked = [
            self.stage.ask("POST", f"http://127.0.0.1:{port}/wechat", params=query, data=body)
            for port in self.ports.values()
            for _ in range(copies)
        ]
        answers = await asyncio.gather(*asked)
        assert {status for status, _ in answers} == {200}
        return [answer for _, answer in answers]


async def fleet(stage: Stage, *, only: str = "", scope: str = "") -> tuple[Fleet, Notice]:
    """Two webs, three workers and two clocks at work, and an author ready to write."""
    notice = await opened(stage, only=only, scope=scope) if only else await opened(stage)
    ships = Fleet(stage)
    await ships.start("web-1", "web-2", *WORKERS, *CLOCKS)
    await ships.proxy("web-1")
    return ships, notice


async def copies(stage: Stage, words: str) -> Counter[str]:
    """How many cards about that each person got; the clocks and the approval send others."""
    entries = await stage.ledger(TEMPLATE, accepted=1)
    return Counter(entry["who"] for entry in entries if f"通知名称：{words}\n" in entry["text"])


def cards(notice: Notice) -> Counter[str]:
    """One card for each registered person, and one more for each owner who is to forward."""
    openids = {post.person: post.openid for post in notice.federation.posts}
    inside = set(notice.federation.inside(notice.scope))
    owners = {
        openids[one.owner]
        for one in notice.federation.groups
        if one.kind == "relay" and one.unit in inside
    }
    return Counter(notice.registered) + Counter(owner for owner in owners if owner)


@pytest.mark.chaos
async def test_three_workers_send_one_notice_once_to_everybody_and_a_push_to_both_webs_counts_once(
    stage: Stage,
) -> None:
    stage.settings = {"YIHU_WINDOW": "16", "YIHU_APPROVAL_THRESHOLD": "1000"}
    ships, notice = await fleet(stage)
    await stage.control("latency", {"answer_ms": 100})
    assert str(len(notice.people)) in await notice.written()

    answers = await ships.push(notice.author, "确认发送", copies=3)
    assert len(answers) == 6
    assert len(set(answers)) == 1, "every repeat gets the first answer, byte for byte"
    sealed = re.search(rb"<Encrypt>(?:<!\[CDATA\[)?([^<\]]+)", answers[0])
    assert sealed, answers[0]
    said = pushes.unseal(ACCOUNT, sealed[1].decode())
    number = re.search(r"(\d+)号通知", said)
    assert number, said
    notice.number = int(number[1])
    assert len(await stage.rows("SELECT id FROM broadcast")) == 1
    await ships.proxy("web-2")
    await approved(notice)

    owners: set[str] = set()

    async def whole() -> bool:
        held = await stage.rows("SELECT owner FROM batch WHERE state = 'claimed'")
        owners.update(row["owner"].partition("#")[0] for row in held)
        sums = await notice.told()
        return sums["people"]["unsent"] + sums["groups"]["unsent"] == 0

    await stage.eventually(whole, "the notice is sent", seconds=90)
    sums = await notice.done()
    assert len(owners) == len(WORKERS), "every worker sent some of it"
    assert await copies(stage, TITLE) == cards(notice)
    assert await notice.copies(ROBOT) == Counter(notice.groups("robot"))
    assert sums["people"]["delivered"] == len(notice.registered)

    # Both clocks look for what is due; each milestone is planned by one of them and told once.
    told = [
        (entry["who"], entry["text"])
        for entry in await stage.ledger(TEMPLATE, accepted=1)
        if "百日攻坚" in entry["text"]
    ]
    assert told
    assert len(set(told)) == len(told)


@pytest.mark.chaos
async def test_restarting_every_process_in_the_middle_of_a_notice_loses_and_doubles_nothing(
    stage: Stage,
) -> None:
    stage.settings = {"YIHU_WINDOW": "4"}
    ships, notice = await fleet(stage)
    await stage.control("latency", {"answer_ms": 100})
    await notice.sent()

    async def begun() -> bool:
        return len(await stage.ledger(TEMPLATE)) >= 50

    await stage.eventually(begun, "50 are sent")
    took: dict[str, float] = {}
    for name in (*WORKERS, *CLOCKS, "web-1", "web-2"):
        if name.startswith("web"):
            await ships.proxy("web-2" if name == "web-1" else "web-1")
        took[name] = await ships.end(name)
        await ships.start(name)
        await ships.proxy("web-1" if name == "web-1" else "web-2")
        await notice.told()
    assert max(took.values()) <= DRAIN_S + LATE_S, took
    assert (await notice.told())["people"]["unsent"] > 0, "it was in the middle"
    sums = await notice.done(seconds=120)
    assert await copies(stage, TITLE) == cards(notice)
    assert await notice.copies(ROBOT) == Counter(notice.groups("robot"))
    assert sums["people"]["delivered"] == len(notice.registered)
    assert sums["people"]["unknown"] == sums["groups"]["unknown"] == 0


async def test_a_worker_whose_calls_hang_ends_in_ten_seconds_and_another_goes_on(
    stage: Stage,
) -> None:
    notice = await opened(stage, only=ZHENGHE, scope=ZHENGHE)
    ships = Fleet(stage)
    await ships.start("web-1", "worker-1")
    await ships.proxy("web-1")
    await stage.control("faults", {"endpoint": TEMPLATE, "hang": True, "next": 20})
    await notice.sent()

    async def hanging() -> bool:
        return len(await stage.ledger(TEMPLATE)) >= 20

    await stage.eventually(hanging, "calls hang")
    assert await ships.end("worker-1") <= DRAIN_S + LATE_S
    assert (await notice.told())["people"]["unsent"] > 0
    await ships.start("worker-2")
    sums = await notice.done(seconds=60)
    assert await copies(stage, TITLE) == cards(notice)
    assert sums["people"]["delivered"] == len(notice.registered)


async def test_no_process_starts_on_a_schema_that_is_not_its_own(stage: Stage) -> None:
    await stage.start(now=TODAY, only=ZHENGHE)
    [have] = await stage.rows("SELECT version_num FROM alembic_version")
    await stage.does_sql("UPDATE alembic_version SET version_num = '0000'")
    for role in ("web", "worker", "clock", "all"):
        told = await asyncio.to_thread(stage.yihu, "serve", "--role", role, code=2)
        [sentence] = [line for line in told.splitlines() if not line.startswith("{")]
        assert "0000" in sentence, told
        assert f"needs {have['version_num']}" in sentence
        assert "yihu db upgrade" in sentence
