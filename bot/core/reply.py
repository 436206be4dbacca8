"""What we answer to a push, before the channel gives it the platform's form."""

from __future__ import annotations

from bot.core.frozen import frozen


@frozen
class TextReply:
    """Words; at most 2,048 bytes reach the phone, which the wording keeps to."""

    text: str


@frozen
class ImageReply:
    """A picture uploaded before."""

    media_id: str


@frozen
class NewsReply:
    """One card; the platform takes no second article in a reply."""

    title: str
    description: str
    pic_url: str
    url: str


@frozen
class TransferReply:
    """Hands the conversation to a human, `kf_account` or whoever is on duty."""

    kf_account: str | None


@frozen
class NoReply:
    """Nothing to say now: the platform gets `success` and does not ask again."""


Reply = TextReply | ImageReply | NewsReply | TransferReply | NoReply
