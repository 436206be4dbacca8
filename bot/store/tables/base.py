"""The shared metadata and column kinds. Time is UTC epoch milliseconds (`_ms`), ids are BIGINT, days are ISO text."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, MetaData

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite numbers rows only for INTEGER PRIMARY KEY.
Id = BigInteger().with_variant(Integer, "sqlite")


def row_id() -> Column[int]:
    """A numbered primary key."""
    return Column("id", Id, primary_key=True, autoincrement=True)


def ref(name: str, target: str, *, null: bool = False, key: bool = False) -> Column[int]:
    """A reference to the row of another table."""
    return Column(name, BigInteger, ForeignKey(f"{target}.id"), nullable=null, primary_key=key)


def ms(name: str, *, null: bool = True) -> Column[int]:
    """A moment: UTC epoch milliseconds."""
    return Column(name, BigInteger, nullable=null)
