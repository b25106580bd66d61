"""Proposals and files for tests."""

import zipfile
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from app.suppliers.models import Supplier

QUESTIONS = {
    1: ("Hvordan dekker løsningen behovene?", 10),
    2: ("Hva skal til for å ta den i bruk?", 500),
}
ANSWERS = {1: "En liten dispenser.", 2: "Seks uker.\n\nOg to superbrukere."}
PDF = b"%PDF-1.7\n1 0 obj\nendobj\ntrailer\n%%EOF\n"
OOXML_PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}


@dataclass(frozen=True)
class Sender:
    """A supplier that the client is signed in as; `address` is the path of its own page."""

    supplier: Supplier
    address: str
    token: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


def proposal(answers: dict[int, str] | None = None, **more: Any) -> dict[str, Any]:
    """What a system sends as a proposal."""
    given = ANSWERS if answers is None else answers
    return {"answers": [{"number": number, "text": text} for number, text in given.items()], **more}


def form(answers: dict[int, str] | None = None, **more: str) -> dict[str, str]:
    """What a browser sends as a proposal."""
    given = ANSWERS if answers is None else answers
    return {**{f"answer-{number}": text for number, text in given.items()}, **more}


def zipped(parts: dict[str, bytes], *, comment: bytes = b"") -> bytes:
    """A zip file with these parts in this order; the part `mimetype` is stored as OpenDocument wants it."""
    whole = BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            how = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), content, compress_type=how)
        archive.comment = comment
    return whole.getvalue()


def ooxml(kind: str, **more: bytes) -> bytes:
    """A docx or xlsx file, with more parts in it."""
    parts = {"[Content_Types].xml": b"<Types/>", OOXML_PARTS[kind]: b"<document/>"}
    return zipped({**parts, **more})


def odt() -> bytes:
    """An OpenDocument text."""
    return zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<office/>"})
