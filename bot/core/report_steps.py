"""Which step of a stage has been reached: 已备案, 到选举会这一步了, 选举会开过; 还没备案 and 正在… are told apart."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from bot.core.model import IndicatorKind
from bot.core.report_tokens import Token
from bot.core.report_vocabulary import Kind


class State(StrEnum):
    """What is said of a step."""

    REACHED = "reached"
    NOT = "not"
    UNCLEAR = "unclear"


_NOT_AFTER: Final = re.compile(
    r"[^,。;!\n]{0,4}(?:还?没|未|尚|推迟|延期|改期|要|取消|失败|流产|后再|待)"
)
_ALIKE: Final = re.compile(r"(?:名单|人选|材料|仪式|表|对象|率|提名|\s*[0-9])")
_BEFORE: Final = re.compile(
    r"(?:已经?|到了?|在|进到|进入了?|走到|停在|停留在|完成了?|做完|开了|开过|直接开了|处于|处在|卡在|推进到|推到|:)\s*$"
)
_NOT_BEFORE: Final = re.compile(
    r"(?:没|未|还没有|尚未|没有|就差|只差|还差|等|待|准备|跳过了?|重新)\s*$"
)


def state(text: str, token: Token) -> State:
    """What the words around a step say of it; `counted` of the token tells that words behind it say so."""
    before, after = text[: token.start][-6:], text[token.end :][:8]
    if _NOT_BEFORE.search(before) or _NOT_AFTER.match(after):
        return State.NOT
    if token.counted:
        return State.REACHED
    if _ALIKE.match(after):
        return State.UNCLEAR
    return State.REACHED if _BEFORE.search(before) else State.UNCLEAR


def named_before(tokens: list[Token], at: int) -> bool:
    """Whether the step at `at` is the value of the stage that was just named: 会改联进度：备案."""
    for token in reversed(tokens[:at]):
        if token.kind is Kind.INDICATOR:
            return any(one.kind is IndicatorKind.STAGE for one in token.indicators)
        quiet = token.kind is Kind.FILLER or (token.kind is Kind.BREAK and token.text == ":")
        if not quiet:
            return False
    return False
