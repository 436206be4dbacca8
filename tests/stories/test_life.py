"""One woman's life with the account, from the first scan to the last word, and what the logs keep of it."""

from __future__ import annotations

import asyncio
import re
from datetime import datetime, timedelta

from tests.stories.federation import Federation, Post
from tests.stories.ground import KEYS, SECRET_KEY, ZONE
from tests.stories.stage import Stage

TODAY = datetime(2027, 3, 3, 10, tzinfo=ZONE)
ZHENGHE = "350725"
TEMPLATE, CUSTOM = "template/send", "custom/send"


async def invited(stage: Stage, post: Post) -> str:
    """A fresh code for her."""
    printed = await asyncio.to_thread(stage.yihu, "people", "invite", "--person", post.person)
    found: str = printed.strip().splitlines()[-1].split(",")[3]
    assert re.fullmatch("[2-9A-HJKMNP-Z]{6}", found)
    return found


def newcomer(federation: Federation) -> Post:
    """The chair of a village who is not registered, below a township whose people are."""
    for post in federation.posts:
        unit = federation.units[post.unit]
        known = [federation.speaker(unit.parent, role) for role in ("chair", "staff")]
        if unit.level == "village" and not post.openid and all(known):
            return post
    raise AssertionError("no such village")


async def test_she_registers_reports_asks_and_is_helped_and_no_log_holds_a_name_or_a_secret(
    stage: Stage,
) -> None:
    federation = await stage.start("all", now=TODAY, only=ZHENGHE)
    post = newcomer(federation)
    village, township = (
        federation.units[post.unit],
        federation.units[federation.units[post.unit].parent],
    )
    chair = federation.speaker(township.code, "chair")
    her, other = [(await stage.control("openid"))["openid"] for _ in range(2)]

    welcome = await stage.does("follow", her)
    assert "绑定" in welcome
    assert "人工" in welcome
    assert "码" in await stage.says(her, "怎么绑定呀")
    codes = [await invited(stage, post)]
    spoken = codes[0].lower()
    answer = await stage.says(her, f"绑定：{spoken[:3]} {spoken[3:]}")
    assert answer.startswith(f"登记好了：政和县{township.name}"), answer
    assert post.name not in answer
    assert "登记" in await stage.says(her, "不是我")
    assert "登记" in await stage.says(her, "新增执委12名"), "she is a stranger again"
    # Her own phone, another day: a scan registers her, and the old account is told when she changes it.
    codes.append(await invited(stage, post))
    assert (await stage.does("scan", her, scene=codes[1])).startswith("登记好了")
    codes.append(await invited(stage, post))
    assert (await stage.does("follow", other, scene=codes[2])).startswith("登记好了")
    await heard(stage, her, "换到另一个微信号")
    her = other

    keys = {
        button["name"]: button["key"] for button in (await stage.control("menu"))["menu"]["button"]
    }
    assert list(keys) == ["我要报", "看进度", "我的事"]
    assert "会改联" in await stage.does("click", her, key=keys["我要报"])
    assert village.short in await stage.does("click", her, key=keys["看进度"])
    assert "会改联" in await stage.does("click", her, key=keys["我的事"])

    assert (await stage.says(her, "昨晚会改联完成，新增执委12名")).startswith("记上了")
    assert "12" in await stage.says(her, "是11名")
    assert "11（" in await stage.says(her, "进度 新增执委")
    assert "11" in await stage.says(her, "不对")
    assert "撤回" in await stage.says(her, "不要")
    assert "12（" in await stage.says(her, "进度 新增执委"), "what she said before stands again"
    await stage.says(her, "是11名")

    told = await stage.says(her, "困难 没地方办公")
    number = re.search(r"困难(\d+)号", told)
    assert number, told
    assert township.name in told
    await heard(stage, chair, f"困难{number[1]}号")
    assert await stage.says(chair, f"答复 {number[1]} 村部二楼腾出一间，下周可用")
    await heard(stage, her, "村部二楼")
    assert await stage.says(her, "解决了")
    await heard(stage, chair, f"销号 {number[1]}")
    assert await stage.says(chair, f"销号 {number[1]}")
    await heard(stage, her, "已销号")
    states = await stage.rows("SELECT state FROM difficulty")
    assert [row["state"] for row in states] == ["closed"]

    assert "恢复接收" in await stage.says(her, "暂停接收")
    await notice(stage, federation, "不该收到")
    assert not [line for line in await stage.sees(her) if "不该收到" in line]
    assert "恢复接收" not in await stage.says(her, "恢复接收")
    await notice(stage, federation, "该收到了")
    await heard(stage, her, "该收到了")
    assert "110" in await stage.says(her, "我老公打我")
    await stage.at(TODAY + timedelta(hours=2))
    assert await stage.says(her, "人工") == "[transfer_customer_service]"
    assert len((await stage.says(her, "帮助")).splitlines()) == 3
    await stage.does("unfollow", her)
    held = await stage.rows("SELECT count(*) AS n FROM binding")
    assert held[0]["n"] == len(federation.openids())
    await nothing_in_the_logs(stage, federation, [*codes, *(code.lower() for code in codes), her])


async def notice(stage: Stage, federation: Federation, title: str) -> None:
    """The county's chair sends a notice to the village chairs, and it is sent."""
    chair = federation.speaker(ZHENGHE)
    await stage.says(chair, f"发通知\n标题：{title}\n内容：看看就好。\n对象：村主席")
    assert "号通知" in await stage.says(chair, "确认发送")

    async def sent() -> bool:
        states = await stage.rows("SELECT state FROM broadcast ORDER BY id DESC LIMIT 1")
        return bool(states[0]["state"] == "done")

    await stage.eventually(sent, f"{title} is sent")


async def heard(stage: Stage, openid: str, words: str) -> None:
    """Wait until the words have reached her phone."""

    async def there() -> bool:
        return any(words in line for line in await stage.sees(openid))

    await stage.eventually(there, f"{words} reaches her: {await stage.sees(openid)}")


async def nothing_in_the_logs(stage: Stage, federation: Federation, more: list[str]) -> None:
    """No openid, no name, no code and no secret stands in any log of the program."""
    logs = {path.name: path.read_text("utf-8") for path in stage.room.glob("*.log")}
    assert "push.answered" in logs["all.log"]
    secrets = [KEYS["APP_SECRET"], KEYS["TOKEN"], KEYS["AES_KEY"], SECRET_KEY]
    names = {post.name for post in federation.posts} | {
        unit.short for unit in federation.at("village")
    }
    texts = ["没地方办公", "村部二楼", "不该收到", "老公打我"]
    robots = [group.key for group in federation.groups if group.key]
    for word in (*secrets, *names, *texts, *robots, *more, *federation.openids()):
        assert not [name for name, log in logs.items() if word in log], word
