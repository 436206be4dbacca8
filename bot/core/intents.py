"""Everything somebody can ask of us or answer us: a closed union, made by `intent.read`, matched by handlers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from bot.core.intents_figures import (
    Accept as Accept,
)
from bot.core.intents_figures import (
    Answer as Answer,
)
from bot.core.intents_figures import (
    AskProgress as AskProgress,
)
from bot.core.intents_figures import (
    Bind as Bind,
)
from bot.core.intents_figures import (
    ConfirmSend as ConfirmSend,
)
from bot.core.intents_figures import (
    Correct as Correct,
)
from bot.core.intents_figures import (
    Deny as Deny,
)
from bot.core.intents_figures import (
    Digit as Digit,
)
from bot.core.intents_figures import (
    DropIt as DropIt,
)
from bot.core.intents_figures import (
    HowToBind as HowToBind,
)
from bot.core.intents_figures import (
    LeavingPost as LeavingPost,
)
from bot.core.intents_figures import (
    Ledger as Ledger,
)
from bot.core.intents_figures import (
    Material as Material,
)
from bot.core.intents_figures import (
    More as More,
)
from bot.core.intents_figures import (
    NewMembers as NewMembers,
)
from bot.core.intents_figures import (
    NotMe as NotMe,
)
from bot.core.intents_figures import (
    NotThem as NotThem,
)
from bot.core.intents_figures import (
    OptIn as OptIn,
)
from bot.core.intents_figures import (
    OptOut as OptOut,
)
from bot.core.intents_figures import (
    Remind as Remind,
)
from bot.core.intents_figures import (
    Report as Report,
)
from bot.core.intents_figures import (
    SendLater as SendLater,
)
from bot.core.intents_figures import (
    WantReport as WantReport,
)
from bot.core.intents_figures import (
    Weekly as Weekly,
)
from bot.core.intents_figures import (
    WhoIsSlow as WhoIsSlow,
)
from bot.core.intents_figures import (
    WhoNotReported as WhoNotReported,
)
from bot.core.intents_figures import (
    WrongAccount as WrongAccount,
)
from bot.core.intents_groups import AddLine as AddLine
from bot.core.intents_groups import CloseGroup as CloseGroup
from bot.core.intents_groups import GroupAnswers as GroupAnswers
from bot.core.intents_groups import GroupUse as GroupUse
from bot.core.intents_groups import NotMyGroup as NotMyGroup
from bot.core.intents_items import AgreeFigures as AgreeFigures
from bot.core.intents_items import AttachPhoto as AttachPhoto
from bot.core.intents_items import DifficultyList as DifficultyList
from bot.core.intents_items import Item as Item
from bot.core.intents_items import ReturnFigures as ReturnFigures
from bot.core.intents_items import WaitingFigures as WaitingFigures
from bot.core.intents_work import (
    Absent as Absent,
)
from bot.core.intents_work import (
    AnswerDifficulty as AnswerDifficulty,
)
from bot.core.intents_work import (
    Approve as Approve,
)
from bot.core.intents_work import (
    AskDifficulty as AskDifficulty,
)
from bot.core.intents_work import (
    AskMeeting as AskMeeting,
)
from bot.core.intents_work import (
    AskRelay as AskRelay,
)
from bot.core.intents_work import (
    AskWhoReceived as AskWhoReceived,
)
from bot.core.intents_work import (
    Attend as Attend,
)
from bot.core.intents_work import (
    BroadcastStatus as BroadcastStatus,
)
from bot.core.intents_work import (
    CannotRelay as CannotRelay,
)
from bot.core.intents_work import (
    CloseDifficulty as CloseDifficulty,
)
from bot.core.intents_work import (
    Deputize as Deputize,
)
from bot.core.intents_work import (
    Difficulty as Difficulty,
)
from bot.core.intents_work import (
    Disapprove as Disapprove,
)
from bot.core.intents_work import (
    Duty as Duty,
)
from bot.core.intents_work import (
    MyData as MyData,
)
from bot.core.intents_work import (
    MyItems as MyItems,
)
from bot.core.intents_work import (
    NewBroadcast as NewBroadcast,
)
from bot.core.intents_work import (
    News as News,
)
from bot.core.intents_work import (
    NotReceived as NotReceived,
)
from bot.core.intents_work import (
    NotSolved as NotSolved,
)
from bot.core.intents_work import (
    Opinion as Opinion,
)
from bot.core.intents_work import (
    Pause as Pause,
)
from bot.core.intents_work import (
    Points as Points,
)
from bot.core.intents_work import (
    Recall as Recall,
)
from bot.core.intents_work import (
    Relayed as Relayed,
)
from bot.core.intents_work import (
    Resume as Resume,
)
from bot.core.intents_work import (
    Sign as Sign,
)
from bot.core.intents_work import (
    Solved as Solved,
)
from bot.core.intents_work import (
    Stop as Stop,
)
from bot.core.intents_work import (
    SwapDuty as SwapDuty,
)
from bot.core.intents_work import (
    Tasks as Tasks,
)
from bot.core.intents_work import (
    TransferDifficulty as TransferDifficulty,
)
from bot.core.intents_work import WholeLetters as WholeLetters
from bot.core.intents_work import (
    WhoNotRelayed as WhoNotRelayed,
)
from bot.core.intents_work import (
    WhoNotSigned as WhoNotSigned,
)


class Open(StrEnum):
    """What kind of question stands open with the person; it decides what a short answer means."""

    READBACK = "readback"  # 「对吗？」 about values: Accept, Deny, DropIt
    NUMBER = "number"  # 「是几名？」: Digit (0 for 没有), Deny, DropIt
    CHOICE = "choice"  # a numbered list, also 回1/回2: Digit, DropIt
    LIST = "list"  # 我的待办: Digit opens one, everything else is as if nothing were open
    YESNO = "yesno"  # 「是您吗？」「要提醒吗？」: Accept, Deny, DropIt
    PREVIEW = "preview"  # a broadcast: ConfirmSend, SendLater, Deny, DropIt
    TEXT = "text"  # free words expected (guided form, a reason, where and when): Answer


@dataclass(frozen=True, slots=True)
class Danger:
    """A word of danger: before everything else, kept nowhere."""


@dataclass(frozen=True, slots=True)
class ContactMe:
    """联系我, after words of danger."""


@dataclass(frozen=True, slots=True)
class Human:
    """人工."""


@dataclass(frozen=True, slots=True)
class Help:
    """帮助."""


@dataclass(frozen=True, slots=True)
class Greeting:
    """早上好, 在吗."""


@dataclass(frozen=True, slots=True)
class Thanks:
    """谢谢, 辛苦了."""


@dataclass(frozen=True, slots=True)
class SmallTalk:
    """Flowers, a smile, 你是真人吗."""


@dataclass(frozen=True, slots=True)
class CannotUse:
    """不会弄, 字太小."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """又要报，烦死了; 上礼拜报过了; 一件事报三遍; 半夜还发."""

    text: str


@dataclass(frozen=True, slots=True)
class UnknownService:
    """两癌筛查在哪做: a service we do not answer ourselves; a human does."""

    text: str


@dataclass(frozen=True, slots=True)
class Sticker:
    """A sticker, which arrives as a placeholder."""


@dataclass(frozen=True, slots=True)
class Unclear:
    """Not understood."""


Intent: TypeAlias = (
    Bind | HowToBind | NotMe | NewMembers | NotThem | LeavingPost | WrongAccount | OptOut | OptIn
    | WantReport | Report | Correct | AskProgress | WhoIsSlow | WhoNotReported | Remind | More
    | Weekly | Material | Ledger
    | Accept | Deny | DropIt | Digit | ConfirmSend | SendLater | Answer
    | Sign | NotReceived | AskWhoReceived | WhoNotSigned | WhoNotRelayed | AskRelay | Relayed | CannotRelay
    | CloseGroup | GroupUse | NotMyGroup | AddLine | GroupAnswers
    | NewBroadcast | BroadcastStatus | Pause | Resume | Stop | Recall | Approve | Disapprove
    | Difficulty | AnswerDifficulty | Solved | NotSolved | CloseDifficulty | TransferDifficulty | AskDifficulty
    | DifficultyList | Item | AttachPhoto | WaitingFigures | AgreeFigures | ReturnFigures
    | MyData | WholeLetters | MyItems | Tasks | Duty | SwapDuty | Attend | Absent | Deputize | AskMeeting | Points | News | Opinion
    | Danger | ContactMe | Human | Help | Greeting | Thanks | SmallTalk | CannotUse | Complaint | UnknownService
    | Sticker | Unclear
)  # fmt: skip
"""One of the above and nothing else; `typing.assert_never` closes a match over it."""
