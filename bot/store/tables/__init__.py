"""All tables under one name: `tables.unit`, `tables.entry`, …"""

from __future__ import annotations

from bot.store.tables.analysing import analysis
from bot.store.tables.base import metadata
from bot.store.tables.channels import consent, mass_end
from bot.store.tables.chat import inbox, last_deed, outbox, picture, question
from bot.store.tables.delivery import (
    batch,
    broadcast,
    doubt,
    finish,
    mark,
    quota,
    receipt,
    refusal,
    reminded,
)
from bot.store.tables.joining import admission, newcomer
from bot.store.tables.ledger import (
    campaign,
    campaign_unit,
    cell,
    difficulty,
    entry,
    expectation,
    expectation_change,
    indicator,
    indicator_unit,
    milestone,
    opinion,
    tally,
    tally_step,
)
from bot.store.tables.organisation import (
    binding,
    follower,
    grant,
    invite,
    org_epoch,
    person,
    placement,
    post,
    unit,
    unit_span,
    wechat_group,
)
from bot.store.tables.proving import agreement, evidence, stated
from bot.store.tables.relaying import chain, group_answer, group_open, relay_line
from bot.store.tables.running import api_token, audit, job_run, meta
from bot.store.tables.work import item, item_part

__all__ = [
    "admission",
    "agreement",
    "analysis",
    "api_token",
    "audit",
    "batch",
    "binding",
    "broadcast",
    "campaign",
    "campaign_unit",
    "cell",
    "chain",
    "consent",
    "difficulty",
    "doubt",
    "entry",
    "evidence",
    "expectation",
    "expectation_change",
    "finish",
    "follower",
    "grant",
    "group_answer",
    "group_open",
    "inbox",
    "indicator",
    "indicator_unit",
    "invite",
    "item",
    "item_part",
    "job_run",
    "last_deed",
    "mark",
    "mass_end",
    "meta",
    "metadata",
    "milestone",
    "newcomer",
    "opinion",
    "org_epoch",
    "outbox",
    "person",
    "picture",
    "placement",
    "post",
    "question",
    "quota",
    "receipt",
    "refusal",
    "relay_line",
    "reminded",
    "stated",
    "tally",
    "tally_step",
    "unit",
    "unit_span",
    "wechat_group",
]
