"""What a simulated person does next: drawn from a seed, her place in the federation, and what she has before her.

The same seed gives the same people the same moods and the same words, whenever their turn comes; only what has
reached a person by then may differ from one run to the next.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from pathlib import Path

PHRASES = json.loads((Path(__file__).parent / "phrases.json").read_text("utf-8"))

REGISTER, SIGN, RELAY, REPORT = "register", "sign", "relay", "report"
ASK, COMPLAIN, REPLY, IGNORE = "ask", "complain", "reply", "ignore"
KINDS = (REGISTER, SIGN, RELAY, REPORT, ASK, COMPLAIN, REPLY, IGNORE)

# How many of a hundred do what, by what lies before them. Guesses, and meant to be: a real federation is not ours to know.
CALLED = {SIGN: 62, REPORT: 18, ASK: 8, COMPLAIN: 6, IGNORE: 6}
IDLE = {REPORT: 40, ASK: 30, COMPLAIN: 12, IGNORE: 18}
ASKED = {REPLY: 85, IGNORE: 15}
SPOKEN = 0.12  # of what is said is spoken, so that the account gets it as recognised speech
UNSURE = 0.12  # of the reports are no reports one could record


@dataclass(frozen=True, slots=True)
class Before:
    """What lies before her. `called`: a notice that she has not answered; `asked`: the account's last words are a question."""

    level: str
    follows: bool
    slip: str
    called: bool
    asked: bool
    owner: bool


@dataclass(frozen=True, slots=True)
class Deed:
    """What she does. `spoken`: by voice."""

    kind: str
    text: str = ""
    spoken: bool = False


def takes_part(seed: int, openid: str, share: float) -> bool:
    """Whether she is one of the `share` (0..1) who react at all; the same people for the same seed, more for a larger share."""
    return random.Random(f"{seed} {openid}").random() < share


def order(seed: int, turn: int, openids: list[str]) -> list[str]:
    """Everybody once, shuffled anew each turn."""
    shuffled = sorted(openids)
    random.Random(f"{seed} {turn}").shuffle(shuffled)
    return shuffled


def haste(seed: int, openid: str) -> float:
    """How soon she looks at her phone, among all who have something to answer: 0 first, 1 last."""
    return random.Random(f"{seed} {openid} haste").random()


def deed(seed: int, nth: int, openid: str, before: Before) -> Deed:
    """What she does when her turn comes for the `nth` time."""
    dice = random.Random(f"{seed} {nth} {openid}")
    mood, word, spoken, number = dice.random(), dice.random(), dice.random(), dice.randint(5, 15)
    kind = _kind(before, mood)
    text = _text(kind, before, word, mood)
    if kind == REGISTER:
        return Deed(kind, before.slip)
    if kind == IGNORE or not text:
        return Deed(IGNORE)
    text = text.format(n=number, people=number * 30)
    return Deed(kind, text, spoken=spoken < SPOKEN and kind in (REPORT, ASK, COMPLAIN))


def _kind(before: Before, mood: float) -> str:
    if not before.follows:
        return REGISTER if before.slip else IGNORE
    if before.called and before.owner:
        return RELAY
    weights = CALLED if before.called else ASKED if before.asked else IDLE
    left = mood * sum(weights.values())
    for kind, weight in weights.items():
        left -= weight
        if left < 0:
            return kind
    return IGNORE


def _text(kind: str, before: Before, word: float, mood: float) -> str:
    if kind == REPORT:
        choice = PHRASES["report"].get(before.level, [])
        if choice and (mood * 100) % 1 < UNSURE:
            choice = PHRASES["unsure"]
    elif kind == ASK:
        choice = PHRASES["ask"].get(before.level) or PHRASES["ask"][""]
    elif kind == COMPLAIN:
        choice = PHRASES["complain"] + PHRASES["difficulty"] + PHRASES["chat"]
    else:
        choice = PHRASES.get({REPLY: "yes"}.get(kind, kind), [])
    return str(choice[int(word * len(choice))]) if choice else ""
