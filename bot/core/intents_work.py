"""Intents about notices, difficulties, meetings and her own matters; see `intents`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sign:
    """收到, 1, 👍. `remark` is a second matter in the same line (但我村没地方开会), raw, or ''."""

    number: int | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class NotReceived:
    """没收到文件: she asks for it again."""


@dataclass(frozen=True, slots=True)
class AskWhoReceived:
    """谁收到了, 收到了吗, 收到没有？: the sender asks."""

    number: int | None = None


@dataclass(frozen=True, slots=True)
class WhoNotSigned:
    """谁没签收 [12]."""

    number: int | None = None
    unit_words: str = ""


@dataclass(frozen=True, slots=True)
class WhoNotRelayed:
    """谁没转; 哪里没传到: with `places` the units it has not come to are asked for, not the groups."""

    number: int | None = None
    unit_words: str = ""
    places: bool = False


@dataclass(frozen=True, slots=True)
class AskRelay:
    """传到村没有, 传到哪了 图: how far has it come; with `picture` as one."""

    number: int | None = None
    unit_words: str = ""
    picture: bool = False


@dataclass(frozen=True, slots=True)
class Relayed:
    """转了, 三个群都发了，四百来人. None: not said. `approximate` when the people were (四百来人)."""

    groups: int | None = None
    people: int | None = None
    approximate: bool = False
    number: int | None = None


@dataclass(frozen=True, slots=True)
class CannotRelay:
    """转不了, 群解散了; `number` of the notice if she said one."""

    reason: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class NewBroadcast:
    """发通知, or a kind's word first. `kind`: 通知 精神 部署 动态 进展 困难 通报 学习 活动.

    `body` is the raw rest: '' starts the guided form, `标题：…` lines are for `notice.read`, else it is the content.
    `amends`: 更正通知 12 …, what notice 12 is to say instead.
    """

    kind: str
    body: str
    amends: int | None = None


@dataclass(frozen=True, slots=True)
class BroadcastStatus:
    """12号通知."""

    number: int


@dataclass(frozen=True, slots=True)
class Pause:
    """暂停 12, 先别发."""

    number: int | None = None


@dataclass(frozen=True, slots=True)
class Resume:
    """继续 12."""

    number: int | None = None


@dataclass(frozen=True, slots=True)
class Stop:
    """停止 12."""

    number: int | None = None


@dataclass(frozen=True, slots=True)
class Recall:
    """撤回 12, 发错了！撤回."""

    number: int | None = None


@dataclass(frozen=True, slots=True)
class Approve:
    """同意 12."""

    number: int | None = None


@dataclass(frozen=True, slots=True)
class Disapprove:
    """不同意 12 范围大了."""

    number: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Difficulty:
    """困难 …, 没地方办公, 没得钱. `text` is raw, '' when only the word 困难 was said."""

    text: str


@dataclass(frozen=True, slots=True)
class AnswerDifficulty:
    """答复 12 村部二楼腾出一间."""

    number: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Solved:
    """解决了."""

    number: int | None = None


@dataclass(frozen=True, slots=True)
class NotSolved:
    """没解决, 12号没解决，钥匙还没给. `reason` is raw, '' when none was given."""

    number: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CloseDifficulty:
    """销号 12."""

    number: int | None = None


@dataclass(frozen=True, slots=True)
class TransferDifficulty:
    """转交 12 [给 …]."""

    number: int | None
    to: str


@dataclass(frozen=True, slots=True)
class AskDifficulty:
    """12号解决没有, 有没有下文, 12号困难."""

    number: int | None = None


@dataclass(frozen=True, slots=True)
class MyData:
    """我的资料: what is kept about her."""


@dataclass(frozen=True, slots=True)
class WholeLetters:
    """全文: what she was told on cards, which held only the beginning."""


@dataclass(frozen=True, slots=True)
class MyItems:
    """我的待办, 我的事."""


@dataclass(frozen=True, slots=True)
class Tasks:
    """任务, 文件清单, 统计. `kind`: document, statistic, or '' for everything."""

    kind: str = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """值班, 这月轮到谁."""


@dataclass(frozen=True, slots=True)
class SwapDuty:
    """换班, 跟玉兰换一下. `to` is the name or ''."""

    to: str


@dataclass(frozen=True, slots=True)
class Attend:
    """参加."""


@dataclass(frozen=True, slots=True)
class Absent:
    """请假, 去不了. `reason` raw."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class Deputize:
    """请张三代会, 去不了，副主席去. `who` as written."""

    who: str


@dataclass(frozen=True, slots=True)
class AskMeeting:
    """有车接吗: a question about a meeting."""

    text: str


@dataclass(frozen=True, slots=True)
class Points:
    """积分."""


@dataclass(frozen=True, slots=True)
class News:
    """动态 …."""

    text: str


@dataclass(frozen=True, slots=True)
class Opinion:
    """意见 …."""

    text: str
