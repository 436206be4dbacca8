"""What a platform's answer means for us: one word for every code of every platform."""

from __future__ import annotations

import enum


class Kind(enum.StrEnum):
    """The class of an answer; what to do about each is in `core/retry.py`."""

    OK = "ok"  # taken
    DUPLICATE = "duplicate"  # taken before under the same id: as good as taken
    REFUSED = "refused"  # this person or group cannot be reached this way
    AGAIN = "again"  # surely not taken, for a passing reason: repeat freely
    UNCLEAR = "unclear"  # perhaps taken: repeat only while the platform knows the id
    TOKEN = "token"  # surely not taken: the access token was no longer good  # noqa: S105
    PACE = "pace"  # surely not taken: too many calls this minute
    QUOTA = "quota"  # surely not taken: the day's or the month's calls are used up
    TEXT = "text"  # this message will be refused for everybody
    SETUP = "setup"  # the account's set-up is wrong: stop and alert
