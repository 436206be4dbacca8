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
from bot.core.report.corrections import left_out, sent_before
from bot.core.report.corrections.put_right_words import ONE, REST, SORRY, marked, wrong
from bot.core.report.plain.made_of import wholly

_D: Final = "(?:[0-9]+|[零一二两三四五六七八九十廿卅百]+)"
_D_: Final = "[0-9零一二两三四五六七八九十廿卅百]"
_W: Final = r"(?:\s*[名个人位])?"
_FIRST: Final = re.compile(
    rf"(?:执委|执行委员)(?!会)(?P<by>[^,。;!\n0-9零一二两三四五六七八九十百廿]{{0,6}})(?!一共)(?P<a>{_D}){_W}"
    rf"|(?:新增|新选|新进|新添|新加|选出?了?|搞出|整了?|产生|补了?|添了?|加了?|[进出增]了|推选|推出|当选)(?:了|女|姐妹)?(?P<b>{_D}){_W}(?:(?:当|为)?新?(?:增|选)?(?:的)?(?:妇联)?执委)?"
    rf"|(?:^|(?<=[,。;!\s]))(?P<c>{_D})[名个人位](?:新增?的?)?执委"
)
_NEXT: Final = re.compile(rf"(?P<n>{_D}){_W}(?:(?:的)?新?执委)?")
_TAIL: Final = re.compile(
    r"\s*(?P<said>才对|才是(?:对的)?|是对的|才是准的|对|没错|为准|✓)?(?:[哈啦呢哦了的])*\s*(?=$|[,。;!\n()\]])"
)
_LEAD: Final = re.compile(
    "(?:[是为系乃作成读报记写填应就以]|一?共|总共|其实|实际|(?<!应)改|才|有|✗|反了|no|NO|No|对的数|执委|哦|噢|哎呀?|啊不|不好意思|对不起|抱歉)$"
)
_MORE: Final = re.compile(
    "(?:[多少漏掉减扣加重错差][打写报数算说填记登]?|没|不是|不应是|非|误[报写填打记]?[为成]?|[报写填打记说算数念看听弄搞整按输录]成|要)了?$"
)
_OF_OTHERS: Final = re.compile(
    "上[周次回]|会计|书记|主任|原定|计划|应[选到有配]|把|将|[?吗么]|是不是|有没有|来的|(?:别|不要|不用|不必|莫|勿)改"
)
_APART: Final = re.compile(r"[\s,。;:!~…()\[\]=、.-]+")
_SIGNS: Final = frozenset(
    "错误反混岔串倒差拐快重遍漏少多掉更订改正纠修勘校换变废取撤划删抹忽不准应实其才当别没成花滑抖入识转nNo呸非核✗糊忘对减抱准写点瓢结"
)


def again(text: str, once: Reading, read: Callable[[str], Reading]) -> Reading:
    """The first reading, or the one with such words put plainly where that leaves nothing to ask.

    The first one may ask nothing and take the first number (17人，多写了一个，就16人), since it reads no further.
    """
    if once.clear and once.claims and (off := _wrongly_taken(text, once)):
        return replace(once, questions=(Question(Ask.VALUES, off.span()),))
    if not once.claims or _SIGNS.isdisjoint(text) or any(q.ask not in _MAY for q in once.questions):
        return once
    if left_out.found(text):
        return once
    said = plainly(text)
    if said == text or (not once.questions and sent_before.without(text) != text):
        return once
    found = read(said)
    return found if found.clear and found.claims else once


_NOT_IT: Final = re.compile(
    rf"(?<={_D_}[名个人位])[,\s]+(?:(?:以前|之前|上次|原来|名单|名字|其中)[^,]{{0,3}}(?:[写报填打记]?错|[错误][报写填打记])了?|不应该?是|书记改成|会计改成){_D}[名个人位]|[写报填打说记]错没有?,|[,\s](?:[他她它]们?|人家|别人)[^,]{{0,2}}错"
    rf"|[,\s](?:我|还)?忘(?:了|记)?了?[加算数][^,0-9]{{0,4}}$|(?:刚才|刚刚|之前|前面|上午)[^,]{{0,2}}[少漏多]报了?(?:新增)?执委{_D}{_W}$"
)
"""名单写错3名, 以前错报13名, 不应是13名: a number that is none of hers."""
_OF_ANOTHER: Final = re.compile(
    rf"[,\s](?:电话|手机号?|岁数|年龄|党员|群众|副?主席|名字|姓名|村名|日期|时间|候选人|表上?|系统里?)[^,说]{{0,2}}[写打报填记]?错"
    rf"|[,\s](?:别|不要|不用|不必|莫|勿)改[成为]?{_D}|[,\s](?:谁|怎么|系统里?)[^,]{{0,3}}成{_D}"
)


def _wrongly_taken(text: str, once: Reading) -> re.Match[str] | None:
    spoken = _NOT_IT.search(text) or left_out.found(text)
    return spoken or _miscounted(text) or _of_another(text, once)


def _of_another(text: str, once: Reading) -> re.Match[str] | None:
    """执委11个，岁数打错了，12个; 别改成12个: the second number is of another thing, or is not meant, and was taken."""
    said, first = _OF_ANOTHER.search(text), _FIRST.search(text)
    if said is None or first is None or first.end() > said.end():
        return None
    was = numerals.value(first[_old(first)])
    return None if any(c.value == was for c in once.claims) else said


_MAY: Final = frozenset({Ask.VALUES, Ask.UNREAD, Ask.APPROXIMATE, Ask.NOT_DONE, Ask.EARLIER})


_CHANGED_TO: Final = re.compile(
    rf"(?<=执委)(?:人?数|数字)?(?:谨|现|请|已)?(?:改[报填记写]|修改为|调整为|变更为|订正为|校正为)(?={_D})"
)
_ASKED_FOR: Final = re.compile(rf"(?<!应该)(?<!应)(改[成为报]?{_D}{_W})吧")
_COUNTED: Final = re.compile(rf"{_D}[名个人位]")
_NOR: Final = re.compile(rf",?而非{_D}{_W}(?=$|[,。;!)])")
_HEADED: Final = re.compile(
    rf"执委(?:人?数|数字)?(?P<wrong>[^,。;!\n0-9]{{1,8}}),(?:应该?[填报为是写]|改[为成报填]|用|算|正确(?:数|的)?[是为])(?={_D})"
)
"""执委数填错了，应填10名; 执委要改，改为13."""
_HEADED_BY: Final = REST | {"要改", "别用", "不用", "要"}


_SHORT: Final = re.compile("(?:[多少漏掉重差缺][打写报数算说填记登]?|[报写数算记]重)了?$")


def _old(first: re.Match[str]) -> str:
    return next(key for key in "abc" if first[key])


def plainly(text: str) -> str:
    """The text with the right number in the place of the wrong one; not as long as before."""
    headless = sent_before.without(text)
    if headless != text:
        return headless
    text = _ASKED_FOR.sub(r"\1", _CHANGED_TO.sub("改成", _NOR.sub("", text)))
    told = _HEADED.search(text)
    if told and wholly(told["wrong"], _HEADED_BY) and wrong(told["wrong"]):
        return f"{text[: told.start('wrong')]}{text[told.end() :]}"
    first = _FIRST.search(text)
    if first is None or _OF_OTHERS.search(text) or _SHORT.search(text[: first.start(_old(first))]):
        return text
    if _COUNTED.search(text, 0, first.start()):
        return text  # 参会42人，执委12人。更正：43人
    old = _old(first)
    was = numerals.value(first[old])
    for found in _NEXT.finditer(text, first.end()):
        tail = _TAIL.match(text, found.end())
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
            at, to = first.span(old)
            return f"{text[:at]}{found['n']}{text[to : first.end()]}{behind}"
    gone = _SENT.search(text, first.end())
    if gone and wholly(gone["why"], REST) and not _WRONGLY.isdisjoint(gone["why"]):
        return text if numerals.value(gone["n"] or gone["m"]) == was else text[: gone.start()]
    return text


_WRONGLY: Final = frozenset("错误")
_SENT: Final = re.compile(
    rf"[,(](?:(?:前面?|刚才?|刚刚|之前|原来?)[发报写打填]的?(?P<n>{_D}){_W}(?:是|系|属)?|(?P<m>{_D})(?:是|系|属))(?P<why>[^,。;!()0-9]{{1,6}})\)?$"
)
"""16(前发15错); 9名，8系误报: a number that is told nowhere else was wrong; 2名不算 are some of them."""


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
    gap = re.sub(rf"(?:非|不应?是){was}{_W}", "不对", gap)
    gap = _NEXT.sub(lambda one: _told(one, was, now), gap)
    parts = [part for part in _APART.split(gap) if part]
    if not all(wholly(part, REST) for part in parts) or not _by_so_many(parts, now - was):
        return False
    joined = bool(gap) and _APART.fullmatch(gap[-1]) is None
    if joined and _MORE.search(parts[-1]):
        return False  # 漏了2名: two more, and not two
    led = bool(parts) and _LEAD.search(parts[-1]) is not None
    if _taken_back(behind, was, now):
        return led or not joined
    if (joined or not gap) and not led:
        return False
    sorry, after = any(part in SORRY for part in parts), _wrong_behind(behind, said)
    if any(map(wrong, parts)) or _WRONG_AT.search(first):
        return said is not None or not after  # 8名，不对，9名，打错了: of which of them?
    return sorry or (not again and bool(parts or said) and after)


def _told_again(again: re.Match[str], first: str) -> bool:
    """加了8个，错了，加了9个: told once more by the same word; 又加了9个 comes on top."""
    did = again["did"][0]
    same = did in first or (did in _CHOSEN and not _CHOSEN.isdisjoint(first))
    return same and not again["not"] and "撤" not in again.string


def _taken_back(behind: str, was: int, now: int) -> bool:
    """8，9，8打错了: the first number is told once more, and that it was wrong."""
    for found in _CLAUSE.finditer(behind):
        told = _NEXT.match(found["said"])
        if told is None or (value := numerals.value(told["n"])) not in (was, now):
            return False
        rest = found["said"][told.end() :]
        if value == was:
            return rest != "" and wholly(rest, REST) and wrong(rest)
        if rest not in ("", "准", "对", "没错"):
            return False
    return False


_CLAUSE: Final = re.compile(r"(?:^|[,。;!(\s]+)(?P<said>[^,。;!()\s]+)")


_LESS: Final = re.compile("漏|少|忘(?!了?减)|没算")
_LESS_OR_MORE: Final = re.compile(
    "漏|少|忘[加减算写了]|没算|多[写点报数算记打说]|[写数算报记说打]多|重[了复名]"
)


def _by_so_many(parts: list[str], off: int) -> bool:
    """Whether the numbers differ by the one that was too many (重, 多) or missing (漏, 少), if one is told of."""
    for part in parts:
        more = 1 if _LESS.search(part) else -1
        if ONE.search(part):
            return off == more
        if _LESS_OR_MORE.search(part):
            return off * more > 0
    return True


def _miscounted(text: str) -> re.Match[str] | None:
    """8名，少数了一个，7名: what is said of the one that was missing does not fit."""
    first = None if _COUNTING.isdisjoint(text) else _FIRST.search(text)
    was = first and numerals.value(first[_old(first)])
    if first is None or was is None:
        return None
    for found in _NEXT.finditer(text, first.end()):
        now, gap = numerals.value(found["n"]), text[first.end() : found.start()]
        if now is None or now == 1 or gap.endswith("个") or _MORE.search(gap):
            continue
        parts = [part for part in _APART.split(gap) if part]
        if not _TAIL.match(text, found.end()):
            continue
        if parts and all(wholly(part, REST) for part in parts):
            return None if _by_so_many(parts, now - was) else found
    return None


_COUNTING: Final = frozenset("漏少多重忘减")


def _told(one: re.Match[str], was: int, now: int) -> str:
    """8错了, 非11: the number that does not hold, told once more; 3和8看混了: both of them."""
    return "" if numerals.value(one["n"]) in (was, now) else one[0]


_BEHIND: Final = re.compile(r"^[,。;!(\s]+([^,。;!)\n]{2,8})\)?(?=$|[,。;!\n])")


def _wrong_behind(behind: str, said: str | None) -> bool:
    """12个，哦14个，说错了: an exclamation between them, and behind them that it was wrong; or 14才对."""
    if said in ("才对", "才是", "才是对的"):
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
    behind = _COURTESY.sub("", behind)
    told = _BEHIND.match(behind)
    if told and wholly(told[1], REST) and marked(told[1]):
        return behind[told.end() :]
    return behind
