"""A number, what was wrong with it, and the right one: 新增执委16名，手滑了，应该是17名; 执委9个，哎妈整差了，10个.

However it is said, it is known by its words: between the two numbers, or behind the second one, stands nothing but words by which
people take back and put right, and one of them surely does. The sentence is then read with the right number in the
place of the wrong one. Whatever else is said there, leaves it as it is, and it is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from bot.core import numerals
from bot.core.reading import Ask, Question, Reading
from bot.core.report.corrections import instead, sent_before, wrongly_taken
from bot.core.report.corrections.put_right_words import REST, SORRY, as_one, marked, wrong
from bot.core.report.corrections.two_numbers import (
    APART,
    FIRST,
    MORE,
    NEXT,
    TAIL,
    D,
    W,
    by_so_many,
    old,
)
from bot.core.report.plain.made_of import wholly

_LEAD: Final = re.compile(
    "(?:[是为系乃作成读报记写填应就以]|一?共|总共|其实|实际|(?<!应)改|才|有|✗|反了|no|NO|No|对的数|一数|执委|哦|噢|哎呀?|啊不|不好意思|对不起|抱歉)$"
)
_OF_OTHERS: Final = re.compile(
    "上[周次回]|会计|书记|主任|原定|计划|应[选到有配]|把|将|[?吗么]|是不是|有没有|来的|(?:别|不要|不用|不必|莫|勿)改"
)
_SIGNS: Final = frozenset(
    "错误反混岔串倒差拐快重遍漏少多掉更订改正纠修勘校换变算啱不数高低废取撤划删抹忽不准应实其才当别没成花滑抖入识转nNo呸非核✗糊忘对减抱准写点瓢结"
)


def again(text: str, once: Reading, read: Callable[[str], Reading]) -> Reading:
    """The first reading, or the one with such words put plainly where that leaves nothing to ask.

    The first one may ask nothing and take the first number (17人，多写了一个，就16人), since it reads no further.
    """
    if once.clear and once.claims and (off := wrongly_taken.found(text, once)):
        return replace(once, questions=(Question(Ask.VALUES, off.span()),))
    if not once.claims or _SIGNS.isdisjoint(text) or wrongly_taken.left_out(text):
        return once
    said = instead.plainly(sent_before.without(text))
    if said == text and all(q.ask in _MAY for q in once.questions):
        said = plainly(text)
    elif not once.questions:
        return once
    if said == text:
        return once
    found = read(said)
    return found if found.clear and found.claims else once


_MAY: Final = frozenset(
    {Ask.VALUES, Ask.UNREAD, Ask.APPROXIMATE, Ask.NOT_DONE, Ask.EARLIER, Ask.REPORTED, Ask.DIGITS}
)


_CHANGED_TO: Final = re.compile(
    rf"(?<=执委)(?:人?数|数字)?(?:谨|现|请|已)?(?:改[报填记写]|修改为|调整为|变更为|订正为|校正为)(?={D})"
)
_ASKED_FOR: Final = re.compile(rf"(?<!应该)(?<!应)(改[成为报]?{D}{W})吧")
_COUNTED: Final = re.compile(rf"{D}[名个人位]")
_HEADED: Final = re.compile(
    rf"执委(?:人?数|数字)?(?P<wrong>[^,。;!\n0-9]{{1,8}}),(?:应该?[填报为是写]|改[为成报填]|(?:更正|订正|修改|调整)[为成]|是|用|算|正确(?:数|的)?[是为])(?={D})"
)
"""执委数填错了，应填10名; 执委要改，改为13."""
_HEADED_BY: Final = REST | {"要改", "别用", "不用", "要"}


_SHORT: Final = re.compile("(?:[多少漏掉重差缺][打写报数算说填记登]?|[报写数算记]重)了?$")


def plainly(text: str) -> str:
    """The text with the right number in the place of the wrong one; not as long as before."""
    text = _ASKED_FOR.sub(r"\1", _CHANGED_TO.sub("改成", text))
    told = _HEADED.search(text)
    if told and wholly(told["wrong"], _HEADED_BY) and wrong(told["wrong"]):
        return f"{text[: told.start('wrong')]}{text[told.end() :]}"
    first = FIRST.search(text)
    if first is None or _OF_OTHERS.search(text) or _SHORT.search(text[: first.start(old(first))]):
        return text
    if _COUNTED.search(text, 0, first.start()):
        return text  # 参会42人，执委12人。更正：43人
    group = old(first)
    was = numerals.value(first[group])
    for found in NEXT.finditer(text, first.end()):
        tail = TAIL.match(text, found.end())
        if tail and _puts_right(
            text[max(0, first.start() - 4) : first.end()],
            text[first.end() : found.start()],
            (tail["said"], text[tail.end() :]),
            was,
            found["n"],
        ):
            behind = _without(text[tail.end() :], was, found["n"])
            if _WRONG_AT.search(first["by"] or ""):  # 误写作7名, 写成7名
                return f"{text[: first.start('by')]}{found['n']}名{behind}"
            at, to = first.span(group)
            word = found[0] if "执委" in found[0] and "执委" not in text[: first.end()] else ""
            return f"{text[:at]}{word or found['n'] + text[to : first.end()]}{behind}"
    return text


_AGAIN: Final = re.compile(
    "(?P<not>[又再还也另只])?新?(?P<did>选出?|进|推[选出]?|当选|出|产生|加|添|增加?|补)了?(?:新?执委)?$"
)
_CHOSEN: Final = frozenset("选进推当出产")
_WRONG_AT: Final = re.compile("[错误][报写填打记]|[报写填打说记]成|笔误|原[写报]|不应?是|非")


def _puts_right(
    first: str, gap: str, tail: tuple[str | None, str], was: int | None, n: str
) -> bool:
    """Whether the words between two numbers, or those behind the second one, say that the second one holds."""
    now, (said, behind) = numerals.value(n), tail
    again = _AGAIN.search(gap)
    if was is None or now is None or was == now or (again and not _told_again(again, first)):
        return False
    gap = f"{gap[: again.start()]}是" if again else gap
    gap = re.sub(rf"(?:非|不应?是){was}{W}", "不对", gap)
    gap = NEXT.sub(lambda one: _told(one, was, now), gap)
    parts = [part for part in APART.split(gap) if part]
    if not all(wholly(as_one(part), REST) for part in parts) or not by_so_many(parts, now - was):
        return False
    joined = bool(gap) and APART.fullmatch(gap[-1]) is None
    if joined and MORE.search(parts[-1]):
        return False  # 漏了2名: two more, and not two
    led = bool(parts) and _LEAD.search(parts[-1]) is not None
    if _taken_back(behind, was, now):
        return led or not joined
    if (joined or not gap) and not led:
        return False
    sorry, after = any(part in SORRY for part in parts), _wrong_behind(behind, said)
    yes = _YES.match(behind)
    sorry = sorry or (yes is not None and numerals.value(yes["n"]) == now)
    if any(map(wrong, parts)) or _WRONG_AT.search(first):
        return said is not None or not after  # 8名，不对，9名，打错了: of which of them?
    return sorry or (
        (not again or _LAST_HOLDS.search(behind) is not None)
        and after
        and bool(parts or said or _FIRST_WRONG.match(behind))
    )


def _told_again(again: re.Match[str], first: str) -> bool:
    """加了8个，错了，加了9个: told once more by the same word; 又加了9个 comes on top."""
    did = again["did"][0]
    same = did in first or (did in _CHOSEN and not _CHOSEN.isdisjoint(first))
    return same and not again["not"] and "撤" not in again.string


def _taken_back(behind: str, was: int, now: int) -> bool:
    """8，9，8打错了: the first number is told once more, and that it was wrong."""
    for found in _CLAUSE.finditer(behind):
        told = NEXT.match(found["said"])
        if told is None or (value := numerals.value(told["n"])) not in (was, now):
            return False
        rest = found["said"][told.end() :]
        if value == was:
            return rest != "" and wholly(rest, REST) and wrong(rest)
        if rest not in ("", "准", "对", "没错"):
            return False
    return False


_CLAUSE: Final = re.compile(r"(?:^|[,。;!(\s]+)(?P<said>[^,。;!()\s]+)")


def _told(one: re.Match[str], was: int, now: int) -> str:
    """8错了, 非11: the number that does not hold, told once more; 3和8看混了: both of them."""
    return "" if numerals.value(one["n"]) in (was, now) else one[0]


_FIRST_WRONG: Final = re.compile(r"[,。;!\s]+(?:前面|前头|刚才|上一?条)")
_BEHIND: Final = re.compile(r"^[,。;!(\s]+([^,。;!)\n]{2,8})\)?(?=$|[,。;!\n])")


_LAST_HOLDS: Final = re.compile(
    r"^[,。;!\s]+(?:请|就)?以(?:后面|最后|后一个|后者|下面|第二个)的?(?:那?个|数)?为准(?=[,。;!\s]|$)"
)
_YES: Final = re.compile(
    rf"^[,。;!\s.]+(?:(?:对|嗯|没错|是的|确定|就是)的?[,。\s]*)+(?:就?是)?(?P<n>{D}){W}(?=$|[,。;!\n])"
)
"""10、呃，11名，对，11名."""


def _wrong_behind(behind: str, said: str | None) -> bool:
    """12个，哦14个，说错了: an exclamation between them, and behind them that it was wrong; or 14才对."""
    if said in ("才对", "才是", "才是对的") or _LAST_HOLDS.search(behind):
        return True
    told = _BEHIND.match(behind)
    return (
        told is not None and wholly(told[1], REST) and marked(told[1]) and "漏" not in told[1][:1]
    )


_COURTESY: Final = re.compile(
    r"[,。;!\s]+(?:特此)?(?:致歉|更正|见谅|请见谅|敬请谅解|请谅解|添麻烦了|给您添麻烦了)[。!\s]*$"
)


def _without(behind: str, was: int | None, n: str) -> str:
    """What stands behind it, without the clause that says once more that it was wrong."""
    if was is not None and _taken_back(behind, was, numerals.value(n) or 0):
        return ""
    yes = _YES.match(behind)
    if yes and yes["n"] == n:
        behind = behind[yes.end() :]
    behind = _COURTESY.sub("", _LAST_HOLDS.sub("", behind))
    told = _BEHIND.match(behind)
    if told and wholly(told[1], REST) and marked(told[1]):
        return behind[told.end() :]
    return behind
