"""How fast we may call: rates and bursts as data."""

from __future__ import annotations

import sys
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rate:
    """`burst` calls at once, then `per_s` a second; in any minute at most `burst + 60 * per_s`."""

    per_s: float
    burst: int


# WeChat states no rate for template messages, only a day's quota; this keeps a burst polite.
TEMPLATE = Rate(per_s=1000.0, burst=200)
# Twenty messages a minute for each robot (reference: group robot); 5 + 60 * 0.25 = 20 in any minute.
ROBOT = Rate(per_s=0.25, burst=5)

# Sixty mass messages a minute (reference: mass send); 30 + 60 * 0.5 = 60 in any minute.
MASS = Rate(per_s=0.5, burst=30)
# WeCom counts the people of an app's messages, not the calls; this keeps a burst polite.
WECOM_APP = Rate(per_s=20.0, burst=20)

FOR_URGENT = 20  # one call in so many of a quota is left for what is urgent


def rate(channel: str) -> Rate:
    """How fast calls of a channel may be made; robots have one each."""
    return {"mass": MASS, "wecom_app": WECOM_APP, "robot": ROBOT}.get(channel, TEMPLATE)


def room(most: int | None, used: int, *, urgent: bool) -> int:
    """How many more calls a quota of `most` allows; any number when nobody knows it."""
    if most is None:
        return sys.maxsize
    kept = 0 if urgent else most // FOR_URGENT
    return max(0, most - kept - used)
