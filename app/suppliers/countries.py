"""Where companies come from: the countries of ISO 3166, by name in the reader's language."""

from functools import cache

from babel import Locale

from app.kernel.settings import Language
from app.kernel.texts import slug_of
from app.suppliers.models import NORWAY

# What the names' source holds beside the countries: unions, test codes, and places that are parts of a country.
_NO_COUNTRIES = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}


@cache
def countries(language: Language = "en") -> dict[str, str]:
    """The name of each country by its two letters: Norway first, then by name."""
    names = {
        code: str(name)
        for code, name in Locale.parse(language).territories.items()
        if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRIES
    }
    return dict(sorted(names.items(), key=lambda one: (one[0] != NORWAY, _alphabetical(one[1], language))))


def _alphabetical(name: str, language: Language) -> str:
    # By code points, å would stand before æ and ø; in English it is an a.
    return slug_of(name) if language == "en" else name.casefold().replace("å", "ø\uffff")
