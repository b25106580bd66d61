"""What is said of rules and wishes that stand in a conflict: a sentence in bokmål, nynorsk and English."""

from collections.abc import Mapping
from types import MappingProxyType

# A sentence in each language; braces are filled in where it is used.
Said = tuple[str, str, str]

RULES: Mapping[str, Said] = MappingProxyType(
    {
        # -- rules ---------------------------------------------------------------------------------------------------
        "R1": (
            "Dagen varer fra {opens} til {closes}.",
            "Dagen varer frå {opens} til {closes}.",
            "The day lasts from {opens} to {closes}.",
        ),
        "R2": ("{who} er ledig bare {windows}.", "{who} er ledig berre {windows}.", "{who} is free only {windows}."),
        "R2 never": ("{who} er aldri ledig.", "{who} er aldri ledig.", "{who} is never free."),
        "R2 activity": (
            "{who} kan bare holdes {windows}.",
            "{who} kan berre haldast {windows}.",
            "{who} can be held only {windows}.",
        ),
        "R2 activity never": (
            "{who} kan ikke holdes til noen tid.",
            "{who} kan ikkje haldast til noka tid.",
            "{who} has no time at which it can be.",
        ),
        "R3": (
            "{who} kan bare være på ett sted om gangen.",
            "{who} kan berre vere på éin stad om gongen.",
            "{who} can be in one place at a time.",
        ),
        "R3 room": (
            "{who} har plass til én ting om gangen.",
            "{who} har plass til éin ting om gongen.",
            "{who} has space for one thing at a time.",
        ),
        "R4": (
            "{who} trenger opptil {minutes} minutter fra et rom til et annet.",
            "{who} treng opptil {minutes} minutt frå eit rom til eit anna.",
            "{who} needs up to {minutes} minutes from one room to another.",
        ),
        "R5": (
            "{what} kan ikke være i {room}.",
            "{what} kan ikkje vere i {room}.",
            "{what} cannot be in {room}.",
        ),
        "R5 seats": (
            "{what} trenger {needed} plasser, flere enn de {seats} i {room}.",
            "{what} treng {needed} plassar, fleire enn dei {seats} i {room}.",
            "{what} needs {needed} seats, more than the {seats} of {room}.",
        ),
        "R5 video": (
            "{what} har noen på nett, men {room} har ikke video.",
            "{what} har nokon på nett, men {room} har ikkje video.",
            "Somebody in {what} is online, but there is no video in {room}.",
        ),
        "R6": (
            "{panel} trenger {needs} i {meeting}.",
            "{panel} treng {needs} i {meeting}.",
            "{panel} needs {needs} in {meeting}.",
        ),
        "R6 people": ("{count} personer", "{count} personar", "{count} people"),
        "R6 person": ("1 person", "1 person", "1 person"),
        "R6 buyers": (
            "{count} ulike oppdragsgivere",
            "{count} ulike oppdragsgivarar",
            "{count} different buyers",
        ),
        "R6 skill": ("{count} som kan «{skill}»", "{count} som kan «{skill}»", "{count} with the skill “{skill}”"),
        "R6 members": (
            "Medlemmene er {names}.",
            "I panelet sit {names}.",
            "Its members are {names}.",
        ),
        "R6 nobody": ("Det har ingen medlemmer.", "Ingen sit i panelet.", "It has no members."),
        "R6 left": (
            "Uten {away} er bare {names} igjen.",
            "Utan {away} er berre {names} igjen.",
            "Without {away} only {names} is left.",
        ),
        "R6 none left": (
            "Uten {away} er ingen igjen.",
            "Utan {away} er ingen igjen.",
            "Without {away} nobody is left.",
        ),
        "R7": (
            "{who} har {minutes} minutter pause mellom møtene.",
            "{who} har {minutes} minutt pause mellom møta.",
            "{who} has {minutes} minutes of pause between meetings.",
        ),
        "R7 stretch": (
            "{who} holder på i høyst {minutes} minutter før en hvil på {rest} minutter.",
            "{who} held på i høgst {minutes} minutt før ei kvile på {rest} minutt.",
            "{who} goes on for at most {minutes} minutes before a rest of {rest} minutes.",
        ),
        "R8": (
            "{who} har alle møtene i samme rom.",
            "{who} har alle møta i same rom.",
            "{who} has all its meetings in one room.",
        ),
        "R9": (
            "{what} kan ikke begynne før {earlier} er slutt.",
            "{what} kan ikkje byrje før {earlier} er slutt.",
            "{what} cannot begin before {earlier} has ended.",
        ),
        "R10": (
            "{who} skal ha {minutes} minutter hvile i ett strekk i tiden {window}.",
            "{who} skal ha {minutes} minutt kvile i eitt strekk i tida {window}.",
            "{who} is to have {minutes} minutes of rest in one piece within {window}.",
        ),
        "R11": (
            "Det skal være minst {minutes} minutter mellom møter med {names} i samme rom.",
            "Det skal vere minst {minutes} minutt mellom møte med {names} i same rom.",
            "There are to be at least {minutes} minutes between meetings with {names} in one room.",
        ),
        "R12": (
            "{what} er låst til {place}.",
            "{what} er låst til {place}.",
            "{what} is pinned to {place}.",
        ),
        "R12 told": (
            "{what} er kunngjort til {place} og skal ikke flyttes.",
            "{what} er kunngjort til {place} og skal ikkje flyttast.",
            "{what} has been announced for {place} and is not to be moved.",
        ),
        "R13": (
            "{what} på {minutes} minutter må holdes.",
            "{what} på {minutes} minutt må haldast.",
            "{what} of {minutes} minutes must take place.",
        ),
        "placed": (
            "{what} på {minutes} minutter er ønsket av {names}.",
            "{what} på {minutes} minutt er ønskt av {names}.",
            "{what} of {minutes} minutes is wished for by {names}.",
        ),
        "R14": (
            "{who} kan ikke møte {names}.",
            "{who} kan ikkje møte {names}.",
            "{who} may not meet {names}.",
        ),
        "R15": (
            "Antallet opphold kan skille høyst {count} mellom to leverandører.",
            "Talet på opphald kan skilje høgst {count} mellom to leverandørar.",
            "The breaks of two suppliers may differ by at most {count}.",
        ),
        "fits": (
            "Det er plass til {most} av disse {count} møtene.",
            "Det er plass til {most} av desse {count} møta.",
            "There is room for {most} of these {count} meetings.",
        ),
    }
)
