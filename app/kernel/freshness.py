"""Whether a caller has the latest already (RFC 9110 13): pure."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

_TAGS = re.compile(r'(?:W/)?"([^"]*)"')


def is_fresh(headers: Mapping[str, str], etag: str, changed_at: datetime) -> bool:
    """Whether what the caller asks about is what there is.

    `etag` is without its quotation marks. If-Modified-Since counts only where there is no If-None-Match.
    """
    known = headers.get("if-none-match")
    if known is not None:
        return known.strip() == "*" or etag in _TAGS.findall(known)
    since = _moment(headers.get("if-modified-since", ""))
    return since is not None and changed_at.replace(microsecond=0) <= since


def http_date(moment: datetime) -> str:
    """A moment as HTTP writes it: Thu, 08 Apr 2027 11:45:00 GMT."""
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else None
