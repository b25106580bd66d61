"""Whether a proposal can be taken: every question answered within its limit, and a file of a kind that we take."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.kernel.refusals import Invalid
from app.proposals import words
from app.proposals.attachments import Upload, kind_of
from app.proposals.models import ProposalQuestion


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one place: a sentence for the catalogues, and the values that fill it."""

    sentence: str
    values: Mapping[str, object]


class Unacceptable(Invalid):
    """A proposal that must be mended first; `faults` are by field, `answer-3` or `file`, in the order of the form."""

    def __init__(self, faults: Mapping[str, Fault]) -> None:
        # The detail of a problem names the first; the page shows them all.
        first = next(iter(faults.values()))
        super().__init__(first.sentence, **first.values)
        self.faults = faults


def field_of(number: int) -> str:
    """The name of the field that holds the answer to this question."""
    return f"answer-{number}"


def check(
    questions: Sequence[ProposalQuestion], answers: Mapping[int, str], upload: Upload | None, most_bytes: int
) -> None:
    """Do nothing when the proposal can be taken; raises Unacceptable with every fault in it."""
    faults = {
        field_of(question.number): fault
        for question in questions
        if (fault := _fault_of_answer(question, answers.get(question.number, ""))) is not None
    }
    for number in sorted(set(answers) - {question.number for question in questions}):
        faults[field_of(number)] = Fault("There is no question {number}.", {"number": number})
    if upload is not None and (fault := _fault_of_file(upload, most_bytes)) is not None:
        faults["file"] = fault
    if faults:
        raise Unacceptable(faults)


def _fault_of_answer(question: ProposalQuestion, text: str) -> Fault | None:
    if not text:
        return Fault("Question {number} has not been answered.", {"number": question.number})
    over = words.count(text) - question.word_limit
    if over <= 0:
        return None
    sentence = "The answer to question {number} has {over} words too many: the most is {limit}."
    return Fault(sentence, {"number": question.number, "over": over, "limit": question.word_limit})


def _fault_of_file(upload: Upload, most_bytes: int) -> Fault | None:
    if len(upload.content) > most_bytes:
        return Fault("The file is too large: the most is {megabytes} MB.", {"megabytes": most_bytes // 1_000_000})
    if kind_of(upload.content) is None:
        return Fault("Send a PDF, Word (docx), OpenDocument (odt) or Excel (xlsx) file, without macros or a lock.", {})
    return None
