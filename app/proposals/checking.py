"""Whether a proposal can be taken: every question answered within its limit, claims well marked, files that we take."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.kernel.attachments import kind_of, shown_name
from app.kernel.refusals import Invalid
from app.proposals import claims, words
from app.proposals.attachments import MOST_FILES, Upload
from app.proposals.models import ProposalQuestion


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one place: a sentence for the catalogues, and the values that fill it."""

    sentence: str
    values: Mapping[str, object]


class Unacceptable(Invalid):
    """A proposal that must be mended first; `faults` are by field, such as `answer-3`, in the order of the form."""

    def __init__(self, faults: Mapping[str, Fault]) -> None:
        # The detail of a problem names the first; the page shows them all.
        first = next(iter(faults.values()))
        super().__init__(first.sentence, **first.values)
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Attached:
    """The files of a proposal: those that came with it, and the sizes in bytes of those that it keeps."""

    uploads: Sequence[Upload]
    kept_sizes: Sequence[int]
    most_bytes: int


def field_of(number: int) -> str:
    """The name of the field that holds the answer to this question."""
    return f"answer-{number}"


def file_field(*, claimed: bool) -> str:
    """The name of the field for new files: those that are claimed to be trade secrets have their own."""
    return "claimed_files" if claimed else "files"


def check(questions: Sequence[ProposalQuestion], answers: Mapping[int, str], attached: Attached) -> None:
    """Do nothing when the proposal can be taken; raises Unacceptable with every fault in it."""
    faults = {
        field_of(question.number): fault
        for question in questions
        if (fault := _fault_of_answer(question, answers.get(question.number, ""))) is not None
    }
    for number in sorted(set(answers) - {question.number for question in questions}):
        faults[field_of(number)] = Fault("There is no question {number}.", {"number": number})
    for field, fault in _faults_of_files(attached):
        faults.setdefault(field, fault)
    if not faults and not (questions or attached.uploads or attached.kept_sizes):
        faults["files"] = Fault("There is nothing in the proposal.", {})
    if faults:
        raise Unacceptable(faults)


def faults_of_marks(answers: Mapping[int, str]) -> dict[str, Fault]:
    """What is wrong with the marks of claimed passages, by the field of the answer."""
    faults = {number: claims.fault_of(text) for number, text in answers.items()}
    return {field_of(number): Fault(fault, {"number": number}) for number, fault in faults.items() if fault}


def _fault_of_answer(question: ProposalQuestion, text: str) -> Fault | None:
    if sentence := claims.fault_of(text):
        return Fault(sentence, {"number": question.number})
    if not text.replace("[[", "").replace("]]", "").strip():
        return Fault("Question {number} has not been answered.", {"number": question.number})
    over = words.count(text) - question.word_limit
    if over <= 0:
        return None
    sentence = "The answer to question {number} has {over} words too many: the most is {limit}."
    return Fault(sentence, {"number": question.number, "over": over, "limit": question.word_limit})


def _faults_of_files(attached: Attached) -> Iterator[tuple[str, Fault]]:
    seen: set[str] = set()
    for upload in attached.uploads:
        field, name = file_field(claimed=upload.claimed), {"name": shown_name(upload.name)[:100]}
        if len(upload.content) > attached.most_bytes:
            yield field, _too_large(attached)
        elif kind_of(upload.content) is None:
            yield (
                field,
                Fault(
                    "“{name}” cannot be taken. Send a PDF, Word (docx), OpenDocument (odt) or Excel (xlsx) file, "
                    "without macros or a lock.",
                    name,
                ),
            )
        elif upload.sha256 in seen:
            yield field, Fault("“{name}” is there twice.", name)
        seen.add(upload.sha256)
    yield from _faults_of_all(attached)


def _faults_of_all(attached: Attached) -> Iterator[tuple[str, Fault]]:
    sizes = [*attached.kept_sizes, *(len(upload.content) for upload in attached.uploads)]
    if len(sizes) > MOST_FILES:
        yield "files", Fault("There are too many files: at most {most}.", {"most": MOST_FILES})
    elif sum(sizes) > attached.most_bytes:
        yield "files", _too_large(attached)


def _too_large(attached: Attached) -> Fault:
    sentence = "The files are too large: together they can be at most {megabytes} MB."
    return Fault(sentence, {"megabytes": attached.most_bytes // 1_000_000})
