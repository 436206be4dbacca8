"""Names of units, figures and campaigns are taken out of a question before its words are read: 四鹤 holds one of ours."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.core import intents
from bot.core import text as texts
from bot.core.intents import Intent
from bot.core.text import Line

_ASKS: Final = re.compile(
    "进度|进展|情况|完成率|哪|多少|几|谁|名单|周报|材料|台账|提醒|催|怎|咋|啥|计划|上周|差|没报|图|慢"
)
_OF_A_UNIT: Final = (
    intents.AskProgress,
    intents.AskRelay,
    intents.WhoIsSlow,
    intents.WhoNotReported,
    intents.WhoNotSigned,
    intents.WhoNotRelayed,
    intents.Remind,
    intents.Weekly,
    intents.Material,
    intents.Ledger,
)
_OF_A_FIGURE: Final = (
    intents.AskProgress,
    intents.WhoIsSlow,
    intents.WhoNotReported,
    intents.Remind,
    intents.Weekly,
    intents.Material,
    intents.Ledger,
)
FIGURE: Final = "\u3400"
"""Stands in a hidden line for the figure or the campaign that is named: a letter nobody writes."""
_FIRST: Final = 0x3401
"""Characters from here on stand for the names of units: letters nobody writes, and none of our words."""
_NUMERALS: Final = "一二三四五六七八九十百千万"
_NUMBERED: Final = re.compile(
    rf"(?:^|(?<=[\s{FIGURE}]))(?![{_NUMERALS}两]*[名个人位户条月日号点周天成分]|[一下几])[{_NUMERALS}][\u4e00-\u9fff]{{1,5}}?"
    r"(?=\s|$|进度|进展|情况|谁|哪|周报|材料|台账|搞|弄)"
)
"""四鹤, 五里亭社区, 三元, and no 三名 or 十来个: a word that begins like a number and is none."""
_KINDED: Final = re.compile(
    rf"(?:^|(?<=[\s{FIGURE}]))(?![全我俺咱本各每哪几所这那看查问给帮想请催还再又快]|提醒|进度)(?:(?![几哪个多没的])[\u4e00-\u9fff]){{2,8}}"
    r"(?:村|社区|乡|镇|街道|县|市|区)(?=\s|$)"
)
"""张墩村 standing alone: a name, whether anybody is called so or not."""


def asks(line: Line) -> bool:
    """Whether the line may be a question in which the name of a unit matters; a plain report is none."""
    return _ASKS.search(line.key) is not None


@dataclass(frozen=True, slots=True)
class Hidden:
    """A line with stand-ins for names, and what they stand for; `figure` is the figure or campaign it names, or ''."""

    line: Line
    names: Mapping[str, str]
    figure: str = ""

    def shown(self, said: Intent | None) -> Intent | None:
        """The intent with the names put back into her words, and with the figure where it can be about one."""
        if not isinstance(said, _OF_A_UNIT):
            return said
        names = {**self.names, FIGURE: self.figure}
        words = "".join(names.get(ch, ch) for ch in said.unit_words)
        said = dataclasses.replace(said, unit_words=words)
        if not isinstance(said, _OF_A_FIGURE):
            return said
        return dataclasses.replace(said, indicator_words=self.figure)


def searchable(folded: str) -> str:
    """The text to look for names in: 查一下洋后镇 does not speak of 下洋."""
    return folded.replace("一下", "\x00\x00")


def hide(line: Line, names: Sequence[str], figures: Sequence[str] = ()) -> Hidden:
    """The line without `names` (folded, out of `searchable`), the longest of `figures`, and what can only be a name.

    Longer ones first, so that a campaign may hold the name of a unit, and a unit that of a figure.
    """
    text, found, figure = line.text.replace("一下", "\x00"), dict[str, str](), ""

    def stand_in(name: str) -> str:
        found[chr(_FIRST + len(found))] = name
        return chr(_FIRST + len(found) - 1)

    for word in sorted({*names, *figures} - {""}, key=lambda one: (-len(one), one)):
        if word in text and word in names:
            text = text.replace(word, stand_in(word))
        elif word in text and not figure:
            text, figure = text.replace(word, FIGURE, 1), word
    for pattern in (_KINDED, _NUMBERED) if asks(line) else ():
        text = pattern.sub(lambda match: stand_in(match[0]), text)
    if not found and not figure:
        return Hidden(line, {})
    text = text.replace("\x00", "一下")
    return Hidden(dataclasses.replace(line, text=text, key=texts.key(text)), found, figure)
