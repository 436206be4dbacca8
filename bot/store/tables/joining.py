"""New members who register themselves: the codes that let them in, and who came."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, LargeBinary, Table, UniqueConstraint

from bot.store.tables.base import metadata, ms, ref, row_id

# One code for a unit and an indicator that says how many may come in; a new code replaces the old one.
admission = Table(
    "admission",
    metadata,
    row_id(),
    ref("indicator_id", "indicator"),
    ref("unit_id", "unit"),
    Column("code_digest", LargeBinary(16), nullable=False, unique=True),
    Column("code_sealed", LargeBinary, nullable=False),  # to be shown again
    Column("announced", BigInteger, nullable=False, default=0),  # the number her chair was told of
    ms("made_at_ms", null=False),
    ms("expires_at_ms", null=False),
    UniqueConstraint("unit_id", "indicator_id"),
)

# A number people say (「不是 3」). Whoever she is stands in `person`, whether she still belongs in `post`.
newcomer = Table(
    "newcomer",
    metadata,
    row_id(),
    ref("admission_id", "admission"),
    ref("person_id", "person"),
    ref("post_id", "post"),
    ms("made_at_ms", null=False),
    ms("ended_at_ms"),  # removed by her chair, taken back by herself, or she left the account
    Column("openid_digest", LargeBinary(16)),  # only of whom a chair removed
    Index("ix_newcomer_admission", "admission_id"),
    Index("ix_newcomer_person", "person_id"),
    sqlite_autoincrement=True,  # a number once said means nobody else later
)
