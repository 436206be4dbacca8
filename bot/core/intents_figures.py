"""Intents about who she is, about figures, and short answers to an open question; see `intents`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bind:
    """`绑定 K7M2QX`. `code` is upper case, or None when `typed` is not six characters of our alphabet."""

    code: str | None
    typed: str = ""


@dataclass(frozen=True, slots=True)
class HowToBind:
    """怎么绑定呀 (`how`), 换手机了咋弄 (`phone`), 码不对啊 (`code`), 我是东山的妇女主任 (`who`)."""

    why: str


@dataclass(frozen=True, slots=True)
class NotMe:
    """不是我: undo a binding."""


@dataclass(frozen=True, slots=True)
class NewMembers:
    """执委码, 登记码, 谁没登记: the code for new members, and how many of them have registered."""


@dataclass(frozen=True, slots=True)
class NotThem:
    """不是 3: the new member of this number does not belong to us; else the sentence is what `text` says."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class LeavingPost:
    """我不干了，换人了."""

    text: str


@dataclass(frozen=True, slots=True)
class WrongAccount:
    """加错了."""


@dataclass(frozen=True, slots=True)
class OptOut:
    """暂停接收, TD, 别发了, 退订."""


@dataclass(frozen=True, slots=True)
class OptIn:
    """恢复接收."""


@dataclass(frozen=True, slots=True)
class WantReport:
    """我要报, 上报 with nothing after it, 帮东山村报一下: show what can be reported.

    `about`: what she wants to know of it: '' what and how, `due` by when, `mend` whether it may be changed.
    """

    unit_words: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """Looks like a report: give the same line to `report.grammar.read`. `text` is without a leading 上报."""

    text: str


@dataclass(frozen=True, slots=True)
class Correct:
    """更正 …, 写错了, 改成11 with no read-back open. `text` is what follows 更正, perhaps empty."""

    text: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class AskProgress:
    """进度 [组织] [指标] [图]. `about`: now, left, percent, trend, plan. Words are as she wrote them, or ''.

    `indicator_words` is the figure or the campaign that she names, here and in the questions below.
    `when`: the day she names, for `asof.read`. `below`: a table of that level, a word of `asof.below`.
    """

    unit_words: str = ""
    indicator_words: str = ""
    picture: bool = False
    about: str = "now"
    when: str = ""
    below: str = ""


@dataclass(frozen=True, slots=True)
class WhoIsSlow:
    """哪几个市慢."""

    unit_words: str = ""
    indicator_words: str = ""


@dataclass(frozen=True, slots=True)
class WhoNotReported:
    """谁没报, 还差谁, 哪几个村没报, 名单发我, 谁没动静, 谁还没回; 谁没报 区域化."""

    unit_words: str = ""
    indicator_words: str = ""


@dataclass(frozen=True, slots=True)
class Remind:
    """提醒, 催一下, 再催催星溪."""

    unit_words: str = ""
    indicator_words: str = ""


@dataclass(frozen=True, slots=True)
class More:
    """更多: the next names of the list just shown."""


@dataclass(frozen=True, slots=True)
class Weekly:
    """周报."""

    unit_words: str = ""
    indicator_words: str = ""


@dataclass(frozen=True, slots=True)
class Material:
    """材料, 给段能进材料的话. `when`: the day she names, for `asof.read`."""

    unit_words: str = ""
    when: str = ""
    indicator_words: str = ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """台账."""

    unit_words: str = ""
    indicator_words: str = ""


@dataclass(frozen=True, slots=True)
class Accept:
    """对, 是的, 确认, 嗯嗯, OK, 中, a thumb: yes to the open question (never sends a broadcast)."""


@dataclass(frozen=True, slots=True)
class Deny:
    """不对 (None), 不是12是11 / 是11名 / 改成11 (11): no, perhaps with the right number."""

    number: int | None = None


@dataclass(frozen=True, slots=True)
class DropIt:
    """算了, 取消, 不发了: forget the open question."""


@dataclass(frozen=True, slots=True)
class Digit:
    """A number by itself (12, 十二, 12名, 没有 when a number was asked): choice or value, by what is open.

    `counted`: said as a value (12名, 是12), which comes before the choice of that number.
    """

    number: int
    counted: bool = False


@dataclass(frozen=True, slots=True)
class ConfirmSend:
    """确认发送, exactly that sentence."""


@dataclass(frozen=True, slots=True)
class SendLater:
    """明早8点再发, to an open preview. `when` is for `dates.read`."""

    when: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Free words to an open question that asked for words; `text` is raw."""

    text: str
