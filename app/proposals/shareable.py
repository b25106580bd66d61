"""The version of a proposal that can be shared: what the supplier claims to be a trade secret is left out.

A marker stands where an answer or a passage stood, and always the same, so that it tells nothing of how much is gone.
Claimed files are left out. What may in truth be kept from the public is for the municipality to decide.
"""

from collections.abc import Sequence

from app.kernel.languages import translate
from app.kernel.settings import Language
from app.proposals.canonical import FIRST_FORMAT
from app.proposals.claims import Part, parts_of
from app.proposals.schemas import AnswerOut, ClaimsOut, FileOut, PassageOut, ProposalOut, ShareableAnswer, ShareableOut


def marker(language: Language) -> str:
    """What stands where something claimed has been left out."""
    return translate(language, "[claimed confidential by the supplier]")


def parts(answer: AnswerOut, form: int) -> list[Part]:
    """The answer with its claimed passages apart; in the first format brackets were but brackets."""
    if answer.claimed or form == FIRST_FORMAT:
        return [Part(answer.text, answer.claimed)]
    return parts_of(answer.text)


def answers_of(answers: Sequence[AnswerOut], form: int, language: Language) -> list[ShareableAnswer]:
    """The answers with the marker in place of what is claimed."""
    return [
        ShareableAnswer(
            number=answer.number,
            text="".join(marker(language) if part.claimed else part.text for part in parts(answer, form)),
        )
        for answer in answers
    ]


def of(proposal: ProposalOut, language: Language) -> ShareableOut:
    """The proposal as it can be shared, with the marker in `language`."""
    return ShareableOut(
        version=proposal.version,
        submitted_at=proposal.submitted_at,
        late=proposal.late,
        answers=answers_of(proposal.answers, proposal.format, language),
        files=[file for file in proposal.files if not file.claimed],
    )


def claims(answers: list[AnswerOut], files: list[FileOut], reason: str | None, form: int) -> ClaimsOut:
    """Everything in a proposal that its supplier claims to be a trade secret."""
    passages = [
        PassageOut(number=answer.number, text=part.text)
        for answer in answers
        if not answer.claimed
        for part in parts(answer, form)
        if part.claimed
    ]
    return ClaimsOut(
        answers=[answer.number for answer in answers if answer.claimed],
        passages=passages,
        files=[file.id for file in files if file.claimed],
        reason=reason,
    )
