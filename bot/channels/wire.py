"""The callback of WeChat and WeCom: proves, reads and answers pushes in every documented form.

Before a valid signature everything is NotOurs (403); after it, whatever cannot be read is
Malformed (`success`, logged). The signature comes before decryption and before the content.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from bot import errors
from bot.channels import crypt, fields, render, typed
from bot.channels.base import Account, Format, Platform, Push
from bot.core.reply import Reply

FRESH = timedelta(minutes=10)  # ours: the platforms promise nothing against replay
content_type = render.content_type

_SECONDS = re.compile(r"[0-9]{1,12}")
_ECHO = re.compile(r"[!-~]{1,128}")  # a number, in practice; anything longer is somebody's script
_ECHO_SEALED = 1024
# The envelope as both platforms write it, which need not be parsed to be taken apart.
_USUAL = re.compile(
    rb"[ \t\r\n]*<xml>[ \t\r\n]*(?:<ToUserName><!\[CDATA\[[!-;=?-Z^-~]{1,128}\]\]></ToUserName>[ \t\r\n]*)?"
    rb"<Encrypt><!\[CDATA\[([A-Za-z0-9+/=]+)\]\]></Encrypt>[ \t\r\n]*"
    rb"(?:<AgentID><!\[CDATA\[[0-9]{0,20}\]\]></AgentID>[ \t\r\n]*)?</xml>[ \t\r\n]*"
)


class Wire:
    """The listener of one account; holds no state between pushes."""

    def __init__(self, account: Account) -> None:
        """Raises Misconfigured if a key or token cannot be right."""
        if not account.token:
            raise errors.Misconfigured("the account has no callback token")
        if account.platform is not Platform.MP and not account.aes_key:
            raise errors.Misconfigured("a WeCom callback needs its EncodingAESKey")
        self.account = account
        self._frame = crypt.Frame(account.aes_key, account.app_id) if account.aes_key else None

    def prove(self, query: Mapping[str, str], *, now: datetime) -> bytes:
        """The body that proves the address is ours; NotOurs unless the platform signed the query.

        WeChat signs plainly whatever the mode; WeCom signs and encrypts the echo.
        """
        echo = query.get("echostr", "")
        if self.account.platform is Platform.MP:
            self._check(query, "signature", now=now)
        else:
            if len(echo) > _ECHO_SEALED:
                raise errors.NotOurs
            self._check(query, "msg_signature", echo, now=now)
            echo = self._open_echo(echo)
        if not _ECHO.fullmatch(echo):
            raise errors.NotOurs
        return echo.encode("ascii")

    def read(self, query: Mapping[str, str], body: bytes, *, now: datetime) -> Push:
        """One push. `now` is real time: the signature's timestamp may be 10 minutes off.

        With an AES key only what is inside `Encrypt` is read: in compatible mode the fields
        beside it carry no signature. Without one the signature does not cover the body, which is
        the platform's plain mode.
        """
        if self._frame is None:
            self._check(query, "signature", now=now)
            tree, form = fields.parse(body)
            return Push(typed.read(self.account, tree), form, encrypted=False)
        sealed, form = _envelope(body)
        self._check(query, "msg_signature", sealed, now=now)
        tree, _ = fields.parse(self._frame.open(sealed.strip()))
        return Push(typed.read(self.account, tree), form, encrypted=True)

    def write(self, push: Push, reply: Reply, *, now: datetime) -> bytes:
        """The exact bytes to answer with: `success`, or the reply in the form of the push."""
        at = int(now.timestamp())
        said = push.inbound
        body = render.text(reply, to=said.openid, sender=said.to, at=at, form=push.format)
        if body == render.SUCCESS or not push.encrypted:
            return body
        return self._enveloped(body, at, push.format)

    def _enveloped(self, body: bytes, at: int, form: Format) -> bytes:
        assert self._frame is not None
        sealed, nonce = self._frame.seal(body), str(secrets.randbelow(10**10))
        signature = crypt.sign(self.account.token, str(at), nonce, sealed)
        return render.envelope(sealed, signature=signature, at=at, nonce=nonce, form=form)

    def _open_echo(self, echo: str) -> str:
        assert self._frame is not None
        try:
            return self._frame.open(echo).decode("ascii")
        except (errors.Malformed, UnicodeDecodeError) as error:
            raise errors.NotOurs from error

    def _check(self, query: Mapping[str, str], name: str, *covered: str, now: datetime) -> None:
        """NotOurs unless the query carries a fresh signature of this account over `covered`."""
        timestamp, nonce = query.get("timestamp", ""), query.get("nonce", "")
        good = crypt.signed(query.get(name, ""), self.account.token, timestamp, nonce, *covered)
        # A signed timestamp can still be a replayed one; one that is no number is none of ours.
        if not good or not _SECONDS.fullmatch(timestamp):
            raise errors.NotOurs
        if abs(now.timestamp() - int(timestamp)) > FRESH.total_seconds():
            raise errors.NotOurs("the request is older or newer than 10 minutes; check the clock")


def _envelope(body: bytes) -> tuple[str, Format]:
    """What is sealed, read before anything is proven: whatever is wrong is NotOurs."""
    usual = _USUAL.fullmatch(body) if len(body) <= fields.MOST_BYTES else None
    if usual:
        return usual[1].decode("ascii"), Format.XML
    try:
        envelope, form = fields.parse(body)
    except errors.Malformed as error:
        raise errors.NotOurs from error
    sealed = envelope.get("Encrypt")
    if not isinstance(sealed, str):
        raise errors.NotOurs
    return sealed, form
