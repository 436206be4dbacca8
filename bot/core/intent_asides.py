"""What is no answer while a notice is written step by step, a difficulty or a reason told: whole commands and receipts; in doubt it is her text."""

from __future__ import annotations

import re
from typing import Final

from bot.core import intents
from bot.core.intents import Intent
from bot.core.text import Line

_COMMAND: Final = re.compile(
    r"(?:我们?|已经?|通知|文件)*收到(?:了|收到|通知|文件|谢谢(?:主席|领导|您)?)*(?:n?\d+号?(?:通知)?)?"
    r"|没收到(?:通知|文件)?|已阅|知道了|晓得了"
    r"|(?:已经?|都)*转发?了(?:\d+个?群)?(?:\d+人)?|已转发?|群里发了|转不了|我不是群主"
    r"|谁(?:还)?没有?(?:报|签收|收到|转|回)(?:n?\d+(?:号(?:通知)?)?)?|哪[几些]个?村没报"
    r"|再?(?:催一下|提醒(?:一下)?)|更多|传到哪了|(?:看|查)?进度图?|我的(?:任务|资料|信息)"
    r"|(?:绑定|帮定|邦定)[0-9a-z]{1,8}|菜单|没解决|还没解决|(?:销号|转交)d?\d+"
    r"|(?:早上|上午|中午|下午|晚上|[你您])好(?:呀|啊|主席|领导)?|在吗|在不在|有人吗"
    r"|(?:谢谢|辛苦)(?:您|你|了|主席|领导)*|你是真人吗|不?同意"
)
_STOPS: Final = re.compile(
    "(?:发错了)?(?:撤回|停止|暂停|取消|停发|撤销)(?:发送|通知)?(?:了|吧)?|发错了"
)
_EMPTY: Final = re.compile(
    r"\d{1,3}|对的?|是的?|不对|好的?|好嘞|嗯+|行|ok|继续|确认(?:发送)?", re.IGNORECASE
)
_MENU: Final = re.compile("周报|材料|台账|任务|积分|值班")
_OF_PLACE: Final = re.compile(r"(?:看|查)?进度(?: \S{1,8}){1,3}")
_TITLE: Final = re.compile("通报|通知|汇报|会议|例会|大会|表|安排|要求|推进|情况")
_WORDS: Final = re.compile(r"(?:困难|意见)[\s:,。]+\S.*|(?:答复|转交|不同意)\s*[NnDd]?\d+\s*\S.*")
_LONGEST: Final = 30  # characters of a difficulty told on the way; more is a text
_NEVER_TEXT: Final = (
    intents.Greeting
    | intents.Thanks
    | intents.SmallTalk
    | intents.AskProgress
    | intents.WhoIsSlow
    | intents.WhoNotReported
    | intents.WhoNotSigned
    | intents.WhoNotRelayed
    | intents.AskRelay
    | intents.AskWhoReceived
    | intents.NotReceived
    | intents.Relayed
    | intents.CannotRelay
    | intents.Remind
    | intents.Tasks
    | intents.Weekly
    | intents.HowToBind
)
_FOR_WHOM: Final = re.compile("(?:主席|干事|执委|委员|主任|管理员|姐妹|群|[的人村乡镇县])$")
_DONE: Final = re.compile("(?:[整弄搞改办做选](?:完|好)|完成|搞定)了")
_WHEN: Final = re.compile("[前后的等再才]")


def command(line: Line) -> bool:
    """Whether the whole line is a word of ours that nobody means as a title or a text: 收到, 进度 政和, 困难 没地方."""
    if _COMMAND.fullmatch(line.key):
        return True
    if _OF_PLACE.fullmatch(line.text):
        return _TITLE.search(line.key) is None
    return _WORDS.fullmatch(line.text) is not None and len(line.key) <= _LONGEST


def menu(line: Line) -> bool:
    """Whether the whole line is a word that shows something, which may be a title but is no difficulty and no reason."""
    return _MENU.fullmatch(line.key) is not None


def stops(line: Line) -> bool:
    """Whether the whole line only takes something back: what is being written, as nothing of it was sent."""
    return _STOPS.fullmatch(line.key) is not None


def empty(line: Line) -> bool:
    """Whether the whole line answers some other question, and is neither a title nor a text: 1, 对, 确认发送."""
    return _EMPTY.fullmatch(line.key) is not None


def asks(said: Intent) -> bool:
    """Whether it is a question or an order, which no name of a unit is: 谁没报 星溪乡."""
    return isinstance(said, _NEVER_TEXT)


def instead(line: Line, said: Intent, *, figures: bool) -> bool:
    """Whether words that are neither for whom nor until when are what they say; `figures`: they give a plain one."""
    if isinstance(said, intents.Report):
        done = _DONE.search(line.text) is not None and _WHEN.search(line.text) is None
        return figures or done
    return isinstance(said, _NEVER_TEXT) and _FOR_WHOM.search(line.key) is None
