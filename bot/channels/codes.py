"""Every platform code we know and what it means for us: one table per platform.

Codes and meanings: developers.weixin.qq.com/doc/store/API/basics/commErrCode.html and
developer.work.weixin.qq.com/document/path/90455, filled up from the code tables of WxJava
(WxMpErrorMsgEnum, WxCpErrorMsgEnum); copies of them read in November 2026. Only the number counts:
the words beside it change. The one exception is 93000, which is two different things.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from bot import errors
from bot.channels.base import Platform
from bot.core.outcome import Kind as Kind

MP: Mapping[int, Kind] = {
    0: Kind.OK,
    -1: Kind.UNCLEAR,  # system busy: it may have been taken, so only an id makes a repeat safe
    45065: Kind.DUPLICATE,
    # this person
    **dict.fromkeys((40003, 43004, 43019, 43101, 45015, 45047), Kind.REFUSED),
    **dict.fromkeys((45059, 46004, 48002, 50001, 50002, 50005), Kind.REFUSED),
    40130: Kind.REFUSED,  # not two of the openids of a mass message are good ones
    9500002: Kind.AGAIN,  # the queue of mass messages is full
    **dict.fromkeys((40001, 40014, 41001, 42001), Kind.TOKEN),
    **dict.fromkeys((45011, 45066), Kind.PACE),
    **dict.fromkeys((45009, 45028, 45029, 48006), Kind.QUOTA),
    # this message: its form, size, media or data
    **dict.fromkeys((*range(40004, 40013), 40031, 40032, 40033, 40035, 40039), Kind.TEXT),
    **dict.fromkeys((41030, 40165, *range(43001, 43004), *range(44001, 44005)), Kind.TEXT),
    **dict.fromkeys((*range(45001, 45009), 45067, 47001, 47003, 43116), Kind.TEXT),
    **dict.fromkeys((45083, 45084, 45157, 45158, 45159), Kind.TEXT),  # speed; tags
    # the account
    **dict.fromkeys((40002, 40013, 40125, 40164, 41002, 41004), Kind.SETUP),
    **dict.fromkeys((40201, 40202, 40203), Kind.SETUP),  # the callback's address
    **dict.fromkeys((40036, 40037, 48001, 48003, 48004, 48008), Kind.SETUP),
    **dict.fromkeys((61003, 61004, 61007, 61023, *range(89501, 89508)), Kind.SETUP),
    **dict.fromkeys((45033, 45056, 45057, 45058, 200011, 200012, 200014), Kind.SETUP),
    **dict.fromkeys(range(65301, 65318), Kind.SETUP),  # menus for some people only
}

WECOM: Mapping[int, Kind] = {
    0: Kind.OK,
    -1: Kind.UNCLEAR,
    **dict.fromkeys((40003, 40096, 46004, 50002, 60111, 81013, 82001, 84061), Kind.REFUSED),
    **dict.fromkeys((6000, 45033), Kind.AGAIN),  # a write conflict; too many calls at once
    **dict.fromkeys((40014, 41001, 42001), Kind.TOKEN),
    45009: Kind.PACE,  # a minute's block first, an hour's if it comes again
    **dict.fromkeys((40007, 40008, 40031, 40032, 40035, 40058, 40063, 44004, 45002), Kind.TEXT),
    **dict.fromkeys((82002, 82003), Kind.TEXT),
    **dict.fromkeys((40001, 40013, 40056, 40091, 41002, 41004, 45024), Kind.SETUP),
    **dict.fromkeys((48002, 48004, 50003), Kind.SETUP),
    **dict.fromkeys((60011, 60020, 301002), Kind.SETUP),
    **dict.fromkeys((*range(86001, 86009), *range(86216, 86221)), Kind.REFUSED),  # this group
}

# A robot is one group: whatever is wrong with its key is about that group, never the channel.
ROBOT: Mapping[int, Kind] = {
    0: Kind.OK,
    -1: Kind.UNCLEAR,
    93000: Kind.REFUSED,
    6000: Kind.AGAIN,
    45033: Kind.AGAIN,
    45009: Kind.PACE,
    **dict.fromkeys((40008, 40058, 40063, 44004, 45002), Kind.TEXT),
    60020: Kind.SETUP,
}

# `err(…)` in MASSSENDJOBFINISH: what the reviewers object to, and who did not agree to the sending.
# WxJava, WxConsts.MassMsgStatus.
MASS: Mapping[int, Kind] = {
    **dict.fromkeys((10001, 20001, 20002, 20004, 20006, 20008, 20013, 21000, 22000), Kind.TEXT),
    **dict.fromkeys((30002, 30003), Kind.TEXT),
    30001: Kind.AGAIN,  # the search for originals failed
    **dict.fromkeys((40001, 40002), Kind.SETUP),  # the account's admin refused, or said nothing
}

TABLES: Mapping[Platform, Mapping[int, Kind]] = {
    Platform.MP: MP,
    Platform.WECOM: WECOM,
    Platform.ROBOT: ROBOT,
}


def classify(platform: Platform, code: int, errmsg: str) -> Kind:
    """What a code means on that platform.

    A code nobody has told us about is UNCLEAR: not delivered, not failed, shown to a person.
    """
    if code == 93000 and "webhook url" not in errmsg.lower():
        # The same number for a dead key ("invalid webhook url") and for an overlong text.
        return Kind.TEXT
    return TABLES[platform].get(code, Kind.UNCLEAR)


def mass(status: str) -> Kind:
    """What the `status` of MASSSENDJOBFINISH means; `send fail` and numbers nobody explains are UNCLEAR."""
    if status == "send success":
        return Kind.OK
    number = re.fullmatch(r"err\((\d{1,9})\)", status)
    return MASS.get(int(number[1]), Kind.UNCLEAR) if number else Kind.UNCLEAR


# How long to leave a platform alone when a call is not about a message of ours.
_WAIT: Mapping[Kind, timedelta] = {
    Kind.AGAIN: timedelta(seconds=5),
    Kind.TOKEN: timedelta(seconds=30),
    Kind.PACE: timedelta(seconds=60),
    Kind.QUOTA: timedelta(hours=1),
}


def as_error(kind: Kind, detail: str, code: int | None) -> errors.YihuError:
    """The error to raise where a query or a setting of the account went wrong."""
    if kind in _WAIT:
        return errors.TryLater(datetime.now(UTC) + _WAIT[kind], detail)
    if kind is Kind.UNCLEAR:
        return errors.Unclear(detail)
    if kind is Kind.TEXT:
        return errors.TextRefused(detail)
    if kind is Kind.REFUSED:
        return errors.NotFound(detail)
    return errors.Misconfigured(detail, code=code)
