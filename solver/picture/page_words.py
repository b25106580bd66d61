"""What the page of the day says beside the picture, in bokmål, nynorsk and English."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class PageWords:
    """Every word of the tables and of the page around them; braces are filled in where it is used."""

    picture: str
    programme: str
    suppliers: str
    moved: str
    unplaced: str
    time: str
    room: str
    what: str
    panel: str
    present: str
    supplier: str
    meetings: str
    wait: str
    breaks: str
    meeting: str
    length: str
    told: str
    now: str
    dropped: str
    place: str


_BOKMAL = PageWords(
    picture="Bilde av dagen",
    programme="Dagen i rekkefølge",
    suppliers="Dagen for hver leverandør",
    moved="Flyttet siden planen ble kunngjort",
    unplaced="Ikke plassert",
    time="Tid",
    room="Rom",
    what="Hva",
    panel="Panel",
    present="Til stede fra panelet",
    supplier="Leverandør",
    meetings="Møter",
    wait="Venting",
    breaks="Opphold",
    meeting="Møte",
    length="Lengde",
    told="Kunngjort",
    now="Nå",
    dropped="Utgår",
    place="{time}, {room}",
)

_NYNORSK = replace(
    _BOKMAL,
    picture="Bilete av dagen",
    programme="Dagen i rekkjefølgje",
    suppliers="Dagen for kvar leverandør",
    moved="Flytta sidan planen vart kunngjord",
    unplaced="Ikkje plassert",
    what="Kva",
    present="Til stades frå panelet",
    meetings="Møte",
    breaks="Opphald",
    told="Kunngjort",
    now="No",
    dropped="Går ut",
)

_ENGLISH = PageWords(
    picture="Picture of the day",
    programme="The day in order",
    suppliers="The day of each supplier",
    moved="Moved since the plan was announced",
    unplaced="Not placed",
    time="Time",
    room="Room",
    what="What",
    panel="Panel",
    present="Present for the panel",
    supplier="Supplier",
    meetings="Meetings",
    wait="Wait",
    breaks="Breaks",
    meeting="Meeting",
    length="Length",
    told="Announced",
    now="Now",
    dropped="Does not take place",
    place="{time}, {room}",
)

PAGE_WORDS: Mapping[str, PageWords] = MappingProxyType({"nb": _BOKMAL, "nn": _NYNORSK, "en": _ENGLISH})
