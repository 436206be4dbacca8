"""Words around the name of a unit, and words that mean her own: 全县, 我们乡, 本村."""

from __future__ import annotations

import re
from typing import Final

from bot.core.model import Level

_FILLER: Final = re.compile("[的、,，。\\s]|妇联|全部|各")
_LEVELS: Final = {
    "国": Level.NATIONAL,
    "省": Level.PROVINCE,
    "市": Level.CITY,
    "县": Level.COUNTY,
    "区": Level.COUNTY,
    "乡": Level.TOWNSHIP,
    "镇": Level.TOWNSHIP,
    "街道": Level.TOWNSHIP,
    "村": Level.VILLAGE,
    "社区": Level.VILLAGE,
}
_OWN: Final = re.compile(
    f"(?:全|我们?|俺们?|咱们?|本|这个?|整个)(?P<kind>{'|'.join(sorted(_LEVELS, key=len, reverse=True))})"
)


_HERS: Final = re.compile("[我咱俺]|本级|[乡镇街县市区]里")


def plain(folded: str) -> str:
    """The words without what stands around a name."""
    return _FILLER.sub("", folded)


def own(words: str) -> Level | None:
    """The level of her own unit that 全省, 俺县 or 我们乡 speaks of; None for any other words."""
    found = _OWN.fullmatch(words)
    return _LEVELS[found["kind"]] if found else None


def of_hers(clause: str) -> bool:
    """Whether a clause speaks of her own unit without its name: 我们乡新增执委, 乡本级, 全县."""
    return bool(_HERS.search(clause) or _OWN.search(clause))


_NAMELESS: Final = re.compile(
    "隔壁|邻[村居]|旁边|对面|[她他]们?|人家|别[的处家]|别人|其[他它]|兄弟|姐妹[村乡]"
)


def nameless(said: str) -> bool:
    """Whether the words speak of others and name nobody (隔壁村, 她们): that they are not hers gives nothing away."""
    return _NAMELESS.search(said) is not None


_NAME: Final = re.compile("[^\\W0-9a-zA-Z_帮替给]+$")


def begin(said: str, start: int) -> int:
    """Where the name begins that ends with `said`, of which only the part from `start` on was noticed (东三村, read as 三村)."""
    found = _NAME.search(said)
    return found.start() if found else start
