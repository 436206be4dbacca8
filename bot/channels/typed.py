"""The fields of a push as an `Inbound`: wechatpy knows the types, we check the values."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from wechatpy import events, messages

from bot import errors
from bot.channels.base import Account
from bot.channels.fields import Node, Tree
from bot.core import inbound

# What no store and no XML can hold: controls, lone surrogates, the two non-characters.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_NAME = re.compile(r"[!-~]{1,128}")  # openids, userids, event names
_DIGITS = re.compile(r"[0-9]{1,20}")
_BIGGEST = 2**63  # what a BIGINT column takes


def read(account: Account, tree: Tree) -> inbound.Inbound:
    """What was pushed; Malformed if a field that must be there is missing or makes no sense."""
    fields = {name: value for name, value in tree.items() if isinstance(value, str)}
    sender, receiver = _name(fields, "FromUserName"), _name(fields, "ToUserName")
    if account.original_id and receiver != account.original_id:
        raise errors.Malformed("the push is for another account")
    created = _number(fields, "CreateTime")
    kind = _name(fields, "MsgType").lower()
    try:
        created_at = datetime.fromtimestamp(created, UTC)
        if kind == "event":
            name = _name(fields, "Event").lower()
            what = _event(name, fields, tree)
        else:
            name = kind
            what = _message(kind, fields)
    except (ValueError, OverflowError, OSError) as error:
        raise errors.Malformed("a number in the push makes no sense") from error
    if kind != "event" and "MsgId" in fields:
        key = inbound.message_key(account.name, str(_number(fields, "MsgId", most=2**64)))
    else:
        key = inbound.event_key(
            account.name,
            sender,
            created,
            name=name,
            event_key=fields.get("EventKey", ""),
            msg_id=fields.get("MsgID") or _msg_ids(tree, fields),
        )
    return inbound.Inbound(account.name, sender, receiver, created_at, key, what)


def _message(kind: str, fields: dict[str, str]) -> inbound.What:
    if kind == "text":  # nearly all of them, and nothing to convert
        return inbound.Text(_must(fields.get("Content")))
    typed: Any = messages.MESSAGE_TYPES.get(kind, messages.UnknownMessage)(
        dict(fields)  # it writes its defaults into what it is given
    )
    match typed:
        case messages.VoiceMessage():
            return inbound.Voice(_words(typed.recognition) or None, _words(typed.media_id))
        case messages.ImageMessage():
            return inbound.Image(_words(typed.image), _words(typed.media_id))
        case messages.VideoMessage():
            return inbound.Video(_words(typed.media_id))
        case messages.ShortVideoMessage():
            return inbound.ShortVideo(_words(typed.media_id))
        case messages.LocationMessage():
            lat, lon = _degrees(typed.location_x), _degrees(typed.location_y)
            return inbound.Location(lat, lon, _words(typed.label))
        case messages.LinkMessage():
            title, description = _words(typed.title), _words(typed.description)
            return inbound.Link(title, description, _words(typed.url))
    return inbound.Other(kind, "")


def _event(name: str, fields: dict[str, str], tree: Tree) -> inbound.What:
    more = _MORE.get(name)
    if more is not None:
        return more(fields, tree)
    typed: Any = events.EVENT_TYPES.get(name, messages.UnknownMessage)(
        dict(fields)  # it writes its defaults into what it is given
    )
    match typed:
        case events.SubscribeEvent():
            return inbound.Subscribe(_scene(_words(typed.key)))
        case events.UnsubscribeEvent():
            return inbound.Unsubscribe()
        case events.ScanEvent():
            return inbound.Scan(_must(typed.scene_id))
        case events.ViewEvent():
            return inbound.View(_words(typed.url))
        case events.MassSendJobFinishEvent():
            msgid, status = _number(fields, "MsgID"), _status(typed.status)
            names = ("TotalCount", "FilterCount", "SentCount", "ErrorCount")
            total, filtered, sent, failed = (_number(fields, each) for each in names)
            return inbound.MassFinished(msgid, status, total, filtered, sent, failed)
    return inbound.Other("event", name)


def _answered(_: dict[str, str], tree: Tree) -> inbound.What:
    return inbound.SubscribeAnswered(tuple(_answers(tree)))


def _sent(_: dict[str, str], tree: Tree) -> inbound.What:
    names = ("TemplateId", "MsgID", "ErrorStatus")
    return inbound.SubscribeSent(
        tuple(
            (_text(item, names[0]), _text(item, names[1]), _text(item, names[2]))
            for item in _listed(tree)
        )
    )


def _scanned(fields: dict[str, str], tree: Tree) -> inbound.What:
    return inbound.ScanCode(
        _words(fields.get("EventKey")), _text(tree.get("ScanCodeInfo"), "ScanResult")
    )


def _pictures(fields: dict[str, str], tree: Tree) -> inbound.What:
    count = _text(tree.get("SendPicsInfo"), "Count")
    return inbound.Pictures(_words(fields.get("EventKey")), int(count) if count.isdecimal() else 0)


def _located(fields: dict[str, str], _: Tree) -> inbound.What:
    lat, lon = _degrees(fields.get("Latitude")), _degrees(fields.get("Longitude"))
    return inbound.Whereabouts(lat, lon, "")


def _picked(_: dict[str, str], tree: Tree) -> inbound.What:
    place = tree.get("SendLocationInfo")
    lat, lon = _degrees(_text(place, "Location_X")), _degrees(_text(place, "Location_Y"))
    return inbound.Whereabouts(lat, lon, _text(place, "Label"))


def _tapped(fields: dict[str, str], _: Tree) -> inbound.What:
    return inbound.Click(_must(fields.get("EventKey")))


def _finished(fields: dict[str, str], _: Tree) -> inbound.What:
    return inbound.TemplateFinished(_number(fields, "MsgID"), _status(fields.get("Status")))


def _page(fields: dict[str, str], _: Tree) -> inbound.What:
    return inbound.View(_words(fields.get("EventKey")))


def _standing(fields: dict[str, str], _: Tree) -> inbound.What:
    return inbound.Certification(fields["Event"].strip().lower())


# What wechatpy has no type for, or reads only in one of its two spellings; and what comes so often that its
# classes would be felt.
_MORE: Mapping[str, Callable[[dict[str, str], Tree], inbound.What]] = {
    "click": _tapped,
    "templatesendjobfinish": _finished,
    "subscribe_msg_popup_event": _answered,
    "subscribe_msg_change_event": _answered,
    "subscribe_msg_sent_event": _sent,
    "scancode_push": _scanned,
    "scancode_waitmsg": _scanned,
    **dict.fromkeys(("pic_sysphoto", "pic_photo_or_album", "pic_weixin"), _pictures),
    "location": _located,
    "location_select": _picked,
    "view_miniprogram": _page,
    **dict.fromkeys(("qualification_verify_success", "qualification_verify_fail"), _standing),
    **dict.fromkeys(("naming_verify_success", "naming_verify_fail"), _standing),
    **dict.fromkeys(("annual_renew", "verify_expired"), _standing),
}


def _scene(key: str) -> str | None:
    """The scene of our QR code; payments and bar codes write other things into the same field."""
    return key.removeprefix("qrscene_") if key.startswith("qrscene_") else None


def _status(status: str | None) -> str:
    """`failed: system failed` and `failed:system failed` are the same; both are sent."""
    return re.sub(r"\s*:\s*", ":", _must(status).strip().lower())


def _answers(tree: Tree) -> Iterator[tuple[str, bool]]:
    for item in _listed(tree):
        status, template = _text(item, "SubscribeStatusString"), _text(item, "TemplateId")
        if not template or status not in {"accept", "reject"}:
            raise errors.Malformed("the push has no readable answer to a subscription")
        yield template, status == "accept"


def _msg_ids(tree: Tree, fields: dict[str, str]) -> str:
    """The MsgIDs of a subscribe_msg_sent_event, which has them one level down; '' where nothing is."""
    if len(fields) == len(tree):
        return ""
    ids = (item.get("MsgID") for item in _listed(tree))
    return ",".join(value for value in ids if isinstance(value, str))


def _listed(tree: Tree) -> Iterator[Tree]:
    """The items under `List`: an object for one, a list for several; the container's name varies."""
    for container in (tree, *tree.values()):
        found: Node = container.get("List", []) if isinstance(container, dict) else []
        for item in found if isinstance(found, list) else [found]:
            if isinstance(item, dict):
                yield item


def _text(node: Node | None, field: str) -> str:
    """A text field one level down; empty when it is not there."""
    value = node.get(field) if isinstance(node, dict) else None
    return _words(value) if isinstance(value, str) else ""


def _name(fields: dict[str, str], field: str) -> str:
    value = fields.get(field, "").strip()
    if not _NAME.fullmatch(value):
        raise errors.Malformed(f"{field} is missing or makes no sense")
    return value


def _number(fields: dict[str, str], field: str, *, most: int = _BIGGEST) -> int:
    value = fields.get(field, "").strip()
    if not _DIGITS.fullmatch(value) or int(value) >= most:
        raise errors.Malformed(f"{field} is missing or makes no sense")
    return int(value)


def _degrees(value: str | None) -> float:
    degrees = float(_must(value))
    if not math.isfinite(degrees):
        raise ValueError(value)
    return degrees


def _must(value: str | None) -> str:
    if value is None:
        raise errors.Malformed("a field that belongs to this type is missing")
    return _words(value)


def _words(value: str | None) -> str:
    """Text without what cannot be written down."""
    return UNWRITABLE.sub("", value or "")
