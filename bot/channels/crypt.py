"""Signature and AES frame of WeChat and WeCom callbacks.

The rules: developers.weixin.qq.com/doc/oplatform/developers/dev/push/encryption.md and
developer.work.weixin.qq.com/document/path/91144, copies read in November 2026. The cipher is
wechatpy's; the frame is ours, because wechatpy neither checks the padding nor draws its random
bytes from a safe source, and compares signatures in a time that depends on them.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets

from wechatpy.crypto.base import WeChatCipher

from bot import errors

BLOCK = 32  # PKCS#7 to 32 bytes, not to AES's 16
_HEAD = 20  # 16 random bytes, then the length of the text in 4, big-endian


def sign(*parts: str) -> str:
    """The lower-case hex SHA-1 of the parts, sorted and joined."""
    joined = "".join(sorted(parts)).encode("utf-8", "surrogatepass")
    return hashlib.sha1(joined).hexdigest()  # noqa: S324 - the platform's choice, not ours


def signed(signature: str, *parts: str) -> bool:
    """Whether this is the signature of these parts; takes the same time right or wrong."""
    return hmac.compare_digest(
        signature.encode("utf-8", "surrogatepass"), sign(*parts).encode("ascii")
    )


class Frame:
    """Seals and opens the AES frames of one account."""

    def __init__(self, aes_key: str, app_id: str) -> None:
        """Raises Misconfigured unless `aes_key` is the 43 characters of the back office."""
        try:
            key = base64.b64decode(aes_key + "=", validate=True)
        except (binascii.Error, ValueError):
            key = b""
        if len(key) != 32:
            raise errors.Misconfigured("an EncodingAESKey has 43 letters and digits")
        self._cipher = WeChatCipher(key)  # holds the key alone; each text gets a context of its own
        self._app_id = app_id.encode()

    def seal(self, text: bytes) -> str:
        """Base64 of the frame with `text` in it."""
        return self.seal_with(secrets.token_bytes(16), text)

    def seal_with(self, random: bytes, text: bytes) -> str:
        """As `seal`, with given random bytes (16): for worked examples."""
        frame = random + len(text).to_bytes(4, "big") + text + self._app_id
        pad = BLOCK - len(frame) % BLOCK
        sealed: bytes = self._cipher.encrypt(frame + bytes([pad]) * pad)
        return base64.b64encode(sealed).decode("ascii")

    def open(self, sealed: str) -> bytes:
        """The text in the frame; Malformed if one byte of the frame is not as it must be.

        Call it only after the signature over `sealed` has been found good: to anybody else the
        difference between two refusals would be an oracle.
        """
        try:
            raw = base64.b64decode(sealed.encode("ascii"), validate=True)
        except (binascii.Error, ValueError) as error:
            raise errors.Malformed("the encrypted text is not base64") from error
        if not raw or len(raw) % BLOCK:
            raise errors.Malformed("the encrypted text is not a multiple of 32 bytes")
        frame: bytes = self._cipher.decrypt(raw)
        pad = frame[-1]
        if not 1 <= pad <= BLOCK or frame[-pad:] != bytes([pad]) * pad:
            raise errors.Malformed("the padding of the frame is wrong")
        text = frame[_HEAD:-pad]
        length = int.from_bytes(frame[16:_HEAD], "big")
        if len(frame) - pad < _HEAD or length > len(text):
            raise errors.Malformed("the length in the frame is wrong")
        if not hmac.compare_digest(text[length:], self._app_id):
            raise errors.Malformed("the frame is for another account")
        return text[:length]
