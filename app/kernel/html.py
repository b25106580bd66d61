"""Pages: templates in the reader's language, with dates and times as people write them."""

from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_decimal
from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from app.kernel import clock
from app.kernel.languages import COOKIE, LANGUAGES, language_of, translate
from app.kernel.prose import blocks
from app.kernel.settings import Language, settings

TEMPLATES = Path(__file__).parent.parent / "templates"
_A_YEAR = 365 * 24 * 60 * 60


@cache
def environment() -> Environment:
    """The templates of all rooms; everything is escaped, and a name that is not given is an error."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["_"] = _in_language(translate)
    made.filters.update(
        blocks=blocks,
        number=_in_language(lambda language, number: format_decimal(number, locale=language)),
        date=_in_language(lambda language, day: date_words(day, language)),
        day=_in_language(lambda language, day: day_words(day, language)),
        clock=_in_language(lambda language, moment: clock_words(moment, language)),
        moment=_in_language(lambda language, moment: moment_words(moment, language)),
        hours=_in_language(lambda language, minutes: length_words(minutes, language)),
    )
    return made


def _in_language(function: Callable[..., str]) -> Callable[..., str]:
    @pass_context
    def wrapped(context: Context, /, *arguments: object, **values: object) -> str:
        return function(context["language"], *arguments, **values)

    return wrapped


def page(request: Request, template: str, *, status: int = 200, **context: object) -> HTMLResponse:
    """One page, in the language of the one who reads it; `context` is what the template shows."""
    language = language_of(request)
    links = {code: "?" + request.url.include_query_params(lang=code).query for code in LANGUAGES}
    words = render(template, language, path=request.url.path, languages=links, **context)
    answer = HTMLResponse(words, status, headers={"Content-Language": language, "Vary": "Accept-Language, Cookie"})
    if request.query_params.get("lang") == language:
        is_safe = settings().base_url.startswith("https:")
        answer.set_cookie(COOKIE, language, _A_YEAR, path="/", httponly=True, samesite="lax", secure=is_safe)
    return answer


def render(template: str, language: Language, **context: object) -> str:
    """A template as text, in `language`; for letters as well as pages."""
    return (
        environment().get_template(template).render(language=language, settings=settings(), now=clock.now(), **context)
    )


def clock_words(moment: datetime, language: Language, zone: ZoneInfo = clock.OSLO) -> str:
    """The time on the wall: 13.45 in Norwegian, 13:45 in English."""
    return moment.astimezone(zone).strftime("%H:%M" if language == "en" else "%H.%M")


def date_words(day: date | datetime, language: Language, zone: ZoneInfo = clock.OSLO) -> str:
    """A date in short, with its year when that is not the present one: 8. april, 8 April 2027."""
    local = day.astimezone(zone).date() if isinstance(day, datetime) else day
    year = "" if local.year == clock.now().astimezone(zone).year else " y"
    return format_date(local, ("d MMMM" if language == "en" else "d. MMMM") + year, locale=language)


def day_words(day: date | datetime, language: Language, zone: ZoneInfo = clock.OSLO) -> str:
    """A date in full: torsdag 8. april 2027, Thursday 8 April 2027."""
    local = day.astimezone(zone).date() if isinstance(day, datetime) else day
    return format_date(local, "EEEE d MMMM y" if language == "en" else "EEEE d. MMMM y", locale=language)


def moment_words(moment: datetime, language: Language, zone: ZoneInfo = clock.OSLO) -> str:
    """A date and time in full, with the time zone left to the place: torsdag 8. april 2027 kl. 13.45."""
    joint = {"nb": "kl.", "nn": "kl.", "en": "at"}[language]
    return f"{day_words(moment, language, zone)} {joint} {clock_words(moment, language, zone)}"


def length_words(minutes: int, language: Language) -> str:
    """A length of time: 45 min, 1 t 30 min, 1 h 30 min."""
    hours, rest = divmod(minutes, 60)
    hour = "h" if language == "en" else "t"
    return " ".join(([f"{hours} {hour}"] if hours else []) + ([f"{rest} min"] if rest or not hours else []))
