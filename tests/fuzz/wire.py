"""Throws bytes at the callback: whatever a stranger or a platform sends, it is read, refused or malformed, never a fault.

The first byte chooses the account and whether the bytes are the whole body or what is inside a
genuine envelope; the corpus begins with one push of every kind.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["bot"]):
    from bot import errors
    from bot.channels import fields, wire
    from bot.core import reply

from tests.channels import pushes
from tests.channels.pushes import ACCOUNTS, NOW

LISTENERS = [wire.Wire(account) for account in ACCOUNTS.values()]
ANSWER = reply.TextReply("好]]>\x00<![CDATA[")


def once(data: bytes) -> None:
    """One push: no exception but our two, and what we answer can be read by a strict reader."""
    if not data:
        return
    listener = LISTENERS[data[0] % len(LISTENERS)]
    account, body = listener.account, data[1:]
    if account.aes_key is None:
        query = pushes.query(account)
    elif data[0] & 0x80:
        query = pushes.query(account, sealed=body.decode("latin-1"))
    else:
        sealed = pushes.seal(account, body)
        query = pushes.query(account, sealed=sealed)
        body = f"<xml><ToUserName>gh</ToUserName><Encrypt>{sealed}</Encrypt></xml>".encode()
    try:
        push = listener.read(query, body, now=NOW)
    except (errors.NotOurs, errors.Malformed):
        return
    said = push.inbound
    assert len(said.key) == 16
    str(said.what).encode()  # nothing that no store could hold
    answer = listener.write(push, ANSWER, now=NOW)
    fields.parse(answer)


def main() -> None:
    """Run until the time given to libFuzzer is over."""
    atheris.Setup(sys.argv, once)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
