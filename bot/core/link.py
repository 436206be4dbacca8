"""The addresses of a notice: for one reader, and a short one for each group; whom it is for, proven by an HMAC."""

from __future__ import annotations

import base64
import binascii
import hmac
import struct

from bot.core.seal import Sealer

_PROOF = 12
_SHORT_PROOF = 8
_GROUP = "g"  # the first character of a group's; it is shorter than any reader's
_MOST = 44


def token(seal: Sealer, broadcast_id: int, person_id: int) -> str:
    """The last part of `{public_url}/t/{token}`; letters and digits only."""
    packed = struct.pack(">QQ", broadcast_id, person_id)
    proof = seal.digest("notice link", f"{broadcast_id}:{person_id}")[:_PROOF]
    return base64.b32encode(packed + proof).decode().rstrip("=").lower()


def read(seal: Sealer, text: str) -> tuple[int, int] | None:
    """(broadcast id, person id) of a token that we made; None for any other text."""
    padded = text.upper() + "=" * (-len(text) % 8)
    try:
        raw = base64.b32decode(padded)
    except (binascii.Error, ValueError):
        return None
    if len(raw) != 16 + _PROOF:
        return None
    broadcast_id, person_id = struct.unpack(">QQ", raw[:16])
    proofs = seal.digests("notice link", f"{broadcast_id}:{person_id}")
    if not any(hmac.compare_digest(raw[16:], proof[:_PROOF]) for proof in proofs):
        return None
    return broadcast_id, person_id


def group_token(seal: Sealer, broadcast_id: int, group_id: int, place: int) -> str:
    """The last part of `{public_url}/t/{token}` for one group; `place` is its unit's in the broadcast's epoch."""
    packed = _packed((broadcast_id, group_id, place))
    proof = seal.digest("group link", f"{broadcast_id}:{group_id}:{place}")[:_SHORT_PROOF]
    return _GROUP + base64.b32encode(packed + proof).decode().rstrip("=").lower()


def is_group(text: str) -> bool:
    """Whether a token can be a group's."""
    return text[:1] == _GROUP and len(text) <= _MOST


def read_group(seal: Sealer, text: str) -> tuple[int, int, int] | None:
    """(broadcast id, group id, place) of a group's token that we made; None for any other text."""
    padded = text[1:].upper()
    try:
        raw = base64.b32decode(padded + "=" * (-len(padded) % 8))
    except (binascii.Error, ValueError):
        return None
    numbers = _numbers(raw[:-_SHORT_PROOF])
    if numbers is None or _packed(numbers) != raw[:-_SHORT_PROOF]:
        return None
    proofs = seal.digests("group link", ":".join(map(str, numbers)))
    good = [hmac.compare_digest(raw[-_SHORT_PROOF:], proof[:_SHORT_PROOF]) for proof in proofs]
    return numbers if any(good) else None


def _packed(numbers: tuple[int, int, int]) -> bytes:
    """The three numbers packed: small ones take few bytes."""
    return b"".join(_varint(number) for number in numbers)


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def _numbers(raw: bytes) -> tuple[int, int, int] | None:
    found, value, shift = [], 0, 0
    for byte in raw:
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            found.append(value)
            value = shift = 0
    if len(found) != 3 or shift or max(found) >= 1 << 62:
        return None
    return found[0], found[1], found[2]
