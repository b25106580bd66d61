"""Forms on pages: what was typed is either a checked value, or comes back beside sentences on what to mend."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from fastapi import Request
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from starlette.datastructures import UploadFile

from app.kernel.languages import catalogue, translate
from app.kernel.settings import Language

Checked = TypeVar("Checked", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Typed(Generic[Checked]):
    """What somebody typed: `value` when all of it holds, else None and `errors`, a sentence for each field."""

    texts: Mapping[str, str]
    value: Checked | None = None
    errors: Mapping[str, str] = field(default_factory=dict)


async def typed_texts(request: Request) -> dict[str, str]:
    """The text fields of a posted form, the last of each name; at most 200 fields and 4 files."""
    form = await request.form(max_files=4, max_fields=200, max_part_size=200_000)
    return {name: value for name, value in form.multi_items() if not isinstance(value, UploadFile)}


def check(model: type[Checked], texts: Mapping[str, str], language: Language) -> Typed[Checked]:
    """Hold what was typed against `model`; fields left empty count as not given."""
    given = {name: text for name, text in texts.items() if text.strip() and name in model.model_fields}
    try:
        return Typed(texts, model.model_validate(given, strict=False))
    except ValidationError as faults:
        return Typed(texts, None, {_field(fault): sentence_of(fault, language) for fault in reversed(faults.errors())})


def _field(fault: ErrorDetails) -> str:
    return str(fault["loc"][0]) if fault["loc"] else ""


_SENTENCES = {
    "missing": "This must be filled in.",
    "string_type": "This must be text.",
    "string_unicode": "This must be text.",
    "string_too_long": "This is too long: at most {max_length} characters.",
    "string_too_short": "This is too short: at least {min_length} characters.",
    "string_pattern_mismatch": "This is not written in the way it must be.",
    "int_parsing": "Write a whole number.",
    "int_parsing_size": "Write a whole number.",
    "int_from_float": "Write a whole number.",
    "int_type": "Write a whole number.",
    "float_parsing": "Write a number.",
    "float_type": "Write a number.",
    "finite_number": "Write a number.",
    "bool_parsing": "Write true or false.",
    "bool_type": "Write true or false.",
    "greater_than": "This must be more than {gt}.",
    "greater_than_equal": "The least is {ge}.",
    "less_than": "This must be less than {lt}.",
    "less_than_equal": "The most is {le}.",
    "enum": "Choose one of {expected}.",
    "literal_error": "Choose one of {expected}.",
    "list_type": "This must be a list.",
    "too_long": "There are too many: at most {max_length}.",
    "too_short": "There are too few: at least {min_length}.",
    "model_attributes_type": "This must be an object with named fields.",
    "dict_type": "This must be an object with named fields.",
    "uuid_parsing": "This is not an id of ours.",
    "uuid_type": "This is not an id of ours.",
    "extra_forbidden": "This is not known here.",
    "date_type": "Write a date such as 2027-04-08.",
    "date_parsing": "Write a date such as 2027-04-08.",
    "date_from_datetime_parsing": "Write a date such as 2027-04-08.",
    "date_from_datetime_inexact": "Write a date such as 2027-04-08.",
    "datetime_type": "Write a date and a time, with its offset from UTC.",
    "datetime_parsing": "Write a date and a time, with its offset from UTC.",
    "datetime_object_invalid": "Write a date and a time, with its offset from UTC.",
    "datetime_from_date_parsing": "Write a date and a time, with its offset from UTC.",
    "timezone_aware": "Write a date and a time, with its offset from UTC.",
    "json_invalid": "This is not JSON.",
}


def sentence_of(fault: ErrorDetails, language: Language) -> str:
    """What is wrong with one value, as a sentence in `language`; never with the value itself in it."""
    # A checker's own sentence is in the catalogues; the library's words are not, and may name things of the code.
    own = fault["msg"] if fault["msg"] in catalogue("nb") else "This value cannot be used."
    sentence = _SENTENCES.get(fault["type"], own)
    limits = {name: value for name, value in fault.get("ctx", {}).items() if isinstance(value, int | float | str)}
    try:
        return translate(language, sentence, **limits)
    except (KeyError, IndexError, ValueError):
        return translate(language, "This value cannot be used.")
