"""Signature and AES frame of WeChat pushes, written from the published description alone.

Source: "消息推送" and "消息加解密" pages of developers.weixin.qq.com. Shares no code with the bot,
so that one bug cannot cancel itself out on both sides.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
import struct

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

BLOCK = 32  # WeChat pads to 32 bytes, not to the AES block of 16


class BadFrame(ValueError):
    """An encrypted text that a genuine WeChat server would not accept."""


def signature(*parts: str) -> str:
    """SHA-1 of the sorted, joined parts, lower-case hex."""
    return hashlib.sha1("".join(sorted(parts)).encode(), usedforsecurity=False).hexdigest()


def matches(expected: str, given: str) -> bool:
    """Compare two signatures in constant time."""
    return hmac.compare_digest(expected.encode(), given.encode())


class Sealer:
    """Encrypts and decrypts frames under one EncodingAESKey (43 characters) for one receiver id."""

    def __init__(self, aes_key: str, receive_id: str) -> None:
        try:
            self._key = base64.b64decode(aes_key + "=", validate=True)
        except binascii.Error as error:
            raise ValueError("the AES key must be 43 base64 characters") from error
        if len(aes_key) != 43 or len(self._key) != 32:
            raise ValueError("the AES key must be 43 base64 characters")
        self.receive_id = receive_id

    def _cipher(self) -> Cipher[modes.CBC]:
        return Cipher(algorithms.AES(self._key), modes.CBC(self._key[:16]))

    def encrypt(
        self, text: str | bytes, salt: bytes | None = None, receive_id: str | None = None
    ) -> str:
        """Base64 of the frame: 16 random bytes, length, text, receiver id. `salt` fixes the randomness for vectors."""
        message = text.encode() if isinstance(text, str) else text
        receiver = (self.receive_id if receive_id is None else receive_id).encode()
        frame = (
            (salt or secrets.token_bytes(16)) + struct.pack(">I", len(message)) + message + receiver
        )
        pad = BLOCK - len(frame) % BLOCK
        encryptor = self._cipher().encryptor()
        return base64.b64encode(
            encryptor.update(frame + bytes([pad]) * pad) + encryptor.finalize()
        ).decode()

    def decrypt(self, text: str) -> str:
        """The message inside a frame; BadFrame when padding, length, receiver or encoding is wrong."""
        try:
            sealed = base64.b64decode(text, validate=True)
        except binascii.Error as error:
            raise BadFrame("not base64") from error
        if not sealed or len(sealed) % BLOCK:
            raise BadFrame("ciphertext is not a multiple of 32 bytes")
        decryptor = self._cipher().decryptor()
        padded = decryptor.update(sealed) + decryptor.finalize()
        pad = padded[-1]
        if not 1 <= pad <= BLOCK or padded[-pad:] != bytes([pad]) * pad:
            raise BadFrame("bad padding")
        frame = padded[:-pad]
        if len(frame) < 20:
            raise BadFrame("frame too short")
        length = struct.unpack(">I", frame[16:20])[0]
        message, receiver = frame[20 : 20 + length], frame[20 + length :]
        if len(message) != length or receiver.decode(errors="replace") != self.receive_id:
            raise BadFrame("wrong length or another receiver id")
        try:
            return message.decode()
        except UnicodeDecodeError as error:
            raise BadFrame("not UTF-8") from error
