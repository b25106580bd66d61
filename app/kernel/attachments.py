"""The files that people send in: which kinds we take, and under what name we give them back.

A file is known by its content, never by its name. PDF files are not parsed here at all. Of the zip-based kinds only
the list of contents at the end is read, after its size has been seen to be small: nothing is ever unpacked.
"""

import re
import struct
import unicodedata
import zipfile
from enum import Enum
from io import BytesIO
from urllib.parse import quote

import puremagic

from app.kernel.texts import slug_of

MOST_ENTRIES = 2_000
MOST_LIST_BYTES = 500_000
MOST_UNPACKED_BYTES = 200_000_000
MOST_RATIO = 100
_END = struct.Struct("<4s4H2LH")  # the last record of a zip file that carries no comment
_ODT_START = b"mimetypeapplication/vnd.oasis.opendocument.text"
_OOXML = "application/vnd.openxmlformats-officedocument"


class Kind(Enum):
    """A kind of file that we take: its extension, its media type, and what a zip-based one must hold."""

    PDF = (".pdf", "application/pdf", ())
    DOCX = (".docx", f"{_OOXML}.wordprocessingml.document", ("[Content_Types].xml", "word/document.xml"))
    XLSX = (".xlsx", f"{_OOXML}.spreadsheetml.sheet", ("[Content_Types].xml", "xl/workbook.xml"))
    ODT = (".odt", "application/vnd.oasis.opendocument.text", ("mimetype", "content.xml"))

    def __init__(self, extension: str, media_type: str, parts: tuple[str, ...]) -> None:
        self.extension = extension
        self.media_type = media_type
        self.parts = frozenset(parts)


def kind_of(content: bytes) -> Kind | None:
    """What kind of file this is, by its content; None when it is none that we take, or not a sound one."""
    return next((kind for kind in Kind if kind.extension in _extensions(content) and _is_sound(content, kind)), None)


def _extensions(content: bytes) -> set[str]:
    try:
        return {match.extension for match in puremagic.magic_string(content)}
    except (puremagic.PureError, ValueError):
        return set()


def _is_sound(content: bytes, kind: Kind) -> bool:
    if kind is Kind.PDF:
        return content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:]
    if kind is Kind.ODT and content[30 : 30 + len(_ODT_START)] != _ODT_START:
        return False
    return content.startswith(b"PK\x03\x04") and _has_a_short_list(content) and _holds(content, kind)


def _has_a_short_list(content: bytes) -> bool:
    """Whether the file ends in a plain end record whose list of contents is small and lies just before it."""
    if len(content) < _END.size:
        return False
    signature, disk, first_disk, here, entries, size, offset, comment = _END.unpack(content[-_END.size :])
    is_plain = (signature, disk, first_disk, comment) == (b"PK\x05\x06", 0, 0, 0) and here == entries
    is_small = entries <= MOST_ENTRIES and size <= MOST_LIST_BYTES
    return is_plain and is_small and offset + size + _END.size == len(content)


def _holds(content: bytes, kind: Kind) -> bool:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error):
        # All that zipfile raises for lists of contents that somebody has tampered with.
        return False
    names = [entry.filename for entry in entries]
    unpacked = sum(entry.file_size for entry in entries)
    return (
        kind.parts <= set(names)
        and len(set(names)) == len(names)
        and not any(_is_unwanted(entry) for entry in entries)
        and unpacked <= min(MOST_UNPACKED_BYTES, MOST_RATIO * len(content))
    )


def _is_unwanted(entry: zipfile.ZipInfo) -> bool:
    is_locked = bool(entry.flag_bits & 1)
    leads_out = entry.filename.startswith("/") or "\\" in entry.filename or ".." in entry.filename.split("/")
    return is_locked or leads_out or entry.filename.lower().endswith("vbaproject.bin")


_UNFIT = re.compile(r'[<>:"|?*]')
_RESERVED = re.compile(r"(?i:con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")  # names that Windows keeps for devices


def clean_name(name: str, kind: Kind) -> str:
    """The sender's name for the file, made fit for any file system, with the extension of its kind."""
    visible = shown_name(name)
    stem = visible.rpartition(".")[0] or visible
    fit = _UNFIT.sub("-", stem).encode()[:150].decode(errors="ignore").strip(" .")
    if not fit or _RESERVED.fullmatch(fit):
        fit = f"file {fit}".strip()
    return fit + kind.extension


def shown_name(name: str) -> str:
    """The last part of the sender's name for the file, in visible characters, as it may stand in a sentence."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    spaced = " ".join(last.split())
    return "".join(character for character in spaced if unicodedata.category(character)[0] != "C")


def disposition(name: str) -> str:
    """The Content-Disposition of a download under this name: RFC 6266, with RFC 8187 for what ASCII cannot say."""
    stem, dot, extension = name.rpartition(".")
    return f"attachment; filename=\"{slug_of(stem)}{dot}{extension}\"; filename*=UTF-8''{quote(name, safe='')}"
