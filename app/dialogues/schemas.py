"""What crosses the doors of a dialogue: what it asks, its chain of dates, and its buyers."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Self
from uuid import UUID

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
)
from pydantic_core import PydanticCustomError

from app.dialogues.models import BookingWay, Buyer, BuyerRole, Decision, Dialogue, LateRule, Phase
from app.kernel import clock
from app.kernel.texts import EmailAddress, Line, LongLine, OrganisationNumber, Slug

MOST_BUYERS = 200
_YEARS = range(2020, 2101)
_OFFSETS = (timedelta(hours=1), timedelta(hours=2))  # of Norwegian time, in winter and in summer
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ].*")


def _date_text(value: object) -> object:
    # Pydantic would take numbers as well, counting seconds from 1970.
    if isinstance(value, date) or (isinstance(value, str) and _DATE.fullmatch(value)):
        return value
    raise PydanticCustomError("date_text", "Write a date such as 2027-04-08.")


def _moment_text(value: object) -> object:
    if isinstance(value, datetime) or (isinstance(value, str) and _MOMENT.fullmatch(value)):
        return value
    raise PydanticCustomError("moment_text", "Write a date and a time, with its offset from UTC.")


def _in_our_years(day: date) -> date:
    if day.year not in _YEARS:
        raise PydanticCustomError("years", "Write a year between 2020 and 2100.")
    return day


def _told_once(moment: datetime) -> datetime:
    _in_our_years(moment)
    walls = [moment.astimezone(clock.OSLO)]
    if moment.utcoffset() in _OFFSETS:
        walls.append(moment.replace(tzinfo=clock.OSLO))
    if not all(clock.is_told_once(wall) for wall in walls):
        raise PydanticCustomError("change_hour", "The clocks change in that hour. Choose another time.")
    return moment.astimezone(UTC)


Day = Annotated[date, BeforeValidator(_date_text), AfterValidator(_in_our_years)]
Moment = Annotated[AwareDatetime, BeforeValidator(_moment_text), AfterValidator(_told_once)]
Places = Annotated[int, Field(strict=True, ge=1, le=10_000)]
QuietMinutes = Annotated[int, Field(strict=True, ge=0, le=24 * 60)]


class BuyerIn(BaseModel):
    """A municipality that takes part, and in which part."""

    model_config = ConfigDict(extra="forbid")

    name: Line
    organisation_number: OrganisationNumber | None = None
    role: BuyerRole
    decision: Decision = Decision.NOT_SOUGHT
    inhabitants: Annotated[int, Field(strict=True, ge=0, le=10_000_000)] | None = None


class BuyerOut(BaseModel):
    """A municipality in a dialogue, with the handle that others use for it."""

    model_config = ConfigDict(from_attributes=True)

    handle: str
    name: str
    organisation_number: str | None
    role: BuyerRole
    decision: Decision
    inhabitants: int | None


class DialogueIn(BaseModel):
    """A new dialogue: each date is checked against those before it in the chain."""

    model_config = ConfigDict(extra="forbid")

    title: Line
    summary: LongLine
    place: Line
    organiser_name: Line
    organiser_email: EmailAddress
    announced_at: Moment
    registration_closes_at: Moment
    proposals_due_at: Moment
    questions_due_at: Moment | None = None
    plan_told_at: Moment
    held_on: Day
    summary_due_on: Day
    places: Places | None = None
    late_rule: LateRule = LateRule.REFUSE
    sealed_until: Moment | None = None
    booking: BookingWay = BookingWay.WISHES_THEN_PLAN
    booking_opens_at: Moment | None = None
    booking_closes_at: Annotated[Moment | None, Field(validate_default=True)] = None
    quiet_minutes: QuietMinutes = 10
    reminds: Annotated[bool, Field(strict=True)] = True
    slug: Slug | None = None
    buyers: Annotated[list[BuyerIn], Field(min_length=1, max_length=MOST_BUYERS)]

    @field_validator("registration_closes_at")
    @classmethod
    def _closes_after_it_is_announced(cls, closes: datetime, info: ValidationInfo) -> datetime:
        if closes <= info.data.get("announced_at", closes - timedelta(1)):
            raise PydanticCustomError("dates", "Registration must close after the dialogue is announced.")
        return closes

    @field_validator("proposals_due_at")
    @classmethod
    def _due_when_registration_has_closed(cls, due: datetime, info: ValidationInfo) -> datetime:
        if due < info.data.get("registration_closes_at", due):
            raise PydanticCustomError("dates", "The deadline for proposals cannot be before registration closes.")
        return due

    @field_validator("questions_due_at")
    @classmethod
    def _asked_before_proposals_are_due(cls, due: datetime | None, info: ValidationInfo) -> datetime | None:
        if due is None:
            return due
        if due <= info.data.get("announced_at", due - timedelta(1)):
            raise PydanticCustomError("dates", "The deadline for questions must come after the dialogue is announced.")
        if due > info.data.get("proposals_due_at", due):
            raise PydanticCustomError("dates", "The deadline for questions cannot be after the deadline for proposals.")
        return due

    @field_validator("plan_told_at")
    @classmethod
    def _told_when_proposals_are_in(cls, told: datetime, info: ValidationInfo) -> datetime:
        if told < info.data.get("proposals_due_at", told):
            raise PydanticCustomError(
                "dates", "The times of the meetings cannot be sent before the deadline for proposals."
            )
        return told

    @field_validator("held_on")
    @classmethod
    def _held_after_it_is_told(cls, held: date, info: ValidationInfo) -> date:
        told = info.data.get("plan_told_at")
        if told is not None and held <= told.astimezone(clock.OSLO).date():
            raise PydanticCustomError("dates", "The day must come after the times of the meetings are sent.")
        return held

    @field_validator("summary_due_on")
    @classmethod
    def _summary_after_the_day(cls, due: date, info: ValidationInfo) -> date:
        if due <= info.data.get("held_on", date.min):
            raise PydanticCustomError("dates", "The summary must come after the day.")
        return due

    @field_validator("sealed_until")
    @classmethod
    def _sealed_until_proposals_are_in(cls, until: datetime | None, info: ValidationInfo) -> datetime | None:
        due = info.data.get("proposals_due_at")
        if until is not None and due is not None and until < due:
            raise PydanticCustomError("dates", "The seal cannot be broken before the deadline for proposals.")
        return until

    @field_validator("booking_closes_at")
    @classmethod
    def _booked_before_the_day(cls, closes: datetime | None, info: ValidationInfo) -> datetime | None:
        way, opens, held = (info.data.get(name) for name in ("booking", "booking_opens_at", "held_on"))
        if way is BookingWay.FIRST_COME and (opens is None or closes is None):
            raise PydanticCustomError("dates", "Say when suppliers may begin to choose their times, and until when.")
        if closes is not None and opens is not None and closes <= opens:
            raise PydanticCustomError("dates", "Choosing times must end after it has begun.")
        if closes is not None and held is not None and closes.astimezone(clock.OSLO).date() >= held:
            raise PydanticCustomError("dates", "Choosing times must end before the day.")
        return closes

    @field_validator("buyers")
    @classmethod
    def _one_leads(cls, buyers: list[BuyerIn]) -> list[BuyerIn]:
        if [buyer.role for buyer in buyers].count(BuyerRole.LEAD) != 1:
            raise PydanticCustomError("one_lead", "Exactly one municipality leads the dialogue.")
        numbers = [buyer.organisation_number for buyer in buyers if buyer.organisation_number]
        if len(numbers) != len(set(numbers)):
            raise PydanticCustomError("buyer_twice", "The same organisation number stands twice.")
        return buyers


class DialogueOut(BaseModel):
    """A dialogue as anybody may see it once it is published."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    slug: str
    title: str
    summary: str
    place: str
    organiser_name: str
    organiser_email: str
    phase: Phase
    announced_at: datetime
    registration_closes_at: datetime
    proposals_due_at: datetime
    questions_due_at: datetime | None
    plan_told_at: datetime
    held_on: date
    summary_due_on: date
    places: int | None
    late_rule: LateRule
    sealed_until: datetime | None
    booking: BookingWay
    booking_opens_at: datetime | None
    booking_closes_at: datetime | None
    quiet_minutes: int
    reminds: bool


class DialogueWithBuyers(DialogueOut):
    """A dialogue, and who takes part in it."""

    buyers: list[BuyerOut]

    @classmethod
    def of(cls, dialogue: Dialogue, buyers: list[Buyer]) -> Self:
        """What is told of this dialogue and these buyers."""
        told = DialogueOut.model_validate(dialogue).model_dump()
        return cls(**told, buyers=[BuyerOut.model_validate(buyer) for buyer in buyers])


class Opened(BaseModel):
    """A new dialogue, and the link that makes whoever holds it its organiser; it is shown this once."""

    dialogue: DialogueWithBuyers
    organiser_link: str
