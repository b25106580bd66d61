"""The organiser's forms: what is ticked among many, and what is written beside it."""

from collections.abc import Mapping
from uuid import UUID

from app.kernel.forms import Typed, check
from app.kernel.languages import translate
from app.kernel.settings import Language
from app.questions.schemas import AnswerIn, DraftIn
from app.questions.service import Identifying


def ticked(texts: Mapping[str, str], kind: str) -> list[UUID]:
    """The ids in the names of ticked boxes, as “question-…”, in the order of the page; what is no id counts as none."""
    ids = (name.removeprefix(f"{kind}-") for name in texts if name.startswith(f"{kind}-"))
    return [UUID(text) for text in ids if _is_id(text)]


def _is_id(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def typed_draft(texts: Mapping[str, str], language: Language) -> Typed[DraftIn]:
    """What was written, and to which questions; a sentence for each field to mend."""
    typed = check(DraftIn, {name: text for name, text in texts.items() if name in AnswerIn.model_fields}, language)
    value = typed.value and typed.value.model_copy(update={"questions": ticked(texts, "question")})
    return Typed(texts, value, typed.errors)


def faults_of(refusal: Identifying, language: Language) -> dict[str, str]:
    """A sentence for each field that gives away who asked."""
    return dict.fromkeys(refusal.fields, translate(language, refusal.sentence))
