"""The ids that a day file gives to its things, known before the things themselves are read."""

import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Self

from solver.format.characters import refuse_unseen
from solver.format.json_text import refuse, shown
from solver.format.reading import Reader, each_once, word

Ids = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Names:
    """Each id with its place in its list, so that a part may name another that stands further down."""

    rooms: Ids
    people: Ids
    panels: Ids
    suppliers: Ids
    sessions: Ids
    meetings: Ids

    @classmethod
    def among(cls, values: object) -> Self:
        """The ids found in the JSON values of a day; what is not an id is left for the readers to refuse."""
        lists = values if isinstance(values, dict) else {}
        return cls(*(_ids(lists.get(key)) for key in cls.__slots__))

    @property
    def parties(self) -> Ids:
        """Suppliers and panels."""
        return {**self.suppliers, **self.panels}

    @property
    def activities(self) -> Ids:
        """Sessions and meetings."""
        return {**self.sessions, **self.meetings}


def new_id() -> Reader[str]:
    """A reader of ids in one name space; it remembers them, and refuses what reads the same."""
    taken: set[str] = set()

    def read(value: object) -> str:
        found = word(value)
        refuse_unseen(found)
        form = unicodedata.normalize("NFC", found)
        if form in taken:
            refuse(f"the id {shown(found)} is already taken")
        taken.add(form)
        return found

    return read


def known(ids: Collection[str], kind: str) -> Reader[str]:
    """A reader of ids that must be among those given; `kind` is what they stand for."""

    def read(value: object) -> str:
        if not isinstance(value, str):
            refuse(f"expected the id of a {kind}, found {shown(value)}")
        if value not in ids:
            refuse(f"no {kind} {shown(value)}")
        return value

    return read


def everyone(ids: Ids, kind: str) -> Reader[tuple[str, ...]]:
    """A reader of a list of ids of one kind, in which `"all"` means every one of them."""
    everybody, listed = tuple(ids), each_once(known(ids, kind))

    def read(value: object) -> tuple[str, ...]:
        if isinstance(value, str) and value != "all":
            refuse(f'expected "all" or a list, found {shown(value)}')
        return everybody if value == "all" else listed(value)

    return read


def some_of(ids: Ids, chosen: tuple[str, ...]) -> tuple[str, ...]:
    """Those chosen that are among the ids, in the order of the ids."""
    return tuple(sorted((one for one in chosen if one in ids), key=ids.__getitem__))


def _ids(items: object) -> Ids:
    return {name: place for place, name in enumerate(_texts(items))}


def _texts(items: object) -> Iterator[str]:
    for item in items if isinstance(items, list) else ():
        name = item.get("id") if isinstance(item, dict) else None
        if isinstance(name, str):
            yield name
