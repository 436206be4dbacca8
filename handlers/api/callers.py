"""Who calls the API: a bearer token acts like a person with its role in its unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from bot.core.access import Actor
from bot.core.model import Person, Post, Role, Unit
from bot.runtime import Runtime
from bot.store import people, tokens, units
from handlers.api import answers

_bearer = HTTPBearer(auto_error=False, description="made with `yihu token create`")


@dataclass(frozen=True, slots=True)
class Caller:
    """A token that is good, and what it may do."""

    token_id: int
    unit: Unit
    actor: Actor

    @property
    def mark(self) -> str:
        """What the idempotency keys of this token begin with."""
        return f"token:{self.token_id}:"


def runtime_of(request: Request) -> Runtime:
    """The open program, which `router` put there."""
    found = request.state.rt
    assert isinstance(found, Runtime)
    return found


Rt = Annotated[Runtime, Depends(runtime_of)]


async def caller(
    rt: Rt, sent: Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)]
) -> Caller:
    """Who calls; raises NoToken."""
    if sent is None:
        raise answers.NoToken
    async with rt.read() as c:
        token = await tokens.find(c, rt.seal.digests("token", sent.credentials), rt.now_ms())
        unit = await units.by_id(c, token.unit_id) if token else None
        if token is None or unit is None:
            raise answers.NoToken
        return Caller(token.id, unit, await people.actor(c, stand_in(unit, token.role)))


Who = Annotated[Caller, Depends(caller)]


def stand_in(unit: Unit, role: Role) -> Person:
    """Nobody in particular (id 0) with this role in this unit."""
    return Person(0, "", "", (Post(0, unit, role, ""),), paused=False)
