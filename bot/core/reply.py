"""What we answer to a push, before the channel gives it the platform's form."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TextReply:
    """Words; at most 2,048 bytes reach the phone, which the wording keeps to."""

    text: str


@dataclass(frozen=True, slots=True)
class ImageReply:
    """A picture uploaded before."""

    media_id: str


@dataclass(frozen=True, slots=True)
class NewsReply:
    """One card; the platform takes no second article in a reply."""

    title: str
    description: str
    pic_url: str
    url: str


@dataclass(frozen=True, slots=True)
class TransferReply:
    """Hands the conversation to a human, `kf_account` or whoever is on duty."""

    kf_account: str | None


@dataclass(frozen=True, slots=True)
class NoReply:
    """Nothing to say now: the platform gets `success` and does not ask again."""


Reply = TextReply | ImageReply | NewsReply | TransferReply | NoReply
