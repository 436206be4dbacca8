"""Prometheus counters; names in English, no label that could name a person."""

from __future__ import annotations

from functools import cache

from prometheus_client import Counter, Histogram

PUSHES = Counter("yihu_pushes_total", "Pushes by how they ended", ["account", "end"])
ANSWER_SECONDS = Histogram(
    "yihu_push_answer_seconds",
    "Time to answer a push",
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 4.5),
)
JOBS = Counter("yihu_job_runs_total", "Runs of timed jobs", ["job", "end"])


def push(account: str, end: str) -> None:
    """Count a push."""
    _pushes(account, end).inc()


@cache
def _pushes(account: str, end: str) -> Counter:
    """To look a counter up costs more than to count."""
    return PUSHES.labels(account, end)
