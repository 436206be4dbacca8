"""A line of text → what is asked. Order: danger, what stands open, commands, free sentences, a report."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.core import (
    faces,
    intent_agreeing,
    intent_asks,
    intent_groups,
    intent_items,
    intent_names,
    intent_notices,
    intent_orders,
    intent_reporting,
    intent_talk,
    intent_wrong,
    intents,
    short,
)
from bot.core.intents import Intent, Open
from bot.core.report import like
from bot.core.short import Form, Short
from bot.core.text import Line

_CALL_ME: Final = re.compile(
    "打我(?:的|这个|那个|家里?|村里|办公室?)*(?:电话|手机|座机|微信|短号|小号|号码|固话|热线|[0-9]{5,})|反(?:对)?(?:家暴|家庭暴力)(?:法|知识|宣传|宣讲|讲座|活动|培训|主题|普法|工作)"
)
_LATER: Final = re.compile(r"^(?P<when>.{2,20}?)(?:再|才)?(?:发送?|发出去?)(?:吧|好了)?[。!]?$")
_SEND: Final = ("发送", "发", "发吧", "发出去", "确定发送", "可以发", "可以发送", "发送吧")
_TIME: Final = re.compile("[今明后早晚点时月日号周天午:]")
_COMMAND: Final = re.compile(
    "(?:看|查)?进度|帮助|我的(?:待办|事)|我要报|谁没(?:报|签收|转)|发通知|恢复接收|解决了"
    r"|[nd]?\d+号?(?:通知|困难)|困难|意见|\d+号困难解决(?:了?没有?|了吗)?|(?:暂停|继续|停止|撤回|同意|谁没签收)[nd]?\d+"
)
"""Commands nobody means as the title of a notice or the text of a difficulty."""


@dataclass(frozen=True, slots=True)
class _Known:
    """The words of the campaign and of the places that the line may hold."""

    indicators: Sequence[str]
    names: Sequence[str]
    steps: Sequence[str]
    asked: Sequence[str]


def read(
    line: Line,
    *,
    danger_words: Sequence[str],
    open_kind: Open | None = None,
    indicators: Sequence[str] = (),
    names: Sequence[str] = (),
    steps: Sequence[str] = (),
    asked: Sequence[str] = (),
) -> Intent:
    """What the line asks for. Total: never raises, and what is not understood is `Unclear`.

    `danger_words` come from config, folded; `indicators` are the names and aliases of the running campaign,
    `steps` what its stages go through, `names` those of units that the folded line holds, so that nothing in
    them is taken for our words. `asked` is what questions may name besides: campaigns, and what those that are
    over have counted.
    With `open_kind`, a short answer is read as an answer to that question; anything longer as if nothing
    were open (so that 进度 works in the middle of a question), except free words for `Open.TEXT`
    that are no command.
    """
    if is_danger(line, danger_words):
        return intents.Danger()
    if line.sticker and line.bare:
        return intents.Sticker()
    said = short.read(line)
    answer = _open(line, said, open_kind, indicators) if open_kind else None
    return answer or _closed(line, said, _Known(indicators, names, steps, asked))


def fixed(line: Line) -> bool:
    """Whether the line is a command that comes before all words of campaigns: `read` needs none of them for it."""
    if line.bare or _REPLIED.match(line.text):
        return False
    found = intent_items.read(line) or intent_groups.read(line) or intent_orders.read(line)
    return found is not None


def is_danger(line: Line, danger_words: Sequence[str]) -> bool:
    """Whether a word of danger is in the line, whatever stands between its characters (打我电话 is none)."""
    said = _CALL_ME.sub("", line.key)
    return any(word and word in said for word in danger_words)


# ---- with a question open ------------------------------------------------------------------------------


def _open(line: Line, said: Short, kind: Open, indicators: Sequence[str]) -> Intent | None:
    if line.key == "不是我":
        return intents.NotMe()
    if said.drop:
        return intents.DropIt()
    match kind:
        case Open.READBACK:
            return _to_readback(said) or intent_wrong.denies(line, indicators)
        case Open.NUMBER:
            return _to_number(said)
        case Open.CHOICE | Open.YESNO:
            return _to_choice(said)
        case Open.LIST:
            return _to_list(said)
        case Open.PREVIEW:
            return _to_preview(line, said)
        case Open.TEXT:
            if _COMMAND.fullmatch(line.key):
                return None
            return intent_orders.always(line) or intents.Answer(line.raw.strip())


def _to_readback(said: Short) -> Intent | None:
    if said.accept:
        return intents.Accept()
    if said.number is not None and said.form is Form.BARE:
        return intents.Digit(said.number)
    if said.number is not None and said.form is not Form.PICKED:
        return intents.Deny(said.number)
    return intents.Deny() if said.deny else None


def _to_number(said: Short) -> Intent | None:
    if said.none:
        return intents.Digit(0)
    if said.number is not None and said.form is not Form.PICKED:
        return intents.Digit(said.number)
    return _yes_or_no(said)


def _to_choice(said: Short) -> Intent | None:
    if said.number is None:
        return _yes_or_no(said)
    return intents.Digit(said.number, counted=said.form in (Form.COUNTED, Form.STATED))


def _to_list(said: Short) -> Intent | None:
    picked = said.number is not None and said.form in (Form.BARE, Form.PICKED)
    return intents.Digit(said.number) if picked and said.number is not None else None


def _to_preview(line: Line, said: Short) -> Intent | None:
    if is_confirmation(line):
        return intents.ConfirmSend()
    if line.key in _SEND:
        return intents.Accept()
    if "确认发送" in line.key and len(line.key) < 12:
        return intents.Deny() if re.search("[不别没未勿]", line.key) else intents.Accept()
    later = _LATER.match(line.text)
    if later and _TIME.search(later["when"]) and not re.search("[不别]", line.key):
        return intents.SendLater(later["when"].strip())
    return _yes_or_no(said)


def _yes_or_no(said: Short) -> Intent | None:
    if said.accept:
        return intents.Accept()
    return intents.Deny() if said.deny else None


def is_confirmation(line: Line) -> bool:
    """`确认发送` and nothing else: no other word, no question mark, no face that refuses."""
    return line.key == "确认发送" and "?" not in line.text and faces.NO not in line.faces


# ---- with nothing open, or no answer to what is open ------------------------------------------------------


def _closed(line: Line, said: Short, known: _Known) -> Intent:
    if line.bare:
        return _faces_only(line, said)
    if is_confirmation(line):
        return intents.ConfirmSend()
    return (
        intent_items.read(line)
        or intent_groups.read(line)
        or _replied(line, known)
        or intent_orders.read(line)
        or intent_agreeing.read(line)
        or _unasked_answer(said, line)
        or intent_reporting.read(line)
        or intent_wrong.read(line, known.indicators)
        or intent_notices.read(line)
        or _sure(line, known)
        or _question(line, known)
        or intents.Unclear()
    )


def _question(line: Line, known: _Known) -> Intent | None:
    """A question, small talk, or what may be a report after all."""
    hidden = intent_names.hide(line, known.names, [*known.indicators, *known.asked])
    return (
        intent_reporting.read(hidden.line)
        or hidden.shown(intent_asks.read(hidden.line))
        or intent_notices.relayed(line)
        or intent_talk.read(line)
        or intent_reporting.rules(hidden.line)
        or hidden.shown(intent_asks.figures(hidden.line))
        or _report(line, [*known.indicators, *known.steps])
    )


def _faces_only(line: Line, said: Short) -> Intent:
    if said.sign:
        return intents.Sign()
    if line.faces and faces.NO not in line.faces:
        return intents.SmallTalk()
    return intents.Help() if line.text.strip("? ") == "" and "?" in line.text else intents.Unclear()


def _unasked_answer(said: Short, line: Line) -> Intent | None:
    """A short answer although nothing is open: 收到 and 1 sign, the rest is for the caller to explain."""
    if said.sign:
        return intents.Sign()
    if said.drop:
        return intents.DropIt()
    if said.number is not None:
        if said.form is Form.STATED:
            return intents.Deny(said.number)
        return intents.Digit(said.number) if said.form is Form.BARE else None
    if said.none:
        return intents.Report("没有新增吧" if line.key.endswith("吧") else "没有")
    return _yes_or_no(said)


_REPLIED: Final = re.compile(
    r"^(?:答复|回复|回)[^\d:,。;!]{0,4}[\s:,。;!]+(?![NnDd]?\s*\d+号?[^名个人位])"
)


def _replied(line: Line, known: _Known) -> Intent | None:
    """回复您，新增执委12名: an answer to whoever asked for the figure; 答复 12 村部… is one to a difficulty."""
    return _sure(line, known) if _REPLIED.match(line.text) else None


def _sure(line: Line, known: _Known) -> Intent | None:
    """A plain figure makes the line a report, whatever else it says: 收到。新增执委9名。"""
    sure = like.sure(line, known.indicators, known.steps)
    return intents.Report(line.raw.strip()) if sure else None


def _report(line: Line, words: Sequence[str]) -> Intent | None:
    """Whether a line may be a report at all; `report.grammar.read` decides."""
    return intents.Report(line.raw.strip()) if like.possible(line, words) else None
