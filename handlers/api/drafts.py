"""A broadcast as the API is told of it, and the draft it means."""

from __future__ import annotations

from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, field_validator
from pydantic_core import PydanticKnownError

from bot.core.intent_notices import KINDS
from bot.core.model import Level, Role, Unit
from bot.core.plan import ALL, AudienceItem, Draft, Receipt
from bot.runtime import Runtime
from handlers.api import units
from handlers.api.callers import Caller

LevelWord = Literal["national", "province", "city", "county", "township", "village"]
RoleWord = Literal["chair", "deputy", "member", "staff", "admin"]


class To(BaseModel):
    """An item of 对象: both must fit where both are given."""

    model_config = ConfigDict(extra="forbid", strict=True)

    level: LevelWord | None = None
    role: RoleWord | None = None


class NewBroadcast(BaseModel):
    """A broadcast to be sent in the name of the token's unit."""

    model_config = ConfigDict(extra="forbid", strict=True)

    kind: str = Field(
        default=KINDS[0], json_schema_extra={"enum": list(KINDS)}, description="the kind's own word"
    )
    title: str = Field(min_length=1, max_length=128)
    body: str = Field(min_length=1, max_length=5000)
    units: list[str] = Field(
        default=[],
        max_length=2000,
        description="codes of the units with all below; default: its own",
    )
    to: list[To] = Field(default=[], max_length=20, description="default: everybody")
    groups: bool = Field(default=False, description="the units' WeChat groups too")
    deadline: AwareDatetime | None = Field(default=None, strict=False)
    receipt: Literal["none", "know", "sign", "reply"] | None = Field(
        default=None, description="default: sign with a deadline, else none"
    )
    not_before: AwareDatetime | None = Field(default=None, strict=False)
    urgent: bool = False
    joint: str = Field(default="", max_length=256, description="joint issuers")
    only_new: bool = Field(
        default=False,
        description="409 instead of sending the same title and body twice within 24 hours",
    )

    @field_validator("kind")
    @classmethod
    def _known(cls, kind: str) -> str:
        if kind not in KINDS:
            raise PydanticKnownError("literal_error", {"expected": ", ".join(KINDS)})
        return kind


async def draft(rt: Runtime, who: Caller, sender: Unit, new: NewBroadcast) -> Draft:
    """The draft; raises NotFound for a unit outside the caller's scope."""
    scope = [await units.seen(rt, who, code) for code in dict.fromkeys(new.units)]
    default = Receipt.SIGN if new.deadline else Receipt.NONE
    return Draft(
        kind=new.kind,
        title=new.title,
        body=new.body,
        unit=sender,
        scope_units=tuple(scope) or (sender,),
        items=tuple(_item(to) for to in new.to) or (ALL,),
        groups=new.groups,
        deadline=new.deadline,
        receipt=Receipt(new.receipt) if new.receipt else default,
        not_before=new.not_before,
        urgent=new.urgent,
        joint=new.joint,
    )


def _item(to: To) -> AudienceItem:
    level = Level[to.level.upper()] if to.level else None
    return AudienceItem(level, Role(to.role) if to.role else None)
