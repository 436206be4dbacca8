"""附图: a photo that shows what she has just reported."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.actions import mend, photos
from bot.actions.enter import Noted
from bot.core import inbound
from bot.core.ledger import Claim
from bot.core.reply import Reply
from bot.runtime import Runtime
from handlers.chat import asking, claims
from handlers.chat.message import Member

WANTED: Final = "photo"  # the deed of having said 附图, or having been asked for a photo
_AFTER_REPORT: Final = 10 * asking.MINUTE


async def ask(rt: Runtime, message: Member) -> Reply:
    """附图: the photo is awaited for half an hour."""
    last = await mend.last(rt, message.person, message.at)
    if not last:
        return message.say(rt.words.say("photo.no_report"))
    await asking.did(rt, message, WANTED, {})
    return message.say(rt.words.say("photo.send", what=_what(rt, last)))


async def shown(rt: Runtime, message: Member) -> Reply | None:
    """A photo that belongs to her last report: sent soon after it, or after 附图; None for any other picture."""
    what = message.inbound.what
    if not isinstance(what, inbound.Image):
        return None
    reported = await asking.last(rt, message, "accepted", _AFTER_REPORT)
    wanted = await asking.last(rt, message, WANTED, asking.HALF_HOUR)
    if reported is None and wanted is None:
        return None
    looked = await asking.last(rt, message, "item", _AFTER_REPORT)
    newest = max(one.done_at_ms for one in (reported, wanted) if one is not None)
    if looked is not None and looked.done_at_ms > newest:
        return None  # she has opened an item since: the picture is for that
    last = await mend.last(rt, message.person, message.at)
    if not last:
        return None
    asked = [one for one in last if one.indicator.evidence]
    some = asked or last[:1]
    await photos.want(
        rt,
        message.person,
        [one.entry_id for one in some],
        media_id=what.media_id,
        pic_url=what.pic_url,
        source=message.inbound.key,
    )
    return message.say(rt.words.say("photo.taken", what=_what(rt, some)))


def _what(rt: Runtime, some: Sequence[Noted]) -> str:
    return claims.listed(
        rt, [Claim(one.unit, one.indicator, one.value or 0, whole=one.whole) for one in some]
    )
