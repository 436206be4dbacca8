"""She says …, we answer …: the dialogues of `dialogues/`, each on both databases."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.core import inbound
from bot.core.model import Level
from bot.store import people
from tests.chat import room as rooms

Talk = list[list[Any]]


def _talks() -> list[Any]:
    found = []
    for path in sorted((Path(__file__).parent / "dialogues").glob("*.yaml")):
        for title, talk in yaml.load(path.read_text("utf-8"), yaml.CSafeLoader).items():
            found.append(pytest.param(talk, id=f"{path.stem}: {title}"))
    return found


async def _heard(room: rooms.Room, who: str, says: str) -> str:
    if says == "SCAN":
        return await room.scan(who, await room.open_code())
    if says == "LEAVE":
        return room.text(await room.push(who, inbound.Unsubscribe()))
    if says.startswith("🎤"):
        return await room.speak(who, says[1:] or None)
    if says.startswith("CLICK "):
        return await room.tap(who, says.removeprefix("CLICK "))
    return await room.say(who, says)


async def _villages(room: rooms.Room) -> set[str]:
    found = set()
    for line in rooms.PEOPLE.splitlines()[1:]:
        key = line.partition(",")[0]
        async with room.rt.read() as c:
            person = await people.by_key(c, key)
        if person is not None and person.home.level is Level.VILLAGE:
            found.add(key)
    return found


@pytest.mark.parametrize("talk", _talks())
async def test_she_says_and_we_answer(room, talk):
    villages = await _villages(room)
    for step in talk:
        match step:
            case ["items"]:
                await room.ask_items()
            case ["accept"]:
                await room.accept_all()
            case ["+", minutes]:
                room.pass_time(minutes=minutes)
            case [who, says, *wanted]:
                answer = await _heard(room, who, says)
                _check(who, says, answer, wanted)
                ours = not answer.startswith(("【", "1号通知：")) and "\n1号通知：" not in answer
                most = 120 if who in villages and ours else 600
                assert len(answer) <= most, f"{who}: {says} → {len(answer)} characters: {answer}"


def _check(who: str, says: str, answer: str, wanted: list[Any]) -> None:
    for want in map(str, wanted):
        told = f"{who}: {says}\n→ {answer}\nwanted: {want}"
        if want.startswith("!"):
            assert want[1:] not in answer, told
        elif want.startswith("="):
            assert answer == want[1:], told
        else:
            assert want in answer, told
