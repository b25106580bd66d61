"""Text at the doors: telephone numbers."""

import pytest
from pydantic import TypeAdapter, ValidationError

from app.kernel.texts import Phone

PHONE: TypeAdapter[str] = TypeAdapter(Phone)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        *(("22334455", "+4722334455"), ("22 33 44 55", "+4722334455"), ("912 34 567", "+4791234567")),
        *(("+47 22 33 44 55", "+4722334455"), ("0047 22334455", "+4722334455"), ("+46 (8) 123-45.67", "+4681234567")),
    ],
)
def test_a_telephone_number_is_kept_as_all_the_world_dials_it(typed: str, kept: str) -> None:
    assert PHONE.validate_python(typed) == kept


@pytest.mark.parametrize(
    "typed",
    ["", "1", "2233445", "02233445", "12345678", "+47", "+0 22334455", "+" + "1" * 16, "+47 22334455 x1", "ring"],
)
def test_what_cannot_be_dialled_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError, match="Write a telephone number: eight digits"):
        PHONE.validate_python(typed)
