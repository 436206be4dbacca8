"""Whatever comes in: forged, broken, lost, too late, out of scope, or a cry for help."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

from tests.stories.conftest import TODAY, ZHENGHE
from tests.stories.federation import Federation
from tests.stories.stage import Stage

SHUNCHANG = "350721"
DANGER = ("我老公打我，怎么办", "不想活了", "他又喝酒打孩子，救救我")
CUSTOM = "custom/send"


async def test_what_is_forged_is_403_what_is_long_413_and_what_is_malformed_is_success_and_logged(
    play: tuple[Stage, Federation],
) -> None:
    stage, federation = play
    openid = federation.chairs()[0]
    body = (
        f"<xml><ToUserName>gh_0123456789ab</ToUserName><FromUserName>{openid}</FromUserName>"
        f"<CreateTime>{int(TODAY.timestamp())}</CreateTime><MsgType>text</MsgType>"
        "<Content>会改联完成，新增执委12名</Content><MsgId>900</MsgId></xml>"
    )
    forged = (
        {"signature": "bad"}, {"signature": "missing"}, {"age_s": 660}, {"age_s": -660},
        {"plaintext": True}, {"mode": "plain"},
    )  # fmt: skip
    for how in forged:
        told = await stage.control("push", {"body": body, "openid": openid, **how})
        assert told["status"] == 403, how
    told = await stage.control(
        "push", {"body": body.replace("12名", "12名" * 30_000), "openid": openid}
    )
    assert told["status"] == 413
    for broken in ("这不是报文", "<xml><FromUserName>", "<xml></xml>", "{}"):
        told = await stage.control("push", {"body": broken, "openid": openid})
        assert (told["status"], told["raw"]) == (200, "success"), broken
    # Signed with our token, but sealed for another account: proven, and still not for us.
    told = await stage.control("push", {"body": body, "openid": openid, "app_id": "wx" + "f" * 16})
    assert told["status"] == 403 or told["raw"] == "success"
    assert (stage.room / "all.log").read_text("utf-8").count("push.malformed") >= 4
    unknown = {
        "ToUserName": "gh_0123456789ab", "FromUserName": openid, "MsgType": "hologram",
        "CreateTime": int(TODAY.timestamp()), "MsgId": 901,
    }  # fmt: skip
    told = await stage.control("push", {"fields": unknown, "openid": openid})
    assert (told["status"], told["raw"]) == (200, "success")
    assert (await stage.rows("SELECT count(*) AS n FROM entry"))[0]["n"] == 0


async def test_files_with_bad_rows_name_them_and_change_nothing(
    stage: Stage, tmp_path: Path
) -> None:
    await stage.start(now=TODAY, only=ZHENGHE)
    tables = ("unit", "person", "post", "binding", "wechat_group", "campaign", "indicator")

    async def counts() -> dict[str, int]:
        return {
            name: (await stage.rows(f"SELECT count(*) AS n FROM {name}"))[0]["n"] for name in tables
        }

    before = await counts()
    head = "person_id,name,phone,unit_code,role,title,openid\n"
    new = "new-1,新人,,350725,staff,干事,\n"
    path = tmp_path / "people.csv"
    path.write_text(
        f"{head}{new}new-2,新人二,,999999,staff,干事,\nnew-3,新人三,,350725,queen,,\n", "utf-8"
    )
    fault = await asyncio.to_thread(stage.yihu, "people", "import", str(path), code=2)
    assert "people.csv:3:unit_code:" in fault
    assert "people.csv:4:role:" in fault
    many = tmp_path / "many.csv"
    many.write_text(head + "".join(f"m-{n},某,,999{n},staff,,\n" for n in range(50)), "utf-8")
    fault = await asyncio.to_thread(stage.yihu, "people", "import", str(many), code=2)
    assert fault.count(":unit_code:") == 20, fault
    assert "50 faults" in fault
    units = tmp_path / "units.csv"
    units.write_text("code,name,level,parent_code\n35072599,无名乡,township,3507259999\n", "utf-8")
    await asyncio.to_thread(stage.yihu, "org", "import", str(units), code=2)
    good = tmp_path / "good.csv"
    good.write_text(head + new, "utf-8")
    await asyncio.to_thread(stage.yihu, "people", "import", str(good), "--check")
    assert await counts() == before
    await asyncio.to_thread(stage.yihu, "people", "import", str(good))
    assert (await counts())["person"] == before["person"] + 1


async def test_strangers_and_people_out_of_their_scope_get_a_helpful_sentence_and_no_number(
    play: tuple[Stage, Federation],
) -> None:
    stage, federation = play
    stranger, unregistered = [
        (await stage.control("openid"))["openid"] for _ in range(2)
    ]  # neither account is registered, whoever holds it
    for openid in (stranger, unregistered):
        answer = await stage.says(openid, "会改联完成，新增执委12名")
        assert "登记" in answer, answer
        assert "没有记" in answer, answer
        for words in ("谁没报", "发通知", "提醒", "12号通知", "同意 1", "撤回 1"):
            answer = await stage.says(openid, words)
            assert answer, words
            assert "登记" in answer or "人工" in answer, (words, answer)
    village = federation.chairs()[0]
    elsewhere = await stage.says(village, "进度 顺昌县")
    nowhere = await stage.says(village, "进度 无中生有县")
    assert elsewhere == nowhere
    assert "没有找到" in elsewhere
    above = await stage.says(
        village, "发通知\n标题：越权\n内容：不该发出\n范围：政和县\n对象：全体"
    )
    nothing = await stage.says(
        village, "发通知\n标题：越权\n内容：不该发出\n范围：无中生有县\n对象：全体"
    )
    assert above == nothing
    assert "没有找到" in above
    for words in ("同意 1", "撤回 1", "暂停 1", "销号 1"):
        assert await stage.says(village, words), words
    for table in ("entry", "broadcast"):
        assert (await stage.rows(f"SELECT count(*) AS n FROM {table}"))[0]["n"] == 0


async def test_words_of_danger_get_help_first_and_are_written_down_nowhere(
    play: tuple[Stage, Federation],
) -> None:
    stage, federation = play
    speakers = federation.chairs()
    stranger = (await stage.control("openid"))["openid"]
    for openid, words in zip((speakers[0], speakers[1], stranger), DANGER, strict=True):
        answer = await stage.says(openid, words)
        assert "110" in answer, answer
        assert "12338" in answer, answer
        # What she says next goes straight to a human, and is kept as little; the same cry is answered again.
        assert await stage.says(openid, "他还在门外") == "[transfer_customer_service]"
        assert "110" in await stage.says(openid, words)
    await stage.settled()
    await asyncio.sleep(1.5)
    await everywhere(stage, (*DANGER, "他还在门外"))


async def everywhere(stage: Stage, words: tuple[str, ...]) -> None:
    """No table, no log and no file of the program holds any of the words, nor was any sent to anybody."""
    if stage.engine == "sqlite":
        names = await stage.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
    else:
        names = await stage.rows(
            "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'"
        )
    assert len(names) > 20
    held = [
        str(row) for name in names for row in await stage.rows(f'SELECT * FROM "{name["name"]}"')
    ]
    sent = [entry["text"] for entry in await stage.ledger()]
    files = [
        path for path in stage.room.rglob("*") if path.is_file() and "sandbox" not in path.parts
    ]
    for word in words:
        assert not [line for line in (*held, *sent) if word in line], word
        inside = [path.name for path in files if word.encode() in path.read_bytes()]
        assert not inside, (word, inside)


async def test_five_wrong_codes_close_the_door_for_ten_minutes(
    play: tuple[Stage, Federation],
) -> None:
    stage, federation = play
    waiting = next(post for post in federation.posts if not post.openid)
    printed = await asyncio.to_thread(stage.yihu, "people", "invite", "--person", waiting.person)
    code = printed.strip().splitlines()[-1].split(",")[3]
    openid = (await stage.control("openid"))["openid"]
    for _ in range(5):
        answer = await stage.says(openid, "绑定 222222")
        assert "没有登记" in answer or "分钟" in answer, answer
    answer = await stage.says(openid, f"绑定 {code}")
    assert "分钟" in answer, answer
    await stage.at(TODAY + timedelta(minutes=12))
    answer = await stage.says(openid, f"绑定{code.lower()}")
    assert answer.startswith("登记好了"), answer
    other = (await stage.control("openid"))["openid"]
    answer = await stage.says(other, f"绑定 {code}")
    assert "没有登记" in answer, "a code is good once"


async def test_a_repeat_gets_the_same_bytes_and_has_no_second_effect(
    play: tuple[Stage, Federation],
) -> None:
    stage, federation = play
    openid = federation.chairs()[0]
    for words in ("会改联完成，新增执委12名", "困难 没地方办公", "进度"):
        told = await stage.control("say", {"openid": openid, "text": words})
        again = await stage.control("repeat", {"openid": openid, "times": 4, "together": True})
        assert {one["raw"] for one in again["results"]} == {told["raw"]}, words
        assert told["raw"] != "success"
    assert (await stage.rows("SELECT count(*) AS n FROM entry"))[0]["n"] == 2
    assert (await stage.rows("SELECT count(*) AS n FROM difficulty"))[0]["n"] == 1
