"""What the picture says, in bokmål, nynorsk and English."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from solver.plan import Status


@dataclass(frozen=True, slots=True)
class Noun:
    """A thing that is counted."""

    one: str
    many: str

    def count(self, number: int) -> str:
        """The number and the thing: `1 rom`, `8 rom`."""
        return f"{number} {self.one if number == 1 else self.many}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Every word of the picture in one language; braces are filled in where it is used."""

    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    written: str
    clock: str
    hour: str
    both: str

    heading: str
    reached: str
    nobody_asked: str
    longest_wait: str
    nobody_waits: str
    suppliers: Noun
    panels: Noun
    people: Noun
    rooms: Noun
    meetings: Noun
    seats: Noun
    all_suppliers: str
    all_panels: str

    panel: str
    meeting: str
    no_room: str
    no_panel: str
    closed: str
    closed_room: str
    not_placed: str
    each_supplier: str
    wait: str
    waits: str
    no_meeting: str
    no_request: str
    without_meeting: str

    plenary: str
    pause: str
    other_session: str
    status: Mapping[Status, str]
    seed: str
    fingerprint: str

    def day(self, day: date) -> str:
        """The date with its weekday: `torsdag 8. april 2027`."""
        weekday, month = self.weekdays[day.weekday()], self.months[day.month - 1]
        return self.written.format(weekday=weekday, day=day.day, month=month, year=day.year)

    def time(self, minutes: int) -> str:
        """A time of day: `13.45`."""
        return f"{minutes // 60:02d}{self.clock}{minutes % 60:02d}"

    def span(self, start: int, end: int) -> str:
        """From when to when: `13.45–14.30`."""
        return f"{self.time(start)}–{self.time(end)}"

    def duration(self, minutes: int) -> str:
        """How long: `45 min`, `1 t`, `1 t 30 min`."""
        hours, rest = divmod(minutes, 60)
        pieces = ([f"{hours} {self.hour}"] if hours else []) + ([f"{rest} min"] if rest or not hours else [])
        return " ".join(pieces)

    def listed(self, items: Sequence[str]) -> str:
        """Things in a row: `A, B og C`."""
        return f" {self.both} ".join(filter(None, (", ".join(items[:-1]), *items[-1:])))


_BOKMAL = Words(
    weekdays=("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"),
    months=(
        *("januar", "februar", "mars", "april", "mai", "juni"),
        *("juli", "august", "september", "oktober", "november", "desember"),
    ),
    written="{weekday} {day}. {month} {year}",
    clock=".",
    hour="t",
    both="og",
    heading="Dialogdag {date}",
    reached="{reached} av {asked} leverandører har møte",
    nobody_asked="Ingen leverandører har bedt om møte",
    longest_wait="Lengste venting {wait}",
    nobody_waits="Ingen må vente",
    suppliers=Noun("leverandør", "leverandører"),
    panels=Noun("panel", "paneler"),
    people=Noun("person", "personer"),
    rooms=Noun("rom", "rom"),
    meetings=Noun("møte", "møter"),
    seats=Noun("plass", "plasser"),
    all_suppliers="alle leverandører",
    all_panels="alle paneler",
    panel="panel {letter}",
    meeting="{who}: møte med {whom}",
    no_room="Uten rom",
    no_panel="Møte uten panel",
    closed="Stengt",
    closed_room="{room} er stengt {time}",
    not_placed="Ikke plassert: {meetings}",
    each_supplier="Dagen for hver leverandør",
    wait="Venting",
    waits="venter {wait} i alt",
    no_meeting="Ikke fått møte",
    no_request="Ikke bedt om møte",
    without_meeting="Ikke fått møte: {names}",
    plenary="Konferanse",
    pause="Pause",
    other_session="Annen økt",
    status=MappingProxyType(
        {
            Status.OPTIMAL: "Bevist: ingen plan er bedre",
            Status.FEASIBLE: "Det er ikke bevist at planen er den beste",
            Status.INFEASIBLE: "Ingen plan: alt som er påkrevd, kan ikke holdes samtidig",
            Status.UNKNOWN: "Ingen plan er funnet ennå",
        }
    ),
    seed="Tallet fra loddtrekningen: {seed}",
    fingerprint="Oppgavens fingeravtrykk: {sha}",
)

_NYNORSK = replace(
    _BOKMAL,
    weekdays=("måndag", "tysdag", "onsdag", "torsdag", "fredag", "laurdag", "søndag"),
    reached="{reached} av {asked} leverandørar har møte",
    nobody_asked="Ingen leverandørar har bedt om møte",
    suppliers=Noun("leverandør", "leverandørar"),
    panels=Noun("panel", "panel"),
    people=Noun("person", "personar"),
    meetings=Noun("møte", "møte"),
    seats=Noun("plass", "plassar"),
    all_suppliers="alle leverandørar",
    all_panels="alle panel",
    no_room="Utan rom",
    no_panel="Møte utan panel",
    not_placed="Ikkje plassert: {meetings}",
    each_supplier="Dagen for kvar leverandør",
    waits="ventar {wait} i alt",
    no_meeting="Ikkje fått møte",
    no_request="Ikkje bedt om møte",
    without_meeting="Ikkje fått møte: {names}",
    other_session="Anna økt",
    status=MappingProxyType(
        {
            Status.OPTIMAL: "Bevist: ingen plan er betre",
            Status.FEASIBLE: "Det er ikkje bevist at planen er den beste",
            Status.INFEASIBLE: "Ingen plan: alt som er påkravd, kan ikkje haldast samstundes",
            Status.UNKNOWN: "Ingen plan er funnen enno",
        }
    ),
    seed="Talet frå loddtrekninga: {seed}",
    fingerprint="Fingeravtrykket til oppgåva: {sha}",
)

_ENGLISH = Words(
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    months=(
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    written="{weekday} {day} {month} {year}",
    clock=":",
    hour="h",
    both="and",
    heading="Dialogue day {date}",
    reached="{reached} of {asked} suppliers have a meeting",
    nobody_asked="No supplier has asked for a meeting",
    longest_wait="Longest wait {wait}",
    nobody_waits="Nobody has to wait",
    suppliers=Noun("supplier", "suppliers"),
    panels=Noun("panel", "panels"),
    people=Noun("person", "people"),
    rooms=Noun("room", "rooms"),
    meetings=Noun("meeting", "meetings"),
    seats=Noun("seat", "seats"),
    all_suppliers="all suppliers",
    all_panels="all panels",
    panel="panel {letter}",
    meeting="{who}: meeting with {whom}",
    no_room="No room",
    no_panel="Meeting without a panel",
    closed="Closed",
    closed_room="{room} is closed {time}",
    not_placed="Not placed: {meetings}",
    each_supplier="The day of each supplier",
    wait="Wait",
    waits="waits {wait} in all",
    no_meeting="No meeting",
    no_request="Asked for none",
    without_meeting="No meeting for {names}",
    plenary="Conference",
    pause="Break",
    other_session="Other session",
    status=MappingProxyType(
        {
            Status.OPTIMAL: "Proven: no plan is better",
            Status.FEASIBLE: "It is not proven that the plan is the best",
            Status.INFEASIBLE: "No plan: all that is required cannot be kept at the same time",
            Status.UNKNOWN: "No plan has been found yet",
        }
    ),
    seed="Number from the draw: {seed}",
    fingerprint="Fingerprint of the problem: {sha}",
)

LANGUAGES: Mapping[str, Words] = MappingProxyType({"nb": _BOKMAL, "nn": _NYNORSK, "en": _ENGLISH})


def words_in(language: str) -> Words:
    """The words of one language; raises ValueError for a language that is not spoken here."""
    if language not in LANGUAGES:
        raise ValueError(f"There are no words for “{language}”; there are for {', '.join(sorted(LANGUAGES))}.")
    return LANGUAGES[language]
