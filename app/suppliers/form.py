"""What the pages of registration ask for: a company, its people, and one wish in plain words."""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from app.kernel.forms import Checked, Typed, check
from app.kernel.languages import translate
from app.kernel.settings import Language
from app.kernel.texts import EmailAddress
from app.suppliers.models import Supplier
from app.suppliers.schemas import (
    Contacts,
    Identity,
    Name,
    Participation,
    Registration,
    WishIn,
    clock_text,
)


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
MORE = (2, 3, 4)  # the numbers of the further contacts
COMING = (1, 2, 3)  # the numbers of those who come

_MaybeAddress = Annotated[EmailAddress | None, Field(default=None, validate_default=True)]


class ContactsForm(Contacts):
    """Who is written to, as the pages ask: each person in fields of their own."""

    contact_name_2: Name | None = None
    contact_email_2: _MaybeAddress
    contact_name_3: Name | None = None
    contact_email_3: _MaybeAddress
    contact_name_4: Name | None = None
    contact_email_4: _MaybeAddress

    @field_validator("contact_email_2", "contact_email_3", "contact_email_4")
    @classmethod
    def _comes_with_a_name(cls, address: str | None, info: ValidationInfo) -> str | None:
        name = str(info.field_name).replace("email", "name")
        if name in info.data and (address is None) != (info.data[name] is None):
            raise PydanticCustomError("half_contact", "Write both the name and the e-mail address, or neither.")
        return address

    def contacts(self) -> Contacts:
        """Who is written to, as systems say it."""
        return Contacts.model_validate(self._contacts())

    def _contacts(self) -> dict[str, Any]:
        pairs = [(getattr(self, f"contact_name_{place}"), getattr(self, f"contact_email_{place}")) for place in MORE]
        more = [{"name": name, "email": address} for name, address in pairs if name]
        kept = {name: getattr(self, name) for name in ("contact_name", "contact_email", "contact_phone")}
        return {**kept, "more_contacts": more}


class ParticipationForm(Participation):
    """How a company takes part, as the pages ask; without a preference, wishes stay as they are."""

    attendee_1: Name | None = None
    attendee_2: Name | None = None
    attendee_3: Name | None = None
    preference: Preference | None = None

    @field_validator("attendee_2", "attendee_3")
    @classmethod
    def _is_among_those_who_come(cls, name: str | None, info: ValidationInfo) -> str | None:
        place = int(str(info.field_name)[-1])
        if name is not None and place > info.data.get("seats", place):
            raise PydanticCustomError("attendees", "There are more names than persons who come.")
        return name

    def participation(self) -> Participation:
        """How the company takes part, as systems say it."""
        return Participation.model_validate(self._participation())

    def wishes(self) -> list[WishIn] | None:
        """What was wished for; None when nothing was said of it."""
        if self.preference is None:
            return None
        return [WishIn.model_validate(wish) for wish in self._wishes()]

    def _participation(self) -> dict[str, Any]:
        names = [getattr(self, f"attendee_{place}") for place in COMING]
        given = self.model_dump(mode="json", include=set(Participation.model_fields))
        return {**given, "attendees": [name for name in names if name]}

    def _wishes(self) -> list[dict[str, str]]:
        if self.preference not in SPANS:
            return []
        start, end = SPANS[self.preference]
        return [{"from": start, "to": end}]


class RegistrationForm(ParticipationForm, ContactsForm, Identity):
    """The registration page's form; its fields are texts, so it is checked leniently."""

    def registration(self, language: Language) -> Registration:
        """What was asked for, as systems say it; `language` is the one that the form was read in."""
        which = self.model_dump(include=set(Identity.model_fields))
        how = {**self._participation(), "wishes": self._wishes()}
        return Registration.model_validate({**which, **self._contacts(), **how, "language": language})


def typed_registration(texts: Mapping[str, str], language: Language) -> Typed[RegistrationForm]:
    """What was typed, as a registration when all of it holds, else with a sentence for each field to mend."""
    return _typed(RegistrationForm, texts, language)


def typed_contacts(texts: Mapping[str, str], language: Language) -> Typed[ContactsForm]:
    """What was typed of who is written to, likewise."""
    return _typed(ContactsForm, texts, language)


def typed_participation(texts: Mapping[str, str], language: Language) -> Typed[ParticipationForm]:
    """What was typed of how the company takes part, likewise."""
    return _typed(ParticipationForm, texts, language)


def _typed(form: type[Checked], texts: Mapping[str, str], language: Language) -> Typed[Checked]:
    # Lists are asked for one field at a time.
    typed = check(form, {name: text for name, text in texts.items() if name not in _LISTS}, language)
    empty = {name for name in typed.errors if name in ASKS and not texts.get(name, "").strip()}
    asks = {name: translate(language, ASKS[name]) for name in empty}
    errors = {name: asks.get(name, sentence) for name, sentence in typed.errors.items()}
    return replace(typed, texts=texts, errors=errors)


_LISTS = {"more_contacts", "attendees"}


def texts_of(supplier: Supplier) -> dict[str, str]:
    """What the forms show of a supplier as it stands."""
    plain = {
        "contact_name": supplier.contact_name,
        "contact_email": supplier.contact_email,
        "contact_phone": supplier.contact_phone or "",
        "seats": str(supplier.seats),
        "online": str(supplier.online).lower(),
        "wants_meeting": str(supplier.wants_meeting).lower(),
        "arrives": "" if supplier.arrives is None else clock_text(supplier.arrives),
        "leaves": "" if supplier.leaves is None else clock_text(supplier.leaves),
        "topics": supplier.topics or "",
        "needs": supplier.needs or "",
        "on_partner_list": "true" if supplier.on_partner_list else "",
        "preference": _preference_of(supplier),
    }
    named = {f"attendee_{place}": name for place, name in zip(COMING, supplier.attendees, strict=False)}
    more = zip(MORE, supplier.more_contacts, strict=False)
    listed = {
        f"contact_{part}_{place}": text
        for place, kept in more
        for part, text in zip(("name", "email"), kept, strict=True)
    }
    return {**plain, **named, **listed}


def _preference_of(supplier: Supplier) -> str:
    if not supplier.wishes:
        return Preference.ANY.value
    kept = [(clock_text(start), clock_text(end)) for start, end, _weight in supplier.wishes]
    return next((preference.value for preference, span in SPANS.items() if kept == [span]), "")
