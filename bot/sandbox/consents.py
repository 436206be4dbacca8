"""Subscription notices: the account's templates for them, and who agreed to which how often.

Source: "订阅通知" pages of developers.weixin.qq.com, read 2026.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.sandbox import codes
from bot.sandbox.templates import Template

ONCE, LONGTERM = "once", "longterm"


@dataclass(slots=True)
class Consents:
    """`left`: (openid, template) -> notices she agreed to and has not got. A long-term consent never runs out."""

    known: dict[str, Template] = field(default_factory=dict)
    longterm: set[str] = field(default_factory=set)
    left: dict[tuple[str, str], int] = field(default_factory=dict)

    def add(self, template: Template, kind: str) -> None:
        """Add or change a template."""
        self.known[template.template_id] = template
        (self.longterm.add if kind == LONGTERM else self.longterm.discard)(template.template_id)

    def get(self, template_id: Any) -> Template:
        """The template; Refused 40037 when the account has none of that id."""
        found = self.known.get(template_id) if isinstance(template_id, str) else None
        if found is None:
            raise codes.Refused(40037)
        return found

    def check(self, openid: str, template_id: str) -> None:
        """Refused 43101 when she has not agreed, or has got all she agreed to."""
        if self.left.get((openid, template_id), 0) < 1:
            raise codes.Refused(43101)

    def answer(self, openid: str, template_id: str, *, yes: bool) -> int:
        """She agreed once more, or wants no more of them; how many she may get now."""
        before = self.left.get((openid, template_id), 0)
        once = template_id not in self.longterm
        after = (before + 1 if once else 1) if yes else 0
        self.left[openid, template_id] = after
        return after

    def spend(self, openid: str, template_id: str) -> None:
        """One consent is used up, unless it is for good."""
        if template_id not in self.longterm:
            key = (openid, template_id)
            self.left[key] = max(0, self.left.get(key, 0) - 1)
