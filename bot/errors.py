"""Every error the program raises by name; a docstring is the default message."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime


class YihuError(Exception):
    """Something went wrong in 一呼."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or (type(self).__doc__ or "").strip().splitlines()[0])
        self.bare = not message  # then people are told something in their own language instead


class BadInput(YihuError):
    """The input cannot be used as it is; correct it and try again."""


class SetupError(YihuError):
    """The program cannot start this way; change the setting named here."""


class StaleSchema(SetupError):
    """The database schema is not the one this version needs; run `yihu db upgrade`."""


class ReasonNeeded(BadInput):
    """This change needs a reason, because the week is closed or somebody else reported the number."""


class NotAllowed(YihuError):
    """The person may not do this here."""


class OwnDraft(NotAllowed):
    """Who wrote a notice cannot approve it; another chair or admin must."""


class TooLarge(YihuError):
    """The file is larger than we take."""


class NotFound(YihuError):
    """There is no such thing, or it is outside the asker's scope (both get the same answer)."""


class NoNotice(NotFound):
    """There is no notice of this number, or it is outside the asker's scope."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


class Several(NotFound):
    """Several things may be meant; say which by its number."""

    def __init__(self, numbers: Sequence[int]) -> None:
        super().__init__()
        self.numbers = tuple(numbers)


class Conflict(YihuError):
    """The thing has changed meanwhile; nothing was done."""


class NotOurs(YihuError):
    """The request does not carry a valid signature of this account."""


class Malformed(YihuError):
    """The request is signed by this account, but its body cannot be read."""


class Unclear(YihuError):
    """The platform's outcome is unknown: it may or may not have taken the message."""


class TryLater(YihuError):
    """The platform asks to be called again later."""

    def __init__(self, at: datetime, message: str | None = None) -> None:
        super().__init__(message)
        self.at = at


class TextRefused(YihuError):
    """The platform refuses this text for everybody; the broadcast is stopped and its author told."""


class Misconfigured(YihuError):
    """The account's set-up is wrong; the channel is paused until somebody corrects it."""

    def __init__(self, message: str | None = None, *, code: int | None = None) -> None:
        super().__init__(message)
        self.code = code  # the platform's errcode, if it gave one


class Fenced(YihuError):
    """Another worker has taken this batch over; stop at once without writing."""
