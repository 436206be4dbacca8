"""A correction as its clauses: what was told before, why it was wrong, that it is to be changed, and what is right.

上午报13名，漏了两个，应为15名，麻烦改一下. Of these only what is right has a value. Where it is said, the others are blanked out before the
sentence is read, so that its places stay as they are; where it is not, or anything is in doubt, the sentence stays as it is and is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from bot.core import numerals
from bot.core.reading import Ask, Claim, Lexicon, Question
from bot.core.report.corrections import corrected_units
from bot.core.report.corrections.corrected_clauses import Clause, Sort, Span, clauses_of
from bot.core.report.words import corrected_words as words

_SLIP_LAST: Final = re.compile(
    rf"\((应该?[是为][^(),。;\n]{{0,4}}?{words.N})[,、;\s]((?:系|属|是|为)?(?:笔误|口误|手误|手滑))(了?)\)"
)
"""8人（应为9人，笔误）, as (笔误,应为9人): why stands in front of what is right."""


def plainly(text: str, lexicon: Lexicon, called: re.Pattern[str]) -> str:
    """The text with nothing of a correction left but what is right, as long as before."""
    if "(" in text:
        text = _SLIP_LAST.sub(r"(\2,\1\3)", text)
    if words.SIGNS.search(text) is None or words.DOUBT.search(words.ASKED_FOR.sub("", text)):
        return text
    clauses = clauses_of(text, lexicon, called)
    moved = corrected_units.plainly(text, clauses)
    if moved != text:
        text, clauses = moved, clauses_of(moved, lexicon, called)
    rights = [n for n, one in enumerate(clauses) if one.sort is Sort.RIGHT]
    if not rights:
        return text
    gone = _turned(clauses) | _named_wrong(clauses) | _only_right(clauses) | _mended(clauses)
    for n in range(len(clauses)):
        if _goes(clauses, n, gone):
            gone.add(n)
    left = [n for n in rights if n not in gone]
    if not gone or not left or _open(clauses, gone, left):
        return text
    out = list(text)
    for n in sorted(gone):
        _blank(out, clauses, n, left)
    for n in left:
        one = clauses[n]
        out[one.start : one.end] = words.firm("".join(out[one.start : one.end]))
    return "".join(out)


# ---- what goes -------------------------------------------------------------------------------------------

_OF_THE_OLD: Final = (Sort.OLD, Sort.TOLD, Sort.WHY, Sort.TURN, Sort.PARTICULAR)


def _goes(clauses: Sequence[Clause], n: int, gone: set[int]) -> bool:
    """Whether a clause has no value of its own, since what is right is said beside it."""
    one = clauses[n]
    sorts = {c.sort for c in clauses}
    match one.sort:
        case Sort.OLD | Sort.PARTICULAR:
            return bool(one.kind) or not _between(clauses, n)
        case Sort.TOLD:
            return bool(sorts & {Sort.OLD, Sort.WHY, Sort.WISH, Sort.TURN}) or any(
                c.marked for c in clauses
            )
        case Sort.OTHER:
            old = {m for c in clauses if c.sort is Sort.OLD for m in c.numbers}
            if not one.numbers:
                return n > 0 and clauses[n - 1].sort in (Sort.OLD, Sort.TURN) and n - 1 in gone
            return one.numbers <= old
        case Sort.WISH:
            if one.said.startswith(("别", "不", "作废")):
                return n > 0 and clauses[n - 1].sort in (Sort.OLD, Sort.TOLD)
            wrong = bool(sorts & set(_OF_THE_OLD)) or any(c.marked for c in clauses)
            return wrong and not _between(clauses, n)
        case Sort.TURN:
            near = n > 0 and clauses[n - 1].sort in (Sort.OLD, Sort.TOLD)
            told = bool(sorts & {Sort.OLD, Sort.TOLD}) and any(c.marked for c in clauses[:n])
            leads = n == 0 and len(clauses) > 1 and clauses[1].sort is Sort.RIGHT
            leads = leads and clauses[1].marked and clauses[1].said.startswith("应")
            return near or ((told or leads) and "错" in one.said)
        case Sort.WHY:
            if _between(clauses, n) or _of_another(clauses, one):
                return False
            near = any(c.sort is Sort.OLD and c.numbers for c in clauses)
            near = near or (n > 0 and clauses[n - 1].sort in _OF_THE_OLD)
            rights = [m for m, c in enumerate(clauses) if c.sort is Sort.RIGHT and m not in gone]
            firm = any(clauses[m].marked for m in rights if m < n)
            late = words.LATE.search(one.said) is not None
            late = late or any(c.sort is Sort.TURN for c in clauses[:n])
            behind = [m for m in rights if m > n]
            mended = bool(sorts & {Sort.OLD, Sort.TOLD, Sort.WISH})
            mended = mended or words.BEFORE.search(one.said) is not None
            mended = mended or any(clauses[m].marked for m in behind)
            mended = mended or words.HARMLESS.search(one.said) is not None
            return near or firm or late or (bool(behind) and mended)
        case _:
            return False


def _of_another(clauses: Sequence[Clause], one: Clause) -> bool:
    """念山村报错了，富美村10名: of another unit than what is right."""
    told = frozenset[str]().union(*(c.units for c in clauses if c.sort is Sort.RIGHT))
    return bool(one.units and told) and not one.units & told and "成" not in one.said


def _between(clauses: Sequence[Clause], n: int) -> bool:
    """12名，手滑，13名: between two numbers, of which it takes back the first."""
    numbers = [m for m, c in enumerate(clauses) if c.sort is Sort.RIGHT and c.kind == "number"]
    old = any(c.sort in (Sort.OLD, Sort.TOLD) for c in clauses[:n])
    return any(m < n for m in numbers) and any(m > n for m in numbers) and not old


def _turned(clauses: Sequence[Clause]) -> set[int]:
    """没有新增，哦有的，3名: what was said before a turn, if another value of its figure comes behind it."""
    turns = [n for n, one in enumerate(clauses) if one.sort is Sort.TURN or _holds(clauses, n)]
    if not turns:
        return set()
    at = turns[-1]
    before = [n for n in range(at) if clauses[n].sort is Sort.RIGHT]
    behind = [n for n in range(at, len(clauses)) if clauses[n].sort is Sort.RIGHT]
    if not before or not behind:
        return set()
    old, new = clauses[before[-1]], clauses[behind[0]]
    between = clauses[before[-1] + 1 : behind[0]]
    plain = all(c.sort is Sort.TURN for c in between) and old.kind == new.kind
    if plain and _another_figure(old, new):
        return set(range(before[-1], behind[0]))
    if (new.placed and not old.placed) or plain or "state" in (old.kind, new.kind):
        return set()  # 12名，不对，13名 is read as it stands
    if new.units != old.units and new.placed and old.numbers != new.numbers:
        return set()
    if any(c.sort is Sort.ELSE for c in between) and not new.marked:
        return set()
    return set(range(before[-1], behind[0]))


def _holds(clauses: Sequence[Clause], n: int) -> bool:
    """以这个为准：新增执委10个: what follows holds, and no number before it."""
    here, behind = clauses[n], clauses[n + 1 : n + 2]
    right = bool(behind) and behind[0].sort is Sort.RIGHT and bool(behind[0].named)
    return right and here.sort is Sort.WISH and "为准" in here.said


def _another_figure(old: Clause, new: Clause) -> bool:
    """区域化完成了，打错了，是会改联完成了: another figure was meant."""
    named = bool(old.named and new.named) and old.kind == "state"
    return named and new.said.startswith("是") and old.said.rstrip("了") not in new.said


def _only_right(clauses: Sequence[Clause]) -> set[int]:
    """12名，13才对: a number that another one of the same figure is said to be right instead of."""
    found = set()
    for n, one in enumerate(clauses):
        before = [m for m in range(n) if clauses[m].sort is Sort.RIGHT]
        if not before or not words.ONLY_RIGHT.fullmatch(one.said):
            continue
        old = clauses[before[-1]]
        between = range(before[-1] + 1, n)
        slip = all(clauses[m].sort in (Sort.WHY, Sort.TURN) for m in between)
        if old.kind == "number" and old.numbers != one.numbers and slip:
            found |= {before[-1], *between}
    return found


def _mended(clauses: Sequence[Clause]) -> set[int]:
    """执委12名，前面那条少打一个，以13名为准: what was told in front, where one number is said to hold."""
    numbers = [n for n, c in enumerate(clauses) if c.sort is Sort.RIGHT and c.kind == "number"]
    if len(numbers) != 2 or any(c.placed for c in clauses):
        return set()
    old, new = (clauses[n] for n in numbers)
    between = range(numbers[0] + 1, numbers[1])
    slip = all(words.JUST_NOW.match(clauses[n].said) for n in between)
    behind = clauses[numbers[1] + 1 : numbers[1] + 2]
    slip = slip and (bool(between) or any(c.sort in (Sort.WHY, Sort.OLD) for c in behind))
    holds = new.marked and not new.named and old.numbers != new.numbers
    return {numbers[0], *between} if slip and holds and old.named else set()


def _named_wrong(clauses: Sequence[Clause]) -> set[int]:
    """执委新增十二，十二不对，十三: a value that is named again to be dropped."""
    found = set()
    for n, one in enumerate(clauses):
        if one.sort is not Sort.OLD or not one.numbers:
            continue
        for m in range(n):
            same = clauses[m].sort is Sort.RIGHT and clauses[m].numbers == one.numbers
            other = [c for c in clauses[n + 1 :] if c.sort is Sort.RIGHT and c.kind == "number"]
            if same and other and other[0].numbers != one.numbers:
                found.add(m)
    return found


def _open(clauses: Sequence[Clause], gone: set[int], left: Sequence[int]) -> bool:
    """新增执委12名，不对: what is right is not said, or it is the very number that was wrong."""
    told = any(clauses[n].sort in (Sort.OLD, Sort.TOLD) for n in gone)
    last = clauses[left[-1]]
    explained = (told and last.marked) or words.ONLY_RIGHT.fullmatch(last.said)
    behind = [c for c in clauses[left[-1] + 1 :] if c.sort is Sort.TURN]
    if any(not explained or "错" not in c.said for c in behind):
        return True
    units = frozenset[str]().union(*(clauses[n].units for n in left))
    if units and any(_lost(clauses, n, left) for n in gone):
        return True  # 富美13错了，念山9: of the one that was wrong nothing is left
    if len(units) > 1 and any(words.SWAPPED.search(c.said) for c in clauses[left[-1] + 1 :]):
        return True  # 富美村8名念山村9名，刚才把两个村搞反了
    kinds = {clauses[n].kind for n in left}
    of_old = {clauses[n].kind for n in gone if clauses[n].sort in (Sort.OLD, Sort.TOLD)}
    if "number" in of_old and not kinds & {"number", "none"}:
        return True
    old = [c for n, c in enumerate(clauses) if n in gone and c.sort is Sort.OLD and c.numbers]
    held = [c for c in (clauses[n] for n in left) if c.numbers]
    return any(c.numbers & r.numbers for c in old for r in held if not c.units ^ r.units)


def _lost(clauses: Sequence[Clause], n: int, left: Sequence[int]) -> bool:
    """富美13打错了，念山9: of a unit that nothing else is told of; 念山村刚才的9名作废 is of an earlier message."""
    one = clauses[n]
    leads = bool(one.placed) and one.placed[0][0] == one.start and not words.BEFORE.search(one.said)
    if one.sort is not Sort.OLD or not leads or any(clauses[m].units & one.units for m in left):
        return False
    near = next((m for m in left if m > n), None)
    return near is None or bool(clauses[near].placed)


def _blank(out: list[str], clauses: Sequence[Clause], n: int, left: Sequence[int]) -> None:
    """Blank a clause, but for what figure and unit it speaks of, if what is right does not say so itself."""
    one = clauses[n]
    near = next((m for m in left if m > n), left[-1])
    kept: list[Span] = []
    if near > n and one.sort is not Sort.PARTICULAR:
        kept += [_with_new(out, span) for span in one.named] if not clauses[near].named else []
        kept += one.placed if not clauses[near].placed else ()
    for at in range(one.start, one.end):
        if not any(start <= at < end for start, end in kept):
            out[at] = " "


_ADDED: Final = re.compile("新[增选]的?$")


def _with_new(out: Sequence[str], span: Span) -> Span:
    """新选执委, 执委新增: where the name of a figure stands, with the word that it is new."""
    start, end = span
    before = _ADDED.search("".join(out[max(0, start - 3) : start]))
    behind = "".join(out[end : end + 2]) in ("新增", "新选")
    return start - len(before[0]) if before else start, end + 2 * behind


# ---- whether it fits ---------------------------------------------------------------------------------------


def doubts(text: str, claims: Sequence[Claim]) -> list[Question]:
    """13名漏了两个，应该是16名: by how much it was wrong, and what is right, do not fit."""
    if "是" in text and (instead := _instead(text, claims)):
        return [Question(Ask.UNIT, c.span, c.indicators) for c in instead]
    told = [c for c in claims if isinstance(c.value, int)]
    if ("错" in text or "误" in text) and (slip := words.MISTOLD.search(text)):
        of_it = [c for c in told if slip.start() <= c.span[0] < slip.end()]
        return [Question(Ask.VALUES, c.span, c.indicators) for c in of_it or told]  # 12错报13
    other = words.OTHER_RIGHT.search(text) if "才" in text else None
    if told and other and numerals.value(other[1]) not in {c.value for c in told}:
        return [Question(Ask.VALUES, c.span, c.indicators) for c in told]  # 12名，要13才对
    unsure = not _LATER.isdisjoint(text) and (words.LATER.search(text) or words.THINKS.search(text))
    if told and unsure:
        return [Question(Ask.VALUES, c.span, c.indicators) for c in told]
    if len(told) > 1 and words.WHICH.search(text):
        return [Question(Ask.VALUES, c.span, c.indicators) for c in told]
    if told and not _SHORT.isdisjoint(text):
        slips = [m.span() for m in words.SHORT_BY.finditer(text)]
        if off := [c for c in told if any(a <= c.span[0] < b for a, b in slips)]:
            return [Question(Ask.VALUES, c.span, c.indicators) for c in off]  # 9名，算漏一个
    if told and "错" in text and words.LEFT_OPEN.search(text):
        return [Question(Ask.VALUES, c.span, c.indicators) for c in told]
    if len({c.value for c in told}) != 1 or words.fits(text, int(str(told[0].value))):
        return []
    return [Question(Ask.VALUES, told[0].span, told[0].indicators)]


_LATER: Final = frozenset("改重正报填写想早还")
_SHORT: Final = frozenset("漏多少重错")
_IT_IS: Final = re.compile("[,。;!…~](?:[哦啊噢哎呃呀])?[,\\s]*(?:应该?|其实)?是[^,。;!]{2,}$")


def _instead(text: str, claims: Sequence[Claim]) -> list[Claim]:
    """富美村新增执委12名，是九蓬村新增执委12名: of the one, or of both?"""
    for one, other in pairwise(claims):
        between = text[one.span[1] : other.span[0]]
        alike = one.indicators == other.indicators and one.units != other.units
        if alike and other.named and _IT_IS.search(between):
            return [one, other]
    return []
