"""Questions and answers: one asks, the organiser writes, and all are told the same at the same moment."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue, Phase
from app.dialogues.service import page_changed
from app.kernel import clock, post, trail
from app.kernel.refusals import Conflict, Invalid, NotFound
from app.questions import letters, queries
from app.questions.models import Question, SharedAnswer
from app.questions.naming import names_any
from app.questions.schemas import AnswerIn, DraftIn
from app.suppliers.models import Supplier
from app.suppliers.queries import waiting
from app.suppliers.service import of_dialogue

MOST_WAITING = 20


class Identifying(Invalid):
    """A text that is meant for all tells who asked; `fields` are those that do."""

    def __init__(self, fields: tuple[str, ...]) -> None:
        super().__init__("This names the one who asked. Write it so that nobody can tell who it was.")
        self.fields = fields


def due_at(dialogue: Dialogue) -> datetime:
    """Until when questions are taken in: the deadline itself is in time."""
    return dialogue.questions_due_at or dialogue.registration_closes_at


def is_open(dialogue: Dialogue, at: datetime) -> bool:
    """Whether a question that has come in whole at this moment is taken."""
    return dialogue.phase in {Phase.OPEN, Phase.PLANNED} and at <= due_at(dialogue)


def ask(db: Session, supplier: Supplier, text: str, *, received_at: datetime | None = None) -> Question:
    """Take in a supplier's question, which nobody but it and the organiser sees.

    `received_at` is when it had come in whole: now, unless told. Raises Conflict after the deadline, and when
    twenty of its questions wait.
    """
    moment = received_at or clock.now()
    dialogue = _locked(db, supplier.dialogue_id)
    db.refresh(supplier)
    if not is_open(dialogue, moment) or supplier.withdrawn_at is not None:
        raise Conflict("Questions are no longer taken in.")
    if queries.how_many_wait(db, supplier.id) >= MOST_WAITING:
        raise Conflict("You have {most} questions that wait for an answer, and more are not taken.", most=MOST_WAITING)
    question = Question(dialogue_id=dialogue.id, supplier_id=supplier.id, text=text, asked_at=moment)
    db.add(question)
    db.flush()
    trail.record(db, "asked", question, dialogue_id=dialogue.id, supplier=supplier.handle, text=text)
    return question


def decline(db: Session, dialogue: Dialogue, question_id: UUID, reason: str) -> Question:
    """Give a question no answer, and tell the one who asked why; raises Conflict unless it waits."""
    _locked(db, dialogue.id)
    question = _waiting(db, dialogue, [question_id])[0]
    question.declined_because, question.declined_at = reason, clock.now()
    trail.record(db, "declined", question, dialogue_id=dialogue.id, reason=reason)
    return question


def write(db: Session, dialogue: Dialogue, draft: DraftIn) -> SharedAnswer:
    """A new draft that answers some waiting questions together, or one that was asked outside the service.

    Raises Conflict when a question no longer waits, and Identifying when the draft tells who asked.
    """
    _locked(db, dialogue.id)
    questions = _waiting(db, dialogue, draft.questions)
    _refuse_names(db, draft, questions)
    answer = SharedAnswer(dialogue_id=dialogue.id, wording=draft.wording, text=draft.text)
    db.add(answer)
    db.flush()
    for question in questions:
        question.answer_id = answer.id
    _record(db, "drafted", answer, questions=[str(question.id) for question in questions])
    return answer


def rewrite(db: Session, dialogue: Dialogue, answer_id: UUID, written: AnswerIn) -> SharedAnswer:
    """The draft in new words; raises Conflict once it is published, and Identifying when it tells who asked."""
    answer = _draft(db, dialogue, answer_id)
    _refuse_names(db, written, queries.in_answer(db, answer.id))
    answer.wording, answer.text = written.wording, written.text
    _record(db, "changed", answer)
    return answer


def correct(db: Session, dialogue: Dialogue, number: int, written: AnswerIn) -> SharedAnswer:
    """The published answer in new words, of which each supplier is told by letter; the same words change nothing.

    Raises NotFound when there is none with this number, and Identifying when the words tell who asked.
    """
    _locked(db, dialogue.id)
    answer = queries.numbered(db, dialogue.id, number)
    _refuse_names(db, written, queries.in_answer(db, answer.id))
    if (answer.wording, answer.text) == (written.wording, written.text):
        return answer
    answer.wording, answer.text = written.wording, written.text
    answer.version, answer.corrected_at = answer.version + 1, clock.now()
    _record(db, "corrected", answer)
    _tell(db, dialogue, [answer], f"answer {number}, version {answer.version}")
    return answer


def change(db: Session, dialogue: Dialogue, answer: SharedAnswer, written: AnswerIn) -> SharedAnswer:
    """The answer in new words: a draft rewritten, or what all were told corrected."""
    if answer.number is None:
        return rewrite(db, dialogue, answer.id, written)
    return correct(db, dialogue, answer.number, written)


def discard(db: Session, dialogue: Dialogue, answer_id: UUID) -> None:
    """Throw a draft away: its questions wait again. Raises Conflict when it has been published."""
    answer = _draft(db, dialogue, answer_id)
    db.execute(sa.update(Question).where(Question.answer_id == answer.id).values(answer_id=None))
    _record(db, "discarded", answer)
    db.delete(answer)
    db.flush()


def publish(db: Session, dialogue: Dialogue, draft_ids: list[UUID]) -> list[SharedAnswer]:
    """The drafts, numbered in the order that is given, for everybody to see; each supplier gets one letter.

    Raises Conflict when one of them is no draft, and Identifying when one tells who asked.
    """
    dialogue = _locked(db, dialogue.id)
    if dialogue.phase is Phase.DRAFT:
        raise Conflict("Publish the dialogue first.")
    drafts = {draft.id: draft for draft in queries.drafts(db, dialogue.id)}
    chosen = [drafts[draft_id] for draft_id in dict.fromkeys(draft_ids) if draft_id in drafts]
    if not chosen or len(chosen) != len(set(draft_ids)):
        raise Conflict("One of these answers is no draft any more. Look again, and try once more.")
    first, moment = len(queries.answers(db, dialogue.id)) + 1, clock.now()
    for number, answer in enumerate(chosen, start=first):
        _refuse_names(db, answer, queries.in_answer(db, answer.id))
        answer.number, answer.published_at = number, moment
        _record(db, "published", answer)
    db.flush()
    _tell(db, dialogue, chosen, f"answers {first} to {first + len(chosen) - 1}")
    return chosen


def _locked(db: Session, dialogue_id: UUID) -> Dialogue:
    # One at a time in each dialogue: what is looked up next then holds until the commit.
    return db.get_one(Dialogue, dialogue_id, with_for_update=True, populate_existing=True)


def _draft(db: Session, dialogue: Dialogue, answer_id: UUID) -> SharedAnswer:
    _locked(db, dialogue.id)
    answer = queries.in_dialogue(db, dialogue.id, answer_id)
    if answer.number is not None:
        raise Conflict("What has been published to all stays. Correct it instead.")
    return answer


def _waiting(db: Session, dialogue: Dialogue, question_ids: list[UUID]) -> list[Question]:
    known = {question.id: question for question in queries.of_dialogue(db, dialogue.id)}
    if not known.keys() >= set(question_ids):
        raise NotFound("There is no such question.")
    questions = [known[question_id] for question_id in dict.fromkeys(question_ids)]
    if any(question.answer_id is not None or question.declined_at is not None for question in questions):
        raise Conflict("One of these questions no longer waits for an answer. Look again, and try once more.")
    return questions


def _refuse_names(db: Session, told: AnswerIn | SharedAnswer, questions: list[Question]) -> None:
    # Only of those who asked: else a name that is a common word would let one supplier keep all others' answers back.
    askers = queries.askers_of(db, questions)
    texts = {"wording": told.wording, "text": told.text}
    if fields := tuple(name for name, text in texts.items() if names_any(text, askers)):
        raise Identifying(fields)


def _record(db: Session, action: str, answer: SharedAnswer, **details: object) -> None:
    told = {"number": answer.number, "version": answer.version, "wording": answer.wording, "text": answer.text}
    trail.record(db, action, answer, dialogue_id=answer.dialogue_id, **told, **details)


def _tell(db: Session, dialogue: Dialogue, answers: list[SharedAnswer], act: str) -> None:
    page_changed(dialogue)
    # Those who wait for a place are told the same: they may get one.
    for supplier in (*of_dialogue(db, dialogue.id), *waiting(db, dialogue.id)):
        letter = letters.answered(supplier, dialogue, answers)
        post.send(db, letter, key=f"{act} to {supplier.id}", dialogue_id=dialogue.id)
