"""Which step of a stage has been reached: 已备案, 到选举会这一步了, 选举会开过; 还没备案 and 正在… are told apart."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from bot.core import numerals
from bot.core.model import Indicator
from bot.core.report.tokens.sheet import Sheet, Token
from bot.core.report.words.vocabulary import Kind


class State(StrEnum):
    """What is said of a step."""

    REACHED = "reached"
    NOT = "not"
    UNCLEAR = "unclear"


_NOT_AFTER: Final = re.compile(
    r"[^,。;!\n]{0,4}(?:还在|正在|在[写弄搞办做准整等]|还?没|未|尚|推迟|延期|改期|(?:要|待|等)(?!摸底|推荐|选举|备案|挂牌)|取消|失败|流产|后再)"
)
_ALIKE: Final = re.compile(r"(?:名单|人选|材料|仪式|表|对象|率|提名|\s*[0-9])")
_BEFORE: Final = re.compile(
    r"(?:已经?|到了?|在|进到|进入了?|走到|停在|停留在|完成了?|做完|开了|开过|开完|开好|开成|走完|走过|办完|办好|直接开了|现?处于?|处在|卡在|推进到|推到|进展到|进行到|进度到|轮到|:)\s*$"
)
_UNDER_WAY: Final = re.compile("(?:还|正|仍然?|依然|一直)在$")
_NOT_BEFORE: Final = re.compile(
    r"(?:没|未|还没有|尚未|没有|就差|只差|还差|等|待|准备|跳过了?|重新)\s*$"
)


_STAGE: Final = re.compile("阶段|环节|这一?步")


def state(text: str, token: Token) -> State:
    """What the words around a step say of it; `counted` of the token tells that words behind it say so."""
    before, after = text[: token.start][-6:], text[token.end :][:8]
    if token.counted == "left" or _NOT_BEFORE.search(before) or _NOT_AFTER.match(after):
        return State.NOT
    if token.counted:
        return State.REACHED
    if _UNDER_WAY.search(before) and not _STAGE.match(after):
        return State.UNCLEAR
    if _ALIKE.match(after):
        return State.UNCLEAR
    return State.REACHED if _BEFORE.search(before) else State.UNCLEAR


_WHETHER: Final = re.compile("没有?[啊呀呢嘛]?[?!。\\s]*$")


def whether(text: str, token: Token) -> bool:
    """备案了没有: a question."""
    return _WHETHER.match(text, token.end) is not None


_RIGHT: Final = re.compile(r"(?:^|[,。;!\s])(?:应该?)?[是为:]?$")


def put_right(text: str, token: Token) -> bool:
    """打错了，是备案: nothing but the step in its clause."""
    behind = text[token.end : token.end + 1]
    return _RIGHT.search(text[: token.start]) is not None and behind in ("", *",。;!\n了")


# ---- finding them ----------------------------------------------------------------------------------------

_N: Final = "(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_WHEN: Final = (
    f"(?:(?:昨|今|前)(?:天|晚|日|早|夜|儿)?|刚才|(?:{_N}月)?{_N}[号日]|(?:上|本|这)?周[一二三四五六日天])?"
    f"(?:上午|下午|晚上|中午|早上|傍晚)?(?:{_N}点(?:钟|半|整|[一三]刻|{_N}分?)?)?"
)
"""25号晚上7点半."""
_AFTER_STEP: Final = re.compile(
    rf"(?:工作|会议|手续)?(?:这?[两二三四2-4]个?步)?{_WHEN}(?:已经?|都|也|就|全部|早就?|刚刚?|顺利|圆满)*"
    r"(?:开过|开完|开好|开了|召开|(?:做|搞|弄|办|整|忙|走)(?:完|好|妥|成|毕|齐|掂|定|利索|过)|完成|完毕|完|结束|通过|批下来|批|好了|了|过|圆满成功|圆满结束|胜利闭幕|闭幕|落幕|开得(?:很|挺|非常|蛮|特别)?(?:圆满|成功|顺利|好)|清楚?|圆满|成功|开的|召开的|报的|批的|挂的|办的|开了|已完|已开|已报|已批|已挂|阶段|这一?步|环节|下来|起来|上去|上了?|✓)[了啦咯喽嘞哩咧]?|[啦咯喽嘞哩咧]"
)
_NTH: Final = re.compile("(?<![下上这那每进同前后最])第?([1-9一二三四五六七八九])步(?![走骤])")
_NTH_REACHED: Final = re.compile(
    "(?:也|都|已经?|全)?(?:走|做|搞|弄|办)?(?:完成|完毕|结束|完|好|到|过)?了|(?:走|做|搞|弄|办)(?:完|好)|完成|结束"
)


_TO_GO: Final = re.compile(
    "(?:[就只]还?[差剩缺等]|[就只]?还[差剩缺])下?(?:最后)?(?:一步|一项|一个)?了?:?$"
)
"""就剩挂牌, 还剩备案和挂牌: the steps that are left."""
_AND: Final = ("和", "、", "跟", "及", "与")


def take(sheet: Sheet, found: re.Match[str], indicator: Indicator, step: str) -> None:
    """A step with the words behind it that say that it was reached."""
    start, end = found.span()
    after = _AFTER_STEP.match(sheet.left, end)
    stop = after.end() if after else end
    told = (found.lastgroup or "").startswith("r") or (found[0] != step and "牌" in found[0])
    said = "reached" if after or told else ""
    if left := _TO_GO.search(sheet.left[:start]):
        start, said = left.start(), "left"
    elif any(t.counted == "left" and sheet.text[t.end : start] in _AND for t in sheet.tokens):
        said = "left"
    sheet.take(
        Token(
            Kind.STEP,
            start,
            stop,
            sheet.text[start:stop],
            indicators=(indicator,),
            step=step,
            counted=said,
        )
    )


_EVERY: Final = re.compile(
    "(?:全部|所有|这?(?P<n>[2-9二两三四五六七八九])个?)(?:步骤?|环节|阶段)(?:都|也|全部?|已经?)*(?:走|做|搞|弄|办)?(?:完成|完毕|完|好)了?(?![^,。;!\n]{0,3}步)"
)


def take_every(sheet: Sheet, indicators: tuple[Indicator, ...]) -> None:
    """五步走完了, of the one stage the campaign has and that has five."""
    stages = [one for one in indicators if one.steps]
    for found in list(_EVERY.finditer(sheet.left)) if len(stages) == 1 else ():
        number = numerals.value(found["n"] or "")
        if number not in (None, len(stages[0].steps)):
            continue
        start, end = found.span()
        step = stages[0].steps[-1]
        sheet.take(
            Token(
                Kind.STEP, start, end, found[0], indicators=(stages[0],), step=step, counted="all"
            )
        )


def take_nth(sheet: Sheet, indicators: tuple[Indicator, ...]) -> None:
    """第3步 of the one stage the campaign has."""
    stages = [one for one in indicators if one.steps]
    for found in list(_NTH.finditer(sheet.left)) if len(stages) == 1 else ():
        number = numerals.value(found[1]) or 0
        if 1 <= number <= len(stages[0].steps):
            step = stages[0].steps[number - 1]
            start, end = found.span()
            after = _NTH_REACHED.match(sheet.left, end)
            end = after.end() if after else end
            said = "reached" if after else ""
            sheet.take(
                Token(
                    Kind.STEP,
                    start,
                    end,
                    sheet.text[start:end],
                    indicators=(stages[0],),
                    step=step,
                    counted=said,
                )
            )
