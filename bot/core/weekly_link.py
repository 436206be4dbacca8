"""The address of a page of ours for one reader: of what, whose, until when, proven by an HMAC.

The page is the weekly analysis unless told otherwise; the `purpose` is part of the proof, so that no link opens another page.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import struct
from typing import Final, NamedTuple

from bot.core.seal import Sealer

_PROOF: Final = 12
_FORM: Final = ">QQQ"


class Known(NamedTuple):
    """What a link says: it is good until this second of the epoch. `thing_id`: of the analysis, of the unit."""

    thing_id: int
    person_id: int
    until_s: int


WEEKLY: Final = "weekly link"
PHOTOS: Final = "photos link"


def token(
    seal: Sealer, thing_id: int, person_id: int, until_s: int, *, purpose: str = WEEKLY
) -> str:
    """The last part of `{public_url}/h5/weekly/{token}`; letters and digits only."""
    packed = struct.pack(_FORM, thing_id, person_id, until_s)
    proof = seal.digest(purpose, f"{thing_id}:{person_id}:{until_s}")[:_PROOF]
    return base64.b32encode(packed + proof).decode().rstrip("=").lower()


def read(seal: Sealer, text: str, *, purpose: str = WEEKLY) -> Known | None:
    """What a token of ours says; None for any other text. The caller looks at the time."""
    padded = text.upper() + "=" * (-len(text) % 8)
    try:
        raw = base64.b32decode(padded)
    except (binascii.Error, ValueError):
        return None
    if len(raw) != struct.calcsize(_FORM) + _PROOF:
        return None
    known = Known(*struct.unpack(_FORM, raw[:-_PROOF]))
    said = f"{known.thing_id}:{known.person_id}:{known.until_s}"
    if not any(
        hmac.compare_digest(raw[-_PROOF:], proof[:_PROOF]) for proof in seal.digests(purpose, said)
    ):
        return None
    return known
