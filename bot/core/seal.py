"""Sealing of personal data: AES-GCM for keeping, HMAC for looking up."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot import errors

_NONCE = 12
_TAG = 4


class Sealer:
    """Seals with the newest key, opens with any; `digest` finds a value again without opening it."""

    def __init__(self, keys: Sequence[str]) -> None:
        if not keys:
            raise errors.SetupError("YIHU_SECRET_KEY is empty")
        self._boxes = {_derive(key, b"tag")[:_TAG]: AESGCM(_derive(key, b"seal")) for key in keys}
        self._newest = _derive(keys[0], b"tag")[:_TAG]
        self._lookups = [_derive(key, b"look") for key in keys]

    def seal(self, text: str) -> bytes:
        """The sealed form of `text`: 4 bytes of key tag, 12 of nonce, then the ciphertext."""
        nonce = secrets.token_bytes(_NONCE)
        return self._newest + nonce + self._boxes[self._newest].encrypt(nonce, text.encode(), None)

    def open(self, sealed: bytes) -> str:
        """The text that was sealed; raises SetupError if no key at hand opens it."""
        box = self._boxes.get(sealed[:_TAG])
        if box is None:
            raise errors.SetupError(
                "a sealed value was made with a key that YIHU_SECRET_KEY no longer lists"
            )
        try:
            return box.decrypt(sealed[_TAG : _TAG + _NONCE], sealed[_TAG + _NONCE :], None).decode()
        except InvalidTag as error:
            raise errors.SetupError("a sealed value in the database is damaged") from error

    def newest(self, sealed: bytes) -> bool:
        """Whether it is sealed with the newest key, so that to seal it anew would change nothing."""
        return sealed[:_TAG] == self._newest

    def digest(self, kind: str, text: str) -> bytes:
        """16 bytes that stand for `text` in look-ups; `kind` keeps openids, phones and codes apart."""
        return self._digest(self._lookups[0], kind, text)

    def digests(self, kind: str, text: str) -> list[bytes]:
        """The digests of `text` under every key, newest first, for look-ups during a rotation."""
        return [self._digest(key, kind, text) for key in self._lookups]

    @staticmethod
    def _digest(key: bytes, kind: str, text: str) -> bytes:
        return hmac.digest(key, f"{kind}\0{text}".encode(), "sha256")[:16]


def _derive(key: str, use: bytes) -> bytes:
    return hashlib.blake2b(key.encode(), digest_size=32, person=use.ljust(16, b"\0")).digest()
