"""All 2,098 names of Nanping, as people write them, seen by a chair, her township and her county: never silently wrong."""

from __future__ import annotations

import csv
import random
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import opencc
import pypinyin
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core import text, unitfinding, unitlike, unitnames
from bot.core.model import Level
from bot.core.unitfinding import Found
from bot.core.unitnames import Names, Place

UNITS = Path(__file__).parents[2] / "config" / "data" / "nanping-units.csv"
LEVELS = {level.word: level for level in Level}
TRADITIONAL = opencc.OpenCC("s2t")
_OFFICE = re.compile("(?<=.)(?:民?委员?会|委会)$|(?:居民委员会|居委会|办事处)$")


@dataclass(frozen=True)
class Unit:
    """A row of the file with its names, made here without the program's rules."""

    code: str
    name: str
    level: Level
    parent: str

    @property
    def short(self) -> str:
        if self.level is Level.VILLAGE and self.name.endswith(("居委会", "居民委员会")):
            stem = re.sub("(?:居民委员会|居委会)$", "", self.name)
            return stem if stem.endswith("社区") else stem + "社区"
        return _OFFICE.sub("", self.name)

    @property
    def names(self) -> list[str]:
        """東山村委会, 东山村妇联, 东山村, and 东山 where two characters are left."""
        kinds = "社区|村" if self.level is Level.VILLAGE else "民族乡|街道|[镇乡县市区省]"
        bare = re.sub(f"(?:{kinds})$", "", self.short)
        found = [self.name, self.short + "妇联", self.short]
        return [*found, bare + "妇联", bare] if len(bare) >= 2 else found


@cache
def everybody() -> dict[str, Unit]:
    with UNITS.open(encoding="utf-8-sig") as file:
        rows = csv.DictReader(file)
        return {
            r["code"]: Unit(r["code"], r["name"], LEVELS[r["level"]], r["parent_code"])
            for r in rows
        }


@cache
def below(code: str) -> list[str]:
    return [unit.code for unit in everybody().values() if unit.parent == code]


@cache
def scope(top: str) -> tuple[dict[str, int], Names]:
    """The units of a scope with their depth, and the program's names of them."""
    depths, todo = {top: 0}, [top]
    while todo:
        code = todo.pop()
        for child in below(code):
            depths[child] = depths[code] + 1
            todo.append(child)
    every = everybody()
    places = (Place(c, every[c].name, every[c].level, d) for c, d in depths.items())
    return depths, Names(places)


def views(unit: Unit) -> list[str]:
    """Whose eyes: her own, her township's, her county's."""
    found, at = [unit.code], unit
    while at.parent and everybody()[at.parent].level >= Level.COUNTY:
        at = everybody()[at.parent]
        found.append(at.code)
    return found


@cache
def called(top: str) -> dict[str, set[str]]:
    """Folded name → the units of the scope that are called so."""
    found: dict[str, set[str]] = {}
    for code in scope(top)[0]:
        for name in everybody()[code].names:
            found.setdefault(text.fold(name), set()).add(code)
    return found


def ask(top: str, said: str) -> Found:
    return unitfinding.find(scope(top)[1], text.fold(said).replace(" ", ""))


def kind(found: Found, unit: Unit) -> str:
    keys = {place.key for place in (*found.places, *found.farther)}
    if not keys:
        return "not understood"
    if unit.code not in keys:
        return "another" if found.exact else "another, told as a guess"
    if len(found.places) > 1:
        return "asked"
    if not found.exact:
        return "guessed"
    return "found" if found.certain else "found with a remark"


def _show(what: str, counted: Counter[str]) -> None:
    """Seen with `pytest -rP`."""
    shares = "  ".join(f"{word} {n / counted.total():.1%}" for word, n in counted.most_common())
    print(f"{what}: {shares}")  # noqa: T201


def test_every_name_finds_its_unit_or_asks_with_all_that_are_called_so() -> None:
    shares: Counter[str] = Counter()
    for unit in everybody().values():
        if unit.level < Level.COUNTY:
            continue
        for top in views(unit):
            depths = scope(top)[0]
            for name in unit.names:
                found, right = ask(top, name), called(top)[text.fold(name)]
                assert found.exact, (top, name)
                nearest = {c for c in right if depths[c] == min(depths[d] for d in right)}
                assert {place.key for place in found.places} == nearest, (top, name, found)
                assert {place.key for place in found.farther} == right - nearest, (top, name, found)
                shares[kind(found, unit)] += 1
    _show("exact", shares)
    assert set(shares) <= {"found", "asked", "found with a remark"}


def test_a_foreign_name_is_never_taken_for_one_of_hers() -> None:
    chance = random.Random(8)
    units = [unit for unit in everybody().values() if unit.level > Level.COUNTY]
    shares: Counter[str] = Counter()
    for unit in units[::3]:
        other = chance.choice(units)
        for top in views(unit)[:2]:
            for name in other.names:
                if text.fold(name) in called(top):
                    continue
                found = ask(top, name)
                assert not found.exact or not found.places, (unit, name, found)
                shares["guess" if found.places else "not hers"] += 1
    _show("foreign", shares)
    assert shares["guess"] < 0.02 * shares.total()


@cache
def homophones() -> dict[str, list[str]]:
    by_sound: dict[str, list[str]] = {}
    for ch in sorted({ch for unit in everybody().values() for ch in unit.short}):
        by_sound.setdefault(pypinyin.lazy_pinyin(ch)[0], []).append(ch)
    return {ch: [o for o in some if o != ch] for some in by_sound.values() for ch in some}


def homophone(name: str, chance: random.Random) -> str:
    at = [i for i, ch in enumerate(name[:-1]) if homophones().get(ch)]
    if not at:
        return name
    i = chance.choice(at)
    return name[:i] + chance.choice(homophones()[name[i]]) + name[i + 1 :]


def another(name: str, chance: random.Random) -> str:
    i = chance.randrange(len(name))
    return name[:i] + chr(chance.randrange(0x4E00, 0x9FA6)) + name[i + 1 :]


def dropped(name: str, chance: random.Random) -> str:
    i = chance.randrange(len(name))
    return name[:i] + name[i + 1 :]


def doubled(name: str, chance: random.Random) -> str:
    i = chance.randrange(len(name) - 1)
    return name[:i] + name[i] + name[i:]


def exchanged(name: str, chance: random.Random) -> str:
    i = chance.randrange(len(name) - 1)
    return name[:i] + name[i + 1] + name[i] + name[i + 2 :]


def pinyin(name: str, chance: random.Random) -> str:
    parts = pypinyin.lazy_pinyin(name)
    return (
        chance.choice(["", " ", "'"]).join(parts).title()
        if chance.random() < 0.3
        else "".join(parts)
    )


def traditional(name: str, chance: random.Random) -> str:
    return str(TRADITIONAL.convert(name))


def wide(name: str, chance: random.Random) -> str:
    return chance.choice(["　{}　", "{}\u200b", " {} "]).format("　".join(name))


WAYS: dict[Callable[[str, random.Random], str], float] = {
    homophone: 0.9,
    another: 0.05,
    dropped: 0.25,
    doubled: 0.9,
    exchanged: 0.5,
    pinyin: 0.95,
    traditional: 0.98,
    wide: 0.99,
}
"""How a name is written, and the share that must at least be understood by the township."""


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_however_a_name_is_written_it_is_never_silently_another(
    way: Callable[[str, random.Random], str],
) -> None:
    chance, shares = random.Random(7), {0: Counter[str](), 1: Counter[str]()}
    villages = [unit for unit in everybody().values() if unit.level is Level.VILLAGE]
    for number, unit in enumerate(villages[::2]):
        said = way(unit.short, chance)
        for far, top in enumerate(views(unit)[1:]):
            if far and number % 10:
                continue  # the county's list is long: every tenth is enough
            found = ask(top, said)
            right = called(top).get(text.fold(said).replace(" ", ""), set())
            if found.exact and found.places:
                keys = {place.key for place in (*found.places, *found.farther)}
                assert keys == right, (said, unit, found)
            shares[far][
                kind(found, unit) if not right or unit.code in right else "a real other name"
            ] += 1
    for far, counted in shares.items():
        _show(f"{way.__name__}, {('township', 'county')[far]}", counted)
    near = shares[0]
    understood = sum(near[word] for word in ("found", "found with a remark", "asked", "guessed"))
    assert understood >= WAYS[way] * near.total()


def test_two_that_are_equally_near_are_both_offered() -> None:
    places = [
        Place("a", "东山村委会", Level.VILLAGE, 1),
        Place("b", "冬山村委会", Level.VILLAGE, 1),
    ]
    found = unitfinding.find(Names(places), "洞山村")
    assert ({place.key for place in found.places}, found.certain) == ({"a", "b"}, False)


@pytest.mark.parametrize(
    ("said", "name", "like"),
    [
        ("正和县", "政和县", True), ("正和", "政和县", True), ("zhenghe", "政和县", True), ("ZhèngHé xiàn", "政和县", True),
        ("dongshan", "东山村委会", True), ("DongShan cun", "东山村委会", True), ("donshan", "东山村委会", True),
        ("东三村", "东山村委会", True), ("车山村", "东山村委会", True), ("山东村", "东山村委会", True), ("东东山村", "东山村委会", True),
        ("五一久社区", "五一九社区居委会", True), ("三峡民放村", "三峡民族村委会", True),
        ("西山村", "东山村委会", False), ("南山", "东山村委会", False), ("东坪村", "东山村委会", False), ("东山镇", "东山村委会", False),
        ("上洋坑村", "下洋坑村委会", False), ("洋坑村", "下洋坑村委会", False), ("四都村", "十都村委会", False), ("五九社区", "五一九社区居委会", False),
        ("山", "东山村委会", False), ("", "东山村委会", False), ("ok", "东山村委会", False), ("火星", "东山村委会", False),
    ],
)  # fmt: skip
def test_what_may_be_a_slip_and_what_is_another_place(said: str, name: str, *, like: bool) -> None:
    level = Level.COUNTY if name.endswith("县") else Level.VILLAGE
    assert bool(unitlike.like(said, [Place("x", name, level, 0)])) is like


def test_short_names_of_the_program_are_those_of_this_table() -> None:
    for unit in everybody().values():
        assert unitnames.short(unit.name, unit.level) == unit.short


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=12) | st.text("abcdghinosuz 'ǎü", max_size=16))
def test_whatever_is_written_a_guess_is_never_exact(said: str) -> None:
    names = scope("350725")[1]
    found = unitfinding.find(names, text.fold(said))
    assert not found.exact or not found.places or names.named(said)
