"""A report said otherwise reads the same; beside a plan, a doubt or words of others it is not recorded."""

from __future__ import annotations

import random

from tests.core import dressed

EACH = 2
"""Ways tried on a row here; `python -m tests.core.dressed` tries them all."""


def test_a_report_said_otherwise_reads_the_same_and_a_doubted_one_is_not_recorded() -> None:
    chosen, faults, tried = random.Random(12), list[str](), 0
    for row in dressed.rows():
        base = dressed.read(row["say"], dressed.known(row))
        ways = dressed.ways(row, base)
        some = chosen.sample(ways, min(EACH, len(ways)))
        tried += len(some)
        faults += [fault for one in some if (fault := dressed.wrong(row, base, one))]
    assert not faults
    assert tried > 3000
