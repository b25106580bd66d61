"""What is kept of questions and answers."""

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.kernel.refusals import NotFound
from app.questions.models import Question, SharedAnswer
from app.questions.naming import Asker
from app.questions.schemas import QuestionState
from app.suppliers.models import Supplier


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the one who asked it sees it: with its state, and the number of its answer once that is out."""

    question: Question
    state: QuestionState
    number: int | None = None


def own_questions(db: Session, supplier_id: UUID) -> list[Asked]:
    """What a supplier has asked, the latest first."""
    answers = sa.outerjoin(Question, SharedAnswer, Question.answer_id == SharedAnswer.id)
    mine = sa.select(Question, SharedAnswer).select_from(answers).where(Question.supplier_id == supplier_id)
    rows = db.execute(mine.order_by(Question.asked_at.desc(), Question.id)).all()
    return [_asked(question, answer, [other for other, _ in rows]) for question, answer in rows]


def _asked(question: Question, answer: SharedAnswer | None, own: list[Question]) -> Asked:
    if question.declined_at is not None:
        return Asked(question, QuestionState.DECLINED)
    if answer is None or answer.number is None:
        return Asked(question, QuestionState.WAITING)
    # Only among its own: whether others asked the same is not for it to know.
    together = sum(other.answer_id == answer.id for other in own) > 1
    return Asked(question, QuestionState.ANSWERED_TOGETHER if together else QuestionState.ANSWERED, answer.number)


def how_many_wait(db: Session, supplier_id: UUID) -> int:
    """How many of a supplier's questions have neither been answered to all nor declined."""
    return sum(one.state is QuestionState.WAITING for one in own_questions(db, supplier_id))


@dataclass(frozen=True, slots=True)
class Desk:
    """What an organiser has before it; a question that waits or was declined stands beside who asked it."""

    waiting: list[tuple[Question, Supplier]]
    drafts: list[tuple[SharedAnswer, list[Question]]]
    answers: list[SharedAnswer]
    declined: list[tuple[Question, Supplier]]


def desk(db: Session, dialogue_id: UUID) -> Desk:
    """Where the questions of a dialogue stand, for its organiser."""
    rows = sa.select(Question, Supplier).join(Supplier, Question.supplier_id == Supplier.id)
    mine = rows.where(Question.dialogue_id == dialogue_id).order_by(Question.asked_at, Question.id)
    asked = [(question, supplier) for question, supplier in db.execute(mine)]
    unanswered = [(question, supplier) for question, supplier in asked if question.answer_id is None]
    return Desk(
        waiting=[pair for pair in unanswered if pair[0].declined_at is None],
        drafts=[
            (draft, [question for question, _ in asked if question.answer_id == draft.id])
            for draft in drafts(db, dialogue_id)
        ],
        answers=answers(db, dialogue_id),
        declined=[pair for pair in unanswered if pair[0].declined_at is not None],
    )


def question_in(db: Session, dialogue_id: UUID, question_id: UUID) -> Question:
    """The question with this id; raises NotFound, for those of other dialogues, too."""
    is_it = sa.and_(Question.id == question_id, Question.dialogue_id == dialogue_id)
    question = db.scalars(sa.select(Question).where(is_it)).one_or_none()
    if question is None:
        raise NotFound("There is no such question.")
    return question


def of_dialogue(db: Session, dialogue_id: UUID) -> list[Question]:
    """Every question of a dialogue, the oldest first; for its organiser."""
    asked = sa.select(Question).where(Question.dialogue_id == dialogue_id)
    return list(db.scalars(asked.order_by(Question.asked_at, Question.id)))


def drafts(db: Session, dialogue_id: UUID) -> list[SharedAnswer]:
    """The answers that are not published, in the order in which they were written; for the organiser."""
    unpublished = sa.and_(SharedAnswer.dialogue_id == dialogue_id, SharedAnswer.number.is_(None))
    written = sa.select(SharedAnswer).where(unpublished)
    return list(db.scalars(written.order_by(SharedAnswer.written_at, SharedAnswer.id)))


def answers(db: Session, dialogue_id: UUID) -> list[SharedAnswer]:
    """What all have been told, in the order of publication."""
    published = sa.and_(SharedAnswer.dialogue_id == dialogue_id, SharedAnswer.number.is_not(None))
    return list(db.scalars(sa.select(SharedAnswer).where(published).order_by(SharedAnswer.number)))


def in_dialogue(db: Session, dialogue_id: UUID, answer_id: UUID) -> SharedAnswer:
    """The answer with this id, draft or published; raises NotFound, for those of other dialogues, too."""
    is_it = sa.and_(SharedAnswer.id == answer_id, SharedAnswer.dialogue_id == dialogue_id)
    return _found(db.scalars(sa.select(SharedAnswer).where(is_it).execution_options(populate_existing=True)).first())


def numbered(db: Session, dialogue_id: UUID, number: int) -> SharedAnswer:
    """The published answer with this number; raises NotFound."""
    is_it = sa.and_(SharedAnswer.number == number, SharedAnswer.dialogue_id == dialogue_id)
    return _found(db.scalars(sa.select(SharedAnswer).where(is_it).execution_options(populate_existing=True)).first())


def _found(answer: SharedAnswer | None) -> SharedAnswer:
    if answer is None:
        raise NotFound("There is no such answer.")
    return answer


def in_answer(db: Session, answer_id: UUID) -> list[Question]:
    """The questions that an answer, draft or published, was written to."""
    return list(db.scalars(sa.select(Question).where(Question.answer_id == answer_id)))


def askers_of(db: Session, questions: list[Question]) -> list[Asker]:
    """Who asked these questions."""
    asked = Supplier.id.in_({question.supplier_id for question in questions})
    return [_asker(supplier) for supplier in db.scalars(sa.select(Supplier).where(asked))]


def _asker(supplier: Supplier) -> Asker:
    contacts = [(supplier.contact_name, supplier.contact_email), *supplier.more_contacts]
    people = (*(name for name, _ in contacts), *supplier.attendees)
    return Asker(supplier.name, supplier.organisation_number, people, tuple(address for _, address in contacts))
