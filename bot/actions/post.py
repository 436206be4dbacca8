"""Deliver single messages: as words while her window is open, else as a card; at most once."""

from __future__ import annotations

import secrets

import structlog

from bot import errors
from bot.actions import drawing, letters
from bot.channels.base import Call, Message, Outcome, Picture, Words
from bot.core import wording
from bot.core.outcome import Kind
from bot.runtime import Runtime
from bot.store import addresses, followers, outbox, pictures
from bot.store.outbox import Letter

AT_ONCE = 20
_TRIES = 5
_WAIT_MS = 5_000
_PACE_MS = 60_000
_QUOTA_MS = 3_600_000
_PASSIVE_MS = 6 * 3_600_000
_NO_SUCH_MEDIA = 40007
_NO_PICTURE = "her window is closed, and a card holds no picture"
_WINDOW_SHUT = (45015, 45047, 48001)  # 48001: the account has no customer-service messages

_log = structlog.get_logger()


async def take(rt: Runtime) -> list[Letter]:
    """Claim the next messages; from here on each is called once, or is unknown."""
    async with rt.write() as c:
        return await outbox.claim(c, AT_ONCE, at_ms=rt.now_ms())


async def deliver(rt: Runtime, letter: Letter) -> None:
    """Send one claimed message and write what became of it."""
    if letter.follower_id is None or not letter.openid_sealed:
        await _settle(rt, letter, "dropped", "not registered")
        return
    if letter.picture is not None and not await _may_see(rt, letter.follower_id):
        await _settle(rt, letter, "dropped", _NO_PICTURE)  # before it is drawn: that takes longest
        return
    try:
        message = await _message(rt, letter)
    except (errors.TryLater, errors.Unclear) as error:
        async with rt.write() as c:  # an upload may be repeated: nobody has seen anything yet
            wait_ms = _WAIT_MS * letter.attempts
            await outbox.again(c, letter.id, wait_ms=wait_ms, note=str(error))
        return
    async with rt.write() as c:
        words = await followers.spend(c, letter.follower_id, rt.now_ms())
    if not words and letter.picture is not None:
        await _settle(rt, letter, "dropped", _NO_PICTURE)
        return
    if not words and rt.passive:
        async with rt.write() as c:  # it goes with the next answer she gets
            await outbox.again(c, letter.id, wait_ms=_PASSIVE_MS, note="waits for her to speak")
        return
    if not words and not rt.settings.wechat_template_id:
        await _settle(rt, letter, "dropped", "her window is closed and there is no template")
        return
    openid = rt.seal.open(letter.openid_sealed)
    channel = "custom" if words else "template"
    whole = True
    if channel == "template":
        message, whole = letters.single(rt, letter.text)
    sent = await _call(rt, openid, channel, message)
    await _write(rt, letter, channel, sent, note="" if whole else outbox.CUT)


async def _may_see(rt: Runtime, follower_id: int) -> bool:
    async with rt.read() as c:
        her = await followers.by_id(c, follower_id)
    return her is not None and her.window_left > 0 and (her.window_ends_ms or 0) > rt.now_ms()


async def _message(rt: Runtime, letter: Letter) -> Message:
    """The picture it names, or its words; TryLater and Unclear when the platform did not take the picture now."""
    media_id = None
    if letter.picture is not None:
        try:
            media_id = await drawing.media_id(rt, letter.picture)
        except (errors.TryLater, errors.Unclear):
            if letter.attempts < _TRIES:
                raise
    if media_id is not None:
        return Picture(media_id)
    return Words(wording.split_bytes(letter.text, letters.TEXT_BYTES)[0])


async def _call(rt: Runtime, openid: str, channel: str, message: Message) -> Outcome:
    # A new id for each try: only what was surely not taken is tried again.
    call = Call(secrets.token_hex(16), (openid,), message)
    return (await rt.channels.sending[channel].send(call))[0]


async def _write(rt: Runtime, letter: Letter, channel: str, outcome: Outcome, *, note: str) -> None:
    """What became of the call; `note` is kept with a letter that was sent."""
    assert letter.follower_id is not None
    sent, note = note, f"{outcome.kind} {outcome.code or ''} {outcome.detail}".strip()
    if channel == "custom" and outcome.code in _WINDOW_SHUT and letter.attempts < _TRIES:
        async with rt.write() as c:
            await addresses.shut(c, letter.follower_id)
            await outbox.again(c, letter.id, wait_ms=0, note=note)
        return
    if outcome.code == _NO_SUCH_MEDIA and letter.picture and letter.attempts < _TRIES:
        async with rt.write() as c:
            await pictures.lost(c, letter.picture)
            await outbox.again(c, letter.id, wait_ms=0, note=note)
        return
    match outcome.kind:
        case Kind.OK | Kind.DUPLICATE:
            await _settle(rt, letter, "sent", sent)
        case Kind.UNCLEAR:
            await _settle(rt, letter, "unknown", note)
        case Kind.REFUSED | Kind.TEXT:
            await _settle(rt, letter, "dropped", note)
        case Kind.TOKEN:
            # It says nothing about this message: wait as long as it takes.
            async with rt.write() as c:
                await outbox.again(c, letter.id, wait_ms=_PACE_MS, note=note)
        case kind if letter.attempts < _TRIES:
            wait = {Kind.PACE: _PACE_MS, Kind.QUOTA: _QUOTA_MS}.get(kind, _WAIT_MS)
            async with rt.write() as c:
                await outbox.again(c, letter.id, wait_ms=wait * letter.attempts, note=note)
        case _:
            await _settle(rt, letter, "dropped", note)


async def _settle(rt: Runtime, letter: Letter, state: str, note: str) -> None:
    if note and state != "sent":
        _log.warning("letter.settled", id=letter.id, state=state, note=note)
    async with rt.write() as c:
        await outbox.settle(c, letter.id, state=state, note=note, at_ms=rt.now_ms())
