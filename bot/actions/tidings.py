"""What a platform tells of itself and of what it was given: outcomes, totals, consents, its own standing."""

from __future__ import annotations

from bot.actions import abilities
from bot.core import inbound, period
from bot.runtime import Runtime
from bot.store import consents, finishes, followers, masses
from config import logs

_log = logs.get()


async def keep(rt: Runtime, said: inbound.Inbound) -> None:
    """Write down what stands for itself; repeats and late ones do no harm."""
    match said.what:
        case inbound.Certification(name=name):
            _log.warning("account.certification", account=said.account, event_name=name)
            await abilities.certified(rt, abilities.Standing(name, said.created_at))
        case inbound.MassFinished():
            what = said.what
            end = masses.End(
                what.msgid, what.status, what.total, what.filtered, what.sent, what.failed
            )
            async with rt.write() as c:
                await masses.ended(c, end, at_ms=rt.now_ms())
            _log.info("mass.ended", msgid=what.msgid, status=what.status, sent=what.sent)
        case inbound.SubscribeAnswered(answers=answers) if answers:
            async with rt.write() as c:
                who = await followers.met(c, rt.seal, said.account, said.openid)
                await consents.said(c, who, answers, at_ms=period.ms(said.created_at))


def outcomes(rt: Runtime, said: inbound.Inbound) -> list[finishes.Arrived]:
    """What it says has become of messages to one person, by their msgids."""
    # Our time, as it is by ours that it is forgotten: a test may have moved one and not the other.
    match said.what:
        case inbound.TemplateFinished(msgid=msgid, status=status):
            results = [(msgid, status)]
        case inbound.SubscribeSent(results=sent):
            results = [(int(msgid), _status(word)) for _, msgid, word in sent if _known(msgid)]
        case _:
            return []
    digest, at_ms = rt.seal.digest("openid", said.openid), rt.now_ms()
    return [finishes.Arrived(msgid, digest, status, at_ms) for msgid, status in results]


def _known(msgid: str) -> bool:
    """Whether it is a number that a message of ours can have."""
    return msgid.isascii() and msgid.isdecimal() and int(msgid) < 2**63


def _status(said: str) -> str:
    """The word of a subscription notice's outcome as a template message would say it."""
    return "success" if said.strip().lower() == "success" else f"failed:{said.strip().lower()}"
