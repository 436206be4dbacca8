"""Weeks, workdays, quiet hours and lateness: the only place where time is local."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MS = timedelta(milliseconds=1)


def ms(at: datetime) -> int:
    """UTC epoch milliseconds of an aware time."""
    return (at - EPOCH) // _MS


def at(moment_ms: int) -> datetime:
    """The aware UTC time of epoch milliseconds."""
    return EPOCH + timedelta(milliseconds=moment_ms)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Local days: `days` holds True for a swapped workday, False for a holiday."""

    zone: ZoneInfo
    days: Mapping[date, bool]

    def day(self, moment: datetime) -> date:
        """The local day of a moment."""
        return moment.astimezone(self.zone).date()

    def moment(self, day: date, hour: int = 0, minute: int = 0) -> datetime:
        """The aware moment of a local day and time."""
        return datetime.combine(day, time(hour, minute), self.zone)

    def is_workday(self, day: date) -> bool:
        """Whether offices work on `day`."""
        return self.days.get(day, day.isoweekday() <= 5)

    def next_workday(self, day: date) -> date:
        """`day` itself if offices work then, else the first workday after it."""
        while not self.is_workday(day):
            day += timedelta(days=1)
        return day

    def workdays_later(self, day: date, count: int) -> date:
        """The workday `count` workdays after `day`."""
        for _ in range(count):
            day = self.next_workday(day + timedelta(days=1))
        return day

    def week_start(self, moment: datetime) -> datetime:
        """Monday 00:00 of the local week that holds the moment."""
        day = self.day(moment)
        return self.moment(day - timedelta(days=day.weekday()))

    def week_name(self, moment: datetime) -> str:
        """The period name of a week, like `2026-W47` (ISO 8601)."""
        year, week, _ = self.day(moment).isocalendar()
        return f"{year}-W{week:02d}"

    def week_of(self, name: str) -> tuple[datetime, datetime]:
        """Start and end (exclusive) of the week named like `2026-W47`; ValueError for any other text."""
        year, _, week = name.upper().partition("-W")
        start = self.moment(date.fromisocalendar(int(year), int(week), 1))
        return start, self.week_start(start + timedelta(days=8))


@dataclass(frozen=True, slots=True)
class QuietHours:
    """免打扰: from `start` to `end` of the local day; None, None for never."""

    start: time | None
    end: time | None

    @classmethod
    def read(cls, text: str) -> QuietHours:
        """Read `21:00-08:00` or `off`; ValueError for anything else."""
        if text.strip().lower() == "off":
            return cls(None, None)
        start, _, end = text.partition("-")
        return cls(time.fromisoformat(start.strip()), time.fromisoformat(end.strip()))

    def hold(self, moment: datetime, zone: ZoneInfo) -> bool:
        """Whether the moment lies inside the quiet hours."""
        if self.start is None or self.end is None:
            return False
        now = moment.astimezone(zone).time()
        if self.start <= self.end:
            return self.start <= now < self.end
        return now >= self.start or now < self.end

    def over_at(self, moment: datetime, zone: ZoneInfo) -> datetime:
        """When the quiet hours that hold the moment end; the moment itself if they do not hold it."""
        if self.end is None or not self.hold(moment, zone):
            return moment
        local = moment.astimezone(zone)
        end = datetime.combine(local.date(), self.end, zone)
        return end if end > local else end + timedelta(days=1)

    def office_at(self, moment: datetime, calendar: Calendar) -> datetime:
        """When an office may be written to: not in the quiet hours, and on a workday; `off` is always."""
        if self.end is None:
            return moment
        begin = self.over_at(moment, calendar.zone)
        day = calendar.day(begin)
        if calendar.is_workday(day):
            return begin
        return calendar.moment(calendar.next_workday(day), self.end.hour, self.end.minute)
