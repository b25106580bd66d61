"""Files are known by their content, never unpacked, and given back under a name that harms nobody."""

import re
import zipfile
from email.message import Message
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.kernel.attachments import Kind, clean_name, disposition, kind_of
from tests.counting import calls_of
from tests.proposals.factories import PDF, odt, ooxml, zipped


def _locked(content: bytes) -> bytes:
    """The same zip file, with the mark of an encrypted entry in its list of contents."""
    place = content.index(b"PK\x01\x02") + 8
    return content[:place] + b"\x01" + content[place + 1 :]


def _bomb() -> bytes:
    """One thousand to one."""
    return ooxml("docx", **{"word/media/zeros": bytes(50_000_000)})


SOUND = {"pdf": (PDF, Kind.PDF), "docx": (ooxml("docx"), Kind.DOCX), "xlsx": (ooxml("xlsx"), Kind.XLSX)}
REFUSED = {
    "nothing": b"",  # I19: 0 bytes
    "text": b"hello",
    "html": b"<!doctype html><script>alert(1)</script>%PDF-1.7 %%EOF",
    "html before pdf": b"<html>" + PDF,  # I19: polyglot
    "cut-off pdf": PDF[:-7],
    "exe": b"MZ\x90\x00" + bytes(100),
    "png": b"\x89PNG\r\n\x1a\n" + bytes(50),
    "old word, or locked docx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "plain zip": zipped({"a.txt": b"a"}),
    "docx that lacks its document": zipped({"[Content_Types].xml": b""}),
    "odt in name only": zipped({"content.xml": b"", "mimetype": b"application/vnd.oasis.opendocument.text"}),
    "spreadsheet as odt": zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b""}),
    "macros": ooxml("docx", **{"word/vbaProject.bin": b"x"}),
    "locked": _locked(ooxml("docx")),
    "leads out": ooxml("docx", **{"../../etc/passwd": b"x"}),
    "leads to the root": ooxml("docx", **{"/etc/passwd": b"x"}),
    "comment after the end": zipped({"[Content_Types].xml": b"", "word/document.xml": b""}, comment=b"hidden"),
    "something before": b"#!/bin/sh\n" + ooxml("docx"),
    "something after": ooxml("docx") + b"<script>",
    "cut off": ooxml("docx")[:-30],
    "bomb": _bomb(),  # I21
    "ten thousand entries": ooxml("docx", **{f"part{number}": b"" for number in range(10_000)}),  # I21
}


@pytest.mark.parametrize(("content", "kind"), SOUND.values(), ids=SOUND)
def test_a_file_is_known_by_its_content(content: bytes, kind: Kind) -> None:
    assert kind_of(content) is kind


def test_an_open_document_text_is_known_by_its_first_part() -> None:
    assert kind_of(odt()) is Kind.ODT


@pytest.mark.parametrize("content", REFUSED.values(), ids=REFUSED)
def test_what_is_of_no_such_kind_or_unsound_is_not_taken(content: bytes) -> None:
    """I19, I21."""
    assert kind_of(content) is None


def test_a_list_of_contents_is_not_read_when_it_is_long() -> None:
    """I21: refused before it costs anything."""
    whole = BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for number in range(20_000):
            archive.writestr(f"{number}", b"")
    content = whole.getvalue()

    assert kind_of(content) is None
    assert calls_of(lambda: kind_of(content)) < 2 * calls_of(lambda: kind_of(odt()))


@settings(max_examples=200)
@given(st.sampled_from(list(SOUND.values())), st.data())
def test_a_damaged_file_is_taken_or_refused_but_never_a_fault_of_ours(
    sound: tuple[bytes, Kind], data: st.DataObject
) -> None:
    content, kind = sound
    place = data.draw(st.integers(0, len(content) - 1))
    damaged = content[:place] + data.draw(st.binary(min_size=1, max_size=4)) + content[place + 1 :]

    assert kind_of(damaged) in {None, kind}


NAMES = {
    "Forslag.pdf": "Forslag.pdf",
    "../../etc/passwd": "passwd.pdf",
    "..\\..\\windows\\system.ini": "system.pdf",
    "forslag.html": "forslag.pdf",
    "forslag.pdf.exe": "forslag.pdf.pdf",
    "CON": "file CON.pdf",
    "nul.pdf": "file nul.pdf",
    "a\x00b.pdf": "ab.pdf",
    "a\r\nSet-Cookie: x.pdf": "a Set-Cookie- x.pdf",
    "\u202efdp.exe": "fdp.pdf",
    ".": "file.pdf",
    "": "file.pdf",
    "A\u030arsplan «2027».pdf": "Årsplan «2027».pdf",
    "\ud800": "file.pdf",
    "\u00a0": "file.pdf",
}


@pytest.mark.parametrize(("given_name", "kept"), NAMES.items(), ids=range(len(NAMES)))
def test_a_name_is_made_fit_for_any_file_system(given_name: str, kept: str) -> None:
    """I22."""
    assert clean_name(given_name, Kind.PDF) == kept


@given(st.text(max_size=300), st.sampled_from(Kind))
def test_any_name_can_be_given_back_in_a_header(name: str, kind: Kind) -> None:
    """I22: RFC 6266 and RFC 8187, read as a browser does."""
    cleaned = clean_name(name, kind)
    header = disposition(cleaned)

    assert cleaned.endswith(kind.extension)
    assert len(cleaned.encode()) <= 255
    assert re.search(r'[/\\\x00-\x1f\x7f<>:"|?*]', cleaned) is None
    assert header.isascii()
    assert header.startswith('attachment; filename="')
    assert _name_in(header) == cleaned
    assert re.fullmatch(r'attachment; filename="[a-z0-9-]+\.[a-z]+"; filename\*=UTF-8\'\'[A-Za-z0-9%_.~-]+', header)


def _name_in(header: str) -> str | None:
    """The name for all languages, which browsers prefer to the one in ASCII."""
    read = Message()
    read["Content-Disposition"] = "attachment; " + header.rpartition("; ")[2]
    return read.get_filename()
