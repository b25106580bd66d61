"""What the registration page asks for: a company, and one wish in plain words."""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum

from app.kernel.forms import Typed, check
from app.kernel.languages import translate
from app.kernel.settings import Language
from app.suppliers.schemas import Company, Registration


class Preference(StrEnum):
    """When on the day a company would rather have its meeting."""

    ANY = "any"
    EARLY = "early"
    MIDDLE = "middle"
    LATE = "late"


SPANS = {
    Preference.EARLY: ("08:00", "12:00"),
    Preference.MIDDLE: ("11:00", "14:00"),
    Preference.LATE: ("13:00", "17:00"),
}


# What to do about a field left empty, in words that make sense in a list, too.
ASKS = {
    "organisation_number": "Write the organisation number.",
    "name": "Write the name of the company.",
    "contact_name": "Write the full name of the contact.",
    "contact_email": "Write the e-mail address of the contact.",
}


class RegistrationForm(Company):
    """The registration page's form; its fields are texts, so it is checked leniently."""

    preference: Preference = Preference.ANY

    def registration(self, language: Language) -> Registration:
        """What was asked for, as systems say it; `language` is the one that the form was read in."""
        company = self.model_dump(mode="json", exclude={"preference"})
        return Registration.model_validate({**company, "wishes": self._wishes(), "language": language})

    def _wishes(self) -> list[dict[str, str]]:
        if self.preference not in SPANS:
            return []
        start, end = SPANS[self.preference]
        return [{"from": start, "to": end}]


def typed_registration(texts: Mapping[str, str], language: Language) -> Typed[RegistrationForm]:
    """What was typed, as a registration when all of it holds, else with a sentence for each field to mend."""
    typed = check(RegistrationForm, texts, language)
    empty = {name for name in typed.errors if name in ASKS and not texts.get(name, "").strip()}
    asks = {name: translate(language, ASKS[name]) for name in empty}
    return replace(typed, errors={name: asks.get(name, sentence) for name, sentence in typed.errors.items()})
