"""Documents as PDF that everybody can read (PDF/UA-1), set by Typst; the same facts give the same bytes.

What people have written reaches the template as data, never as markup: nothing in it can become an instruction.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from importlib.metadata import version
from typing import Literal

import typst

from app.kernel.disk import write_whole
from app.kernel.html import TEMPLATES
from app.kernel.settings import settings


def document(template: str, facts: Mapping[str, object], *, made_at: datetime) -> bytes:
    """The PDF that `template` makes of `facts` (which are JSON); set once, and kept on disk by what went into it."""
    markup, text = (TEMPLATES / template).read_bytes(), json.dumps(facts, sort_keys=True)
    recipe = "\0".join((version("typst"), markup.decode(), text, made_at.isoformat()))
    kept = settings().files / "documents" / f"{hashlib.sha256(recipe.encode()).hexdigest()}.pdf"
    if not kept.exists():
        write_whole(kept, set_in_type(markup, text, made_at))
    return kept.read_bytes()


def set_in_type(markup: bytes, facts: str, made_at: datetime) -> bytes:
    """The PDF of one template and its facts, without looking for one that has been kept."""
    try:
        return _compiled(markup, facts, made_at, standard="ua-1")
    except typst.TypstError:
        # PDF/UA allows no character that the fonts lack. Better the whole text, with a box where the emoji was.
        return _compiled(markup, facts, made_at, standard=None)


def _compiled(markup: bytes, facts: str, made_at: datetime, *, standard: Literal["ua-1"] | None) -> bytes:
    # Only the fonts that come with Typst: others would differ from one machine to the next.
    compiler = typst.Compiler(markup, root=TEMPLATES, ignore_system_fonts=True, sys_inputs={"facts": facts})
    made = compiler.compile(format="pdf", pdf_standards=standard, timestamp=made_at.replace(microsecond=0))
    if not isinstance(made, bytes):
        raise TypeError("Typst gave pages instead of a document")
    return made
