"""The suppliers of a dialogue as a table to keep, with the headings and words of one language."""

from collections.abc import Sequence
from datetime import datetime

from app.kernel import clock
from app.kernel.languages import translate
from app.kernel.settings import Language
from app.kernel.sheets import Cell, csv_of
from app.planning.overview import SupplierLine
from app.suppliers.models import NORWAY, RegisterState, Supplier

NAME = "suppliers.csv"


def as_csv(lines: Sequence[SupplierLine], language: Language) -> bytes:
    """A heading and a row for each supplier; times are by the clock on the wall, those of the day without its date."""
    return csv_of([_headings(language), *(_row(line, language) for line in lines)])


def _headings(language: Language) -> list[Cell]:
    return [
        translate(language, "Supplier"),
        translate(language, "Organisation number"),
        translate(language, "In the register"),
        translate(language, "Contact"),
        translate(language, "E-mail"),
        translate(language, "Telephone"),
        translate(language, "Persons"),
        translate(language, "Takes part"),
        translate(language, "Arrives"),
        translate(language, "Leaves"),
        translate(language, "Solution proposal"),
        translate(language, "Meeting"),
    ]


def _row(line: SupplierLine, language: Language) -> list[Cell]:
    supplier = line.supplier
    return [
        supplier.name,
        supplier.shown_number,
        _register_words(supplier, language),
        supplier.contact_name,
        supplier.contact_email,
        (supplier.contact_phone or "").replace("+", "00"),  # what begins with a sign would be a formula
        supplier.seats,
        translate(language, "By video") if supplier.online else translate(language, "At the place"),
        _hour(supplier.arrives),
        _hour(supplier.leaves),
        _moment(line.proposal.submitted_at) if line.proposal else translate(language, "Not in"),
        ", ".join(_moment(one.starts_at) for one in line.meetings),
    ]


def _register_words(supplier: Supplier, language: Language) -> str:
    if supplier.country != NORWAY:
        return translate(language, "From abroad, not checked")
    return {
        RegisterState.NOT_CHECKED: translate(language, "Not checked"),
        RegisterState.ACTIVE: translate(language, "Active"),
        RegisterState.BANKRUPT: translate(language, "Bankrupt"),
        RegisterState.WINDING_UP: translate(language, "Being wound up"),
        RegisterState.DELETED: translate(language, "Deleted from the register"),
        RegisterState.REMOVED: translate(language, "Taken out of the register's open data"),
        RegisterState.UNKNOWN: translate(language, "Nobody has this number"),
    }[supplier.register_state]


def _hour(minutes: int | None) -> str:
    return "" if minutes is None else "{:02}:{:02}".format(*divmod(minutes, 60))


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(clock.OSLO):%Y-%m-%d %H:%M}"
