"""What need not be known any longer is forgotten; the ledger is not."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bot import runtime
from bot.core import period
from bot.store import inbox, tables
from config.settings import Settings
from schedules import retention

NOW = datetime(2026, 11, 27, 3, 17, tzinfo=ZoneInfo("Asia/Shanghai"))


async def test_answers_are_forgotten_after_72_hours_and_not_before(
    database_url: str, redis_url: str, tmp_path: Path
):
    settings = Settings(database_url=database_url, data_dir=tmp_path, secret_key="k")
    async with runtime.opened(settings, redis_url) as rt:
        async with rt.write() as c:
            for hours in (1, 71, 73, 1000):
                at_ms = period.ms(NOW - timedelta(hours=hours))
                await inbox.remember(c, bytes([hours % 256]), kind="Text", reply=b"x", at_ms=at_ms)
        assert await retention.run(rt, NOW) == "2 of inbox"
        assert await retention.run(rt, NOW) == "nothing to forget"
        async with rt.read() as c:
            assert await c.scalar(sa.select(sa.func.count()).select_from(tables.inbox)) == 2
