"""The address of a notice for one reader: whom it is for, proven by an HMAC."""

from __future__ import annotations

import base64
import binascii
import hmac
import struct

from bot.core.seal import Sealer

_PROOF = 12


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
