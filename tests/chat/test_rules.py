"""Danger, registration, questions, words: what dialogues cannot show."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.actions import enrol
from bot.core import inbound, reply, wording
from bot.store import invites, people, questions, tables
from config import danger, menu, words
from tests.chat import room as rooms

KEPT = (tables.entry, tables.difficulty, tables.opinion, tables.question, tables.broadcast)


async def _code(room: rooms.Room, key: str) -> str:
    async with room.rt.read() as c:
        person = await people.by_key(c, key)
    assert person
    guest = invites.Guest(person.id, person.key, person.name, person.home.code)
    return (await enrol.invite(room.rt, [guest], 30))[0].code


@pytest.mark.parametrize("who", ["dong", "new"])
@pytest.mark.parametrize("said", ["我老公打我", "不想活了", "他今天又 打、我 了，没地方住"])
async def test_danger_comes_first_and_leaves_no_trace(room, monkeypatch, who, said):
    listed = danger.Danger(danger.load().words, 60, ("zheng", "nobody"))
    monkeypatch.setattr(danger, "load", lambda: listed)
    await room.say("dong", "十来个")
    before = [await room.count(table) for table in KEPT]
    answer = await room.say(who, said)
    assert "110" in answer.splitlines()[0]
    assert "12338" in answer
    assert "联系我" in answer
    assert await room.say(who, "没地方办公") == "→人工"
    assert await room.say(who, "好的") == "→人工"
    assert await room.say(who, "联系我") == "→人工"
    assert await room.speak(who, "他在门外") == "→人工"
    assert await room.speak(who, None) == "→人工"
    picture = await room.push(who, inbound.Image("", ""))
    assert isinstance(picture, reply.TransferReply)
    assert [await room.count(table) for table in KEPT] == before
    told = await room.told()
    assert len(told) == 1
    assert "求助" in told[0]
    assert "打" not in told[0]
    async with room.rt.read() as c:
        deeds = (await c.execute(sa.select(tables.last_deed.c.payload))).all()
    assert not any("打" in str(deed) for deed in deeds)
    assert "110" in await room.say(who, said), "said again, answered again"
    assert "人工" in await room.say(who, "帮助"), "a plain command is not meant for the human"
    room.pass_time(minutes=61)
    assert await room.say(who, "人工") == "→人工"
    assert "政和县" in await room.say(who, "进度 政和县") or who == "dong"


async def test_a_spoken_word_of_danger_counts_like_a_typed_one(room):
    assert "110" in await room.speak("dong", "我老公打我")
    assert "110" not in await room.say("xi", "有事打我电话")


async def test_a_code_registers_and_not_me_undoes_it(room):
    code = await _code(room, "wu")
    assert "您还没有登记" in await room.say("new", "改好了，新选12个")
    answer = await room.say("new", f"绑定 {code.lower()}")
    assert "五一九社区妇联" in answer
    assert "王*五" in answer
    assert "记上了：五一九社区" in await room.say("new", "改好了，新选12个")
    assert "已经" in await room.say("other", f"绑定{code}")
    code = await _code(room, "shi")
    assert "石屯村妇联" in await room.say("third", code)
    await room.say("third", "不是我")
    assert "您还没有登记" in await room.say("third", "改好了，新选12个")


async def test_a_scan_registers_at_once(room):
    code = await _code(room, "wu")
    assert "五一九社区妇联" in room.text(await room.push("new", inbound.Subscribe(code)))
    code = await _code(room, "shi")
    assert "石屯村妇联" in room.text(await room.push("old", inbound.Scan(code)))
    assert "12338" in room.text(await room.push("x", inbound.Subscribe(None)))
    assert "12338" in room.text(await room.push("y", inbound.Subscribe("poster")))


async def test_five_wrong_codes_close_the_door_for_ten_minutes(room):
    code = await _code(room, "wu")
    for _ in range(5):
        answer = await room.say("new", "绑定 222222")
    assert "10分钟" in answer.replace(" ", "")
    assert "五一九社区" not in await room.say("new", f"绑定 {code}")
    room.pass_time(minutes=11)
    assert "五一九社区" in await room.say("new", f"绑定 {code}")


async def test_who_leaves_is_forgotten(room):
    await room.say("dong", "十来个")
    assert room.text(await room.push("dong", inbound.Unsubscribe())) == ""
    assert await room.count(tables.question) == 0
    assert "您还没有登记" in await room.say("dong", "改好了，新选12个")


async def test_a_moved_binding_takes_no_open_question_with_it(room):
    await room.say("dong", "十来个")
    code = await _code(room, "dong")
    assert "东山村" in await room.say("phone2", f"绑定{code}")
    assert "您还没有登记" in await room.say("dong", "新增执委11名")
    assert "记上了" not in await room.say("phone2", "11")


async def test_an_audience_that_changed_shows_a_new_preview_and_sends_nothing(room):
    await room.say("xing", "部署\n标题：一\n内容：二\n对象：村主席")
    await room.load(
        "people",
        "person_id,name,phone,unit_code,role,title\nnew1,新来人,,350725101001,chair,主席\n",
    )
    answer = await room.say("xing", "确认发送")
    assert "还没有发送" in answer
    assert "的4人" in answer
    assert await room.count(tables.broadcast) == 0
    assert "开始发了" in await room.say("xing", "确认发送")
    assert await room.count(tables.broadcast) == 1


async def test_an_audience_that_grew_is_shown_to_who_decides_and_the_next_consent_means_it(room):
    await room.say("zheng2", "部署\n标题：全县动员\n内容：请行动")
    await room.say("zheng2", "确认发送")
    await room.load(
        "people",
        "person_id,name,phone,unit_code,role,title\nnew1,新来人,,350725101001,deputy,副主席\n",
    )
    assert "不一样了" in await room.say("zheng", "同意 1")
    assert "开始发" in await room.say("zheng", "同意 1")


async def test_absurd_values_of_a_form_are_refused_before_the_preview(room):
    form = "部署\n标题：一\n内容：二\n"
    for line in ("联合：" + "市" * 300, "发送时间：9999-12-31 23:59", "截止：9999-12-31 23:59"):
        answer = await room.say("xing", form + line)
        assert "太长" in answer or "太远" in answer
        assert f"只请再发一行“{line.partition('：')[0]}：……”" in answer
    assert "没有发" in await room.say("xing", "算了")
    assert await room.count(tables.question) == 0


async def test_a_question_is_taken_once(room):
    await room.say("xing", "帮西山报8个")
    async with room.rt.read() as c:
        row = (await c.execute(sa.select(tables.question))).one()
        question = await questions.current(c, row.follower_id, room.rt.now_ms())
    assert question
    async with room.rt.write() as c:
        assert await questions.take(c, question)
        assert not await questions.take(c, question)


async def test_period_and_source_come_from_the_first_sentence(room):
    await room.say("xing", "帮西山报8个")
    said_at = room.clock
    room.pass_time(minutes=300)
    await room.say("xing", "对")
    async with room.rt.read() as c:
        entry = (await c.execute(sa.select(tables.entry))).one()
    assert entry.said_at_ms == int(said_at.timestamp()) * 1000
    assert entry.on_behalf


@pytest.mark.parametrize(
    "what",
    [
        inbound.Image("", ""),
        inbound.Video("m"),
        inbound.ShortVideo("m"),
        inbound.Location(27.0, 118.0, "村部"),
        inbound.Link("t", "d", "u"),
    ],
)
async def test_what_is_no_words_gets_a_short_helpful_text(room, what):
    answer = room.text(await room.push("dong", what))
    assert 10 < len(answer) <= 120


@pytest.mark.parametrize(
    "what",
    [
        inbound.View("https://x"),
        inbound.Other("event", "card"),
        inbound.MassFinished(1, "send success", 0, 0, 0, 0),
        inbound.SubscribeAnswered(()),
    ],
)
async def test_what_asks_for_nothing_gets_no_reply(room, what):
    assert isinstance(await room.push("dong", what), reply.NoReply)


def test_every_button_says_something_we_understand():
    assert [button.name for button in menu.load()] == ["我要报", "看进度", "我的事"]
    assert all(len(button.name) <= 4 and len(button.key) <= 128 for button in menu.load())


SOURCES = [
    path
    for folder in ("handlers", "bot", "schedules")
    for path in (Path(__file__).parents[2] / folder).rglob("*.py")
]
CODE = "\n".join(path.read_text("utf-8") for path in SOURCES)
MINE = [
    "bind",
    "chat",
    "figures",
    "form",
    "help",
    "human",
    "items",
    "missing",
    "notice",
    "opinion",
    "public",
    "question",
    "relaying",
    "reporting",
    "signing",
    "subscription",
    "trouble",
    "value",
]
MADE = re.findall(r'f"((?:[a-z_]+)\.[a-z_]*)\{', CODE)


@pytest.mark.parametrize("key", [key for key in words.load() if key.partition(".")[0] in MINE])
def test_every_sentence_is_used(key):
    assert f'"{key}"' in CODE or any(key.startswith(start) for start in MADE), key


CALLS = re.findall(r'say\(\s*"([a-z_]+\.[a-z_]+)"((?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)', CODE)


@pytest.mark.parametrize(("key", "given"), sorted(set(CALLS)))
def test_every_sentence_that_is_said_is_there_and_its_blanks_are_filled(key, given):
    sentences = wording.Words(words.load())
    assert key in sentences
    if "**" not in given:
        assert sentences.blanks(key) <= set(re.findall(r"(\w+)=", given))


def test_the_calls_are_found():
    assert len(CALLS) > 100


async def test_reminders_do_not_stand_before_the_notices_she_asks_about(room):
    await room.say("xing", "部署\n标题：一\n内容：二\n对象：村主席\n截止：12月1日")
    await room.say("xing", "确认发送")
    await room.accept_all()
    async with room.rt.write() as c:
        one = dict((await c.execute(sa.select(tables.broadcast))).mappings().one())
        weekly = {**one, "purpose": "weekly", "author_id": None, "title": "本周"}
        del weekly["id"]
        await c.execute(
            sa.insert(tables.broadcast), [weekly | {"idem_key": f"{n}"} for n in range(25)]
        )
    assert "还有2人没签收" in await room.say("xing", "谁没签收")
    assert "1号通知：" in await room.say("xing", "传到哪了")
    assert "1号通知" in await room.say("xing", "撤回")
