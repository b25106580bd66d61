"""The organiser's forms: what is ticked among many, and what is written beside it."""

from collections.abc import Mapping
from uuid import UUID

from app.kernel.forms import Checked, Typed, check
from app.kernel.languages import translate
from app.kernel.settings import Language
from app.questions.schemas import AnswerIn, DraftIn
from app.questions.service import Identifying

# What to do about a field left empty, in words that make sense in a list, too.
_ASKS = {
    "wording": "Write the question as all will read it.",
    "text": "Write the answer as all will read it.",
    "reason": "Write why the question gets no answer.",
}


def asked(model: type[Checked], texts: Mapping[str, str], language: Language) -> Typed[Checked]:
    """What was typed, held against `model`; what was left empty is asked for by its own words."""
    typed = check(model, texts, language)
    empty = {name for name in typed.errors if name in _ASKS and not texts.get(name, "").strip()}
    asks = {name: translate(language, _ASKS[name]) for name in empty}
    return Typed(texts, typed.value, {name: asks.get(name, sentence) for name, sentence in typed.errors.items()})


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
    typed = asked(DraftIn, {name: text for name, text in texts.items() if name in AnswerIn.model_fields}, language)
    value = typed.value and typed.value.model_copy(update={"questions": ticked(texts, "question")})
    return Typed(texts, value, typed.errors)


def faults_of(refusal: Identifying, language: Language) -> dict[str, str]:
    """A sentence for each field that gives away who asked."""
    return dict.fromkeys(refusal.fields, translate(language, refusal.sentence))
