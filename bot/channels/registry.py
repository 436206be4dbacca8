"""Which channels there are: the one list to add to.

Relay is none of them: what a group owner is to forward goes to her by `template` or `custom`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.channels.base import Channel
from bot.channels.custom import Custom
from bot.channels.http import Http
from bot.channels.mp import Mp
from bot.channels.robot import Robot
from bot.channels.template import Template


@dataclass(frozen=True, slots=True)
class Ways:
    """What channels are made from."""

    http: Http
    mp: Mp
    wecom_base: str


MAKERS: Mapping[str, Callable[[Ways], Channel]] = {
    Template.name: lambda ways: Template(ways.mp),
    Custom.name: lambda ways: Custom(ways.mp),
    Robot.name: lambda ways: Robot(ways.http, base=ways.wecom_base),
}


def make(ways: Ways) -> Mapping[str, Channel]:
    """Every channel by its name."""
    return {name: maker(ways) for name, maker in MAKERS.items()}
