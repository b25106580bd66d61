"""Calendars as others write them, and what is read of them on the day of `tests.days.factories`."""

from datetime import date
from zoneinfo import ZoneInfo

from app.days.busy import Busy, busy_periods

DAY = date(2027, 4, 8)
OSLO = ZoneInfo("Europe/Oslo")


def event(*lines: str) -> str:
    """One appointment with these lines."""
    return "\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT"])


def calendar(*parts: str) -> bytes:
    """A calendar of these parts, with the line ends that calendars have."""
    text = "\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Others//EN", *parts, "END:VCALENDAR", ""])
    return text.replace("\n", "\r\n").encode()


def read(*parts: str, day: date = DAY, zone: ZoneInfo = OSLO) -> list[str]:
    """What is read of these parts, as people write it: “10:00–11:00”, with a “?” where it is not settled."""
    return [told(one) for one in busy_periods(calendar(*parts), day, zone)]


def told(one: Busy) -> str:
    """A busy period in words."""
    start, end = (f"{minutes // 60:02}:{minutes % 60:02}" for minutes in (one.start, one.end))
    return f"{start}–{end}{'?' if one.is_tentative else ''}"
