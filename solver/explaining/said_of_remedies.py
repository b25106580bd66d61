"""What is said of conflicts as a whole and of remedies: a sentence in bokmål, nynorsk and English."""

from collections.abc import Mapping
from types import MappingProxyType

from solver.explaining.said_of_rules import Said

REMEDIES: Mapping[str, Said] = MappingProxyType(
    {
        # -- changes -------------------------------------------------------------------------------------------------
        "close_later": (
            "Steng {minutes} minutter senere, klokken {time}. Det som kunne vare til stengetid, kan vare til da.",
            "Steng {minutes} minutt seinare, klokka {time}. Det som kunne vare til stengetid, kan vare til då.",
            "Close {minutes} minutes later, at {time}. Whatever could last until closing may last until then.",
        ),
        "open_earlier": (
            "Åpne {minutes} minutter tidligere, klokken {time}. Det som kunne begynne ved åpning, kan begynne da.",
            "Opne {minutes} minutt tidlegare, klokka {time}. Det som kunne byrje ved opning, kan byrje då.",
            "Open {minutes} minutes earlier, at {time}. Whatever could begin at opening may begin then.",
        ),
        "shorter_meetings": (
            "La ingen møter vare mer enn {minutes} minutter.",
            "Lat ikkje noko møte vare meir enn {minutes} minutt.",
            "Let no meeting take more than {minutes} minutes.",
        ),
        "shorter_pause": (
            "La ingen paneler ha mer enn {minutes} minutter pause mellom møtene.",
            "Lat ikkje noko panel ha meir enn {minutes} minutt pause mellom møta.",
            "Let no panel have more than {minutes} minutes of pause between meetings.",
        ),
        "add_room": (
            "Skaff {count} rom til, hvert med minst {seats} plasser{features}.",
            "Skaff {count} rom til, kvart med minst {seats} plassar{features}.",
            "Find {count} more rooms, each with at least {seats} seats{features}.",
        ),
        "add_room one": (
            "Skaff ett rom til, med minst {seats} plasser{features}.",
            "Skaff eitt rom til, med minst {seats} plassar{features}.",
            "Find one more room, with at least {seats} seats{features}.",
        ),
        "with video": (" og video", " og video", " and video"),
        "add_panel": (
            "Sett opp {count} paneler til, slik som {panel}, og la dem ta {meetings}.",
            "Set opp {count} panel til, slik som {panel}, og lat dei ta {meetings}.",
            "Set up {count} more panels like {panel}, and let them take {meetings}.",
        ),
        "add_panel one": (
            "Sett opp ett panel til, slik som {panel}, og la det ta {meetings}.",
            "Set opp eitt panel til, slik som {panel}, og lat det ta {meetings}.",
            "Set up one more panel like {panel}, and let it take {meetings}.",
        ),
        "add_panel rooms": (
            "Hvert av de nye panelene trenger et rom til.",
            "Kvart av dei nye panela treng eit rom til.",
            "Each of the new panels needs one room more.",
        ),
        "add_person": (
            "La {count} personer til bli med i {panels}.",
            "Lat {count} personar til bli med i {panels}.",
            "Let {count} more people join {panels}.",
        ),
        "add_person one": (
            "La én person til bli med i {panels}.",
            "Lat éin person til bli med i {panels}.",
            "Let one more person join {panels}.",
        ),
        "add_person skill": (
            "La {count} personer til som kan «{skill}», bli med i {panels}.",
            "Lat {count} personar til som kan «{skill}», bli med i {panels}.",
            "Let {count} more people with the skill “{skill}” join {panels}.",
        ),
        "add_person skill one": (
            "La én person til som kan «{skill}», bli med i {panels}.",
            "Lat éin person til som kan «{skill}», bli med i {panels}.",
            "Let one more person with the skill “{skill}” join {panels}.",
        ),
        "add_person buyer": (
            "Den som kommer til, må være fra en annen oppdragsgiver enn de andre.",
            "Den som kjem til, må vere frå ein annan oppdragsgivar enn dei andre.",
            "Whoever joins must be from another buyer than the others.",
        ),
        "go_online suppliers": (
            "La {names} delta på nett, når som helst på dagen.",
            "Lat {names} delta på nett, når som helst på dagen.",
            "Let {names} take part online, at any time of the day.",
        ),
        "go_online rooms": ("Skaff video i {names}.", "Skaff video i {names}.", "Provide video in {names}."),
        "let_panel_move": (
            "La {names} bytte rom mellom møtene.",
            "Lat {names} byte rom mellom møta.",
            "Let {names} change rooms between meetings.",
        ),
        "free_longer": (
            "La {who} være ledig {window}",
            "Lat {who} vere ledig {window}",
            "Let {who} be free {window}",
        ),
        "free_longer activity": (
            "La {who} kunne holdes når som helst {window}",
            "Lat {who} kunne haldast når som helst {window}",
            "Let {who} be held at any time {window}",
        ),
        "free_longer instead": (
            "{said} i stedet for {windows}.",
            "{said} i staden for {windows}.",
            "{said} instead of {windows}.",
        ),
        "more_seats": (
            "Skaff {seats} plasser i {room}, eller sett inn et rom med {seats} plasser i stedet.",
            "Skaff {seats} plassar i {room}, eller set inn eit rom med {seats} plassar i staden.",
            "Provide {seats} seats in {room}, or put a room with {seats} seats in its place.",
        ),
        "drop_pin": (
            "La {names} få en annen tid eller et annet rom.",
            "Lat {names} få ei anna tid eller eit anna rom.",
            "Let {names} have another time or another room.",
        ),
        "drop_required": (
            "La {names} være ønsket, og ikke påkrevd.",
            "Lat {names} vere ønskt, og ikkje påkravd.",
            "Let {names} be wished for, and not required.",
        ),
        "second_day": (
            "Ta møtene med {names} en annen dag. Der flere stod likt, er det trukket lodd.",
            "Ta møta med {names} ein annan dag. Der fleire stod likt, er det trekt lodd.",
            "Meet {names} on another day. Where several were equal, lots were drawn.",
        ),
        # -- what it comes to ----------------------------------------------------------------------------------------
        "all": (
            "Da får alle {count} møtene plass.",
            "Då får alle {count} møta plass.",
            "Then all {count} meetings fit.",
        ),
        "all one": ("Da får møtet plass.", "Då får møtet plass.", "Then the meeting fits."),
        "all none": (
            "Da er ingen møter igjen denne dagen.",
            "Då er det ikkje fleire møte igjen denne dagen.",
            "Then no meetings are left on this day.",
        ),
        "some": (
            "Da får {placed} av {count} møter plass.",
            "Då får {placed} av {count} møte plass.",
            "Then {placed} of {count} meetings fit.",
        ),
        # -- the explanation as a whole ------------------------------------------------------------------------------
        "nothing": (
            "Det er ingenting å forklare: alt som er ønsket, får plass.",
            "Det er ingenting å forklare: alt som er ønskt, får plass.",
            "There is nothing to explain: all that is wished for fits.",
        ),
        "unsettled": (
            "Tiden strakk ikke til for å finne ut om det er flere konflikter.",
            "Tida strekte ikkje til for å finne ut om det er fleire konfliktar.",
            "Whether there are more conflicts did not become clear in time.",
        ),
        "unlawful": (
            "Dagen kan ikke planlegges: ikke alt som er påkrevd, kan holdes.",
            "Dagen kan ikkje planleggjast: ikkje alt som er påkravd, kan haldast.",
            "The day cannot be planned: not all that is required can be kept.",
        ),
        "unplaced": (
            "Dagen kan planlegges, men ikke alle ønskede møter får plass.",
            "Dagen kan planleggjast, men ikkje alle ønskte møte får plass.",
            "The day can be planned, but not all meetings wished for fit.",
        ),
        "capacity": (
            "Det er ønsket {asked} møter med panelene, som har plass til {fits}.",
            "Det er ønskt {asked} møte med panela, som har plass til {fits}.",
            "{asked} meetings with the panels are wished for; there is room for {fits}.",
        ),
        "capacity at": (
            "{most} møter på {minutes} minutter",
            "{most} møte på {minutes} minutt",
            "{most} meetings of {minutes} minutes",
        ),
        "capacity at one": (
            "1 møte på {minutes} minutter",
            "1 møte på {minutes} minutt",
            "1 meeting of {minutes} minutes",
        ),
        "conflict": (
            "Konflikt {number}: alt dette kan ikke holdes samtidig.",
            "Konflikt {number}: alt dette kan ikkje haldast samtidig.",
            "Conflict {number}: all of this cannot be kept together.",
        ),
        "remedies": (
            "Hvert av disse hjelper. Det som krever minst, står først:",
            "Kvart av desse hjelper. Det som krev minst, står først:",
            "Each of these helps. What asks least comes first:",
        ),
        "no remedy": (
            "Ingen av endringene som er prøvd, hjelper alene.",
            "Ingen av endringane som er prøvde, hjelper åleine.",
            "None of the changes that were tried helps by itself.",
        ),
    }
)
