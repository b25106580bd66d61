"""What comes by mail counts where it is proved, in the order in which it was said, and is answered by nobody."""

from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.invitations import answered, answering, forwarding, reading
from app.invitations.answered import Answered
from app.invitations.answers import How, Outcome, ReadMail
from app.kernel import clock, post, restored
from app.kernel.ical import PartStat
from app.kernel.post import Letter
from app.kernel.refusals import Conflict
from app.kernel.trail import TrailEntry
from app.meetings import service as meetings
from tests import calendar_rules
from tests.calendars import by_icalendar
from tests.hostile import HOSTILE
from tests.invitations.answers import (
    REPLIES,
    STAMP,
    invited,
    mailed,
    organiser_of,
    read_a_mailbox,
    reply,
    returned,
    stamped,
    told,
    written,
)
from tests.invitations.factories import ANNE, LIV, SUPPLIER, tell, to
from tests.mail_rules import broken, calendar_of, opened, text_of
from tests.meetings.factories import place

OTHER = "ola@firma9.example"

# What a message says does not depend on the database; what is done about it does, and is tried on both where the
# mailbox is read from end to end.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture(autouse=True)
def mailbox(house: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    read_a_mailbox(monkeypatch)
    with clock.as_if(STAMP + timedelta(hours=1)):
        yield


def _kept(db: Session, address: str = SUPPLIER) -> Answered:
    db.flush()
    return answered.of_told(db, told(db, address))


def _new_letters(db: Session, before: set[UUID]) -> list[EmailMessage]:
    db.flush()
    letters = db.scalars(sa.select(Letter).where(Letter.id.not_in(before)))
    return [opened(letter.mime) for letter in letters]


def _letters(db: Session) -> set[UUID]:
    db.flush()
    return set(db.scalars(sa.select(Letter.id)))


def test_an_invitation_comes_from_an_address_of_its_own_that_never_changes(db: Session) -> None:
    """M08: another organiser would be another event; and nobody can tell one recipient's address from another's."""
    dialogue, booking, first = invited(db)
    meetings.move(db, booking, place(db, dialogue, "11:00"))
    moved = tell(db, dialogue)
    meetings.cancel(db, booking)
    off = tell(db, dialogue)

    mine = {organiser_of(to(SUPPLIER, letters)) for letters in (first, moved, off)}
    all_of_them = {organiser_of(letter) for letter in first}
    sent = sa.select(Letter.sender).where(Letter.recipient == SUPPLIER, Letter.key.startswith(str(booking.request_id)))
    assert (len(mine), len(all_of_them), set(db.scalars(sent))) == (1, 3, mine)
    local, _, domain = mine.pop().partition("@")
    assert (local[:5], len(local), domain) == ("svar+", 31, "dialog.example")
    assert [broken(letter) for letter in first] == [[], [], []]
    assert str(to(SUPPLIER, first)["From"]).startswith("Anne Solvang <svar+")


def test_an_answer_is_kept_with_its_words_and_its_entry_in_the_trail(db: Session) -> None:
    _, booking, letters = invited(db)
    letter = to(SUPPLIER, letters)

    outcome = reading.take(db, mailed(letter, reply(letter, "DECLINED", "COMMENT:Vi er på reise")))

    kept = _kept(db)
    db.commit()
    entry = db.scalars(sa.select(TrailEntry).where(TrailEntry.action == "answered")).one()
    assert (outcome, kept.answer, kept.how, kept.comment) == (
        Outcome.ANSWERED,
        PartStat.DECLINED,
        How.MAIL,
        "Vi er på reise",
    )
    assert entry.details == {
        "appointment": str(booking.request_id),
        "sequence": 0,
        "answer": "DECLINED",
        "how": "mail",
    }


def test_the_answer_of_exchange_names_no_organiser_and_counts_all_the_same(db: Session) -> None:
    letter = to(SUPPLIER, invited(db)[2])
    calendar = reply(letter, ORGANIZER="", ATTENDEE=f"ATTENDEE;PARTSTAT=accepted;CN=Kari:MAILTO:{SUPPLIER.upper()}")

    assert (reading.take(db, mailed(letter, calendar)), _kept(db).answer) == (Outcome.ANSWERED, PartStat.ACCEPTED)


def test_an_attendee_that_its_program_does_not_know_is_the_one_who_was_asked(db: Session) -> None:
    letter = to(SUPPLIER, invited(db)[2])
    calendar = reply(letter, ATTENDEE="ATTENDEE;PARTSTAT=TENTATIVE:invalid:nomail")

    assert (reading.take(db, mailed(letter, calendar)), _kept(db).answer) == (Outcome.ANSWERED, PartStat.TENTATIVE)


def test_an_assistant_answers_on_the_recipients_behalf(db: Session) -> None:
    letter = to(SUPPLIER, invited(db)[2])
    calendar = reply(letter, ATTENDEE=f'ATTENDEE;SENT-BY="mailto:{OTHER}";PARTSTAT=ACCEPTED:mailto:{SUPPLIER}')

    assert reading.take(db, mailed(letter, calendar, sender=OTHER)) is Outcome.ANSWERED
    assert _kept(db).answer is PartStat.ACCEPTED


def test_the_mail_server_may_tell_where_it_was_delivered_by_another_header(db: Session) -> None:
    letter = to(SUPPLIER, invited(db)[2])
    mail = mailed(letter, reply(letter), to=REPLIES, headers=f"X-Original-To: <{organiser_of(letter).upper()}>\r\n")

    assert reading.take(db, mail) is Outcome.ANSWERED


UNPROVED = {
    "without the token": {"to": REPLIES},
    "with a token that was made up": {"to": f"svar+{'a' * 26}@dialog.example"},
    "from somebody else": {"sender": OTHER},
    "from two at once": {"sender": f"{SUPPLIER}, {OTHER}"},
    "to a like address elsewhere": {"to": "svar+{token}@dialog.invalid"},
}


def test_an_answer_that_nothing_proves_changes_nothing_and_is_shown(db: Session) -> None:
    """M11: the organiser sees it; nothing is sent in answer."""
    letter = to(SUPPLIER, invited(db)[2])
    token = organiser_of(letter).partition("+")[2].partition("@")[0]
    before = _letters(db)

    outcomes = {
        how: reading.take(
            db,
            mailed(
                letter,
                reply(letter, "DECLINED"),
                **{name: value.format(token=token) for name, value in changes.items()},
            ),
        )
        for how, changes in UNPROVED.items()
    }

    kept = next(one for one in answered.of_dialogue(db, told(db).dialogue_id) if one.address == SUPPLIER)
    assert (outcomes, kept.answer) == (dict.fromkeys(UNPROVED, Outcome.UNPROVED), PartStat.NEEDS_ACTION)
    assert [one.words for one in kept.unproved] == ["DECLINED"] * len(UNPROVED)
    assert _new_letters(db, before) == []


def test_a_flood_of_answers_that_nothing_proves_does_not_fill_the_desk(db: Session) -> None:
    """The rest stay in the mailbox for a person: what else would hide an honest one that comes after them?"""
    letter = to(SUPPLIER, invited(db)[2])

    flood = [
        reading.take(db, mailed(letter, reply(letter, "DECLINED"), sender=f"x{each}@firma9.example", to=REPLIES))
        for each in range(reading.MOST_UNPROVED + 2)
    ]
    proved = reading.take(db, mailed(letter, reply(letter)))

    kept = next(one for one in answered.of_dialogue(db, told(db).dialogue_id) if one.address == SUPPLIER)
    assert flood == [Outcome.UNPROVED] * reading.MOST_UNPROVED + [Outcome.UNKNOWN] * 2
    assert (len(kept.unproved), proved, kept.answer) == (reading.MOST_UNPROVED, Outcome.ANSWERED, PartStat.ACCEPTED)


def test_nobody_answers_for_another_with_a_letter_of_ones_own(db: Session) -> None:
    """M11: Anne's token proves nothing of Liv, and a stranger at the party is not let in."""
    letters = invited(db)[2]
    anne, liv = to(ANNE, letters), to(LIV, letters)
    as_liv = mailed(anne, reply(liv, "DECLINED"))
    from_liv = mailed(anne, reply(liv, "DECLINED"), sender=LIV)
    crasher = mailed(anne, reply(anne, ATTENDEE=f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{OTHER}"), sender=OTHER)

    outcomes = [reading.take(db, mail) for mail in (as_liv, from_liv, crasher)]

    kept = {one.address: one for one in answered.of_dialogue(db, told(db).dialogue_id)}
    assert outcomes == [Outcome.UNPROVED] * 3
    assert {one.answer for one in kept.values()} == {PartStat.NEEDS_ACTION}
    assert sorted(kept) == sorted([ANNE, LIV, SUPPLIER])


def test_an_answer_to_an_appointment_of_nobody_stays_for_a_person(db: Session) -> None:
    letter = to(SUPPLIER, invited(db)[2])
    foreign = mailed(letter, reply(letter, UID=f"UID:{UUID(int=3)}"), to=REPLIES)

    assert reading.take(db, foreign) is Outcome.UNKNOWN


def test_answers_are_taken_in_the_order_in_which_they_were_given(db: Session) -> None:
    """Of one sequence the newest stamp holds; what comes late from before it changes nothing."""
    letter = to(SUPPLIER, invited(db)[2])
    newer = mailed(letter, reply(letter, "DECLINED", DTSTAMP=stamped(60)))
    older = mailed(letter, reply(letter, "ACCEPTED", DTSTAMP=stamped(30)))

    outcomes = [reading.take(db, mail) for mail in (newer, older)]

    assert (outcomes, _kept(db).answer) == ([Outcome.ANSWERED, Outcome.OLD], PartStat.DECLINED)


def test_a_clock_that_runs_ahead_does_not_have_the_last_word_for_ever(db: Session) -> None:
    letter = to(SUPPLIER, invited(db)[2])
    ahead = mailed(letter, reply(letter, "DECLINED", DTSTAMP="DTSTAMP:20980101T000000Z"))
    reading.take(db, ahead)

    with clock.as_if(STAMP + timedelta(hours=2)):
        later = mailed(letter, reply(letter, "ACCEPTED", DTSTAMP=stamped(7200)))
        assert (reading.take(db, later), _kept(db).answer) == (Outcome.ANSWERED, PartStat.ACCEPTED)


def test_an_answer_to_an_earlier_time_is_too_late(db: Session) -> None:
    """B13: the yes was to ten o'clock; nobody has said yes to eleven."""
    dialogue, booking, letters = invited(db)
    meetings.move(db, booking, place(db, dialogue, "11:00"))
    moved = to(SUPPLIER, tell(db, dialogue))
    first = to(SUPPLIER, letters)

    late = reading.take(db, mailed(first, reply(first)))
    between = _kept(db).answer
    now = reading.take(db, mailed(moved, reply(moved)))

    assert (late, between) == (Outcome.OLD, PartStat.NEEDS_ACTION)
    assert (now, _kept(db).answer) == (Outcome.ANSWERED, PartStat.ACCEPTED)


def test_an_answer_to_what_is_cancelled_is_too_late(db: Session) -> None:
    dialogue, booking, letters = invited(db)
    meetings.cancel(db, booking)
    off = to(SUPPLIER, tell(db, dialogue))
    letter = to(SUPPLIER, letters)

    assert reading.take(db, mailed(letter, reply(letter, SEQUENCE=f"SEQUENCE:{1}"))) is Outcome.OLD
    assert by_icalendar(calendar_of(off)).method == "CANCEL"


def test_the_same_message_is_taken_once(db: Session) -> None:
    letter = to(SUPPLIER, invited(db)[2])
    mail = mailed(letter, reply(letter, "DECLINED"))
    reading.take(db, mail)
    reading.take(db, mailed(letter, reply(letter, "ACCEPTED", DTSTAMP=stamped(5))))

    again = reading.take(db, mail)

    assert (again, _kept(db).answer) == (Outcome.ANSWERED, PartStat.ACCEPTED)
    assert db.scalar(sa.select(sa.func.count()).select_from(ReadMail)) == 2


def test_who_asks_for_the_invitation_again_gets_it_once_an_hour(db: Session) -> None:
    """RFC 5546 3.2.6: the present REQUEST, of the same sequence, made now, and what was answered stands."""
    letter = to(SUPPLIER, invited(db)[2])
    reading.take(db, mailed(letter, reply(letter)))
    before = _letters(db)
    asking = [mailed(letter, reply(letter, METHOD="METHOD:REFRESH", SEQUENCE="", DTSTAMP=stamped(n))) for n in (9, 10)]

    outcomes = [reading.take(db, mail) for mail in asking]
    with clock.as_if(STAMP + timedelta(hours=3)):
        last = mailed(letter, reply(letter, METHOD="METHOD:REFRESH", DTSTAMP=stamped(11)))
        outcomes.append(reading.take(db, last))

    again, _ = _new_letters(db, before)
    assert outcomes == [Outcome.REFRESHED, Outcome.IGNORED, Outcome.REFRESHED]
    first, second = (by_icalendar(calendar_of(one)).events[0] for one in (letter, again))
    assert (second.uid, second.sequence, second.organisers) == (first.uid, first.sequence, first.organisers)
    assert second.stamp > first.stamp or STAMP.isoformat() < second.stamp
    assert (again["Subject"], broken(again), b"PARTSTAT=ACCEPTED" in calendar_of(again)) == (
        letter["Subject"],
        [],
        True,
    )
    assert _kept(db).answer is PartStat.ACCEPTED


def test_another_time_is_proposed_and_the_organiser_keeps_the_time(db: Session) -> None:
    """RFC 5546 3.2.7 and 3.2.8: the proposal moves nothing; DECLINECOUNTER says that the time stands."""
    letter = to(SUPPLIER, invited(db)[2])
    times = ("DTSTART:20990408T120000Z", "DTEND:20990408T123000Z", "SUMMARY:x", "COMMENT:Kan vi ta det kl. 14?")
    mail = mailed(letter, reply(letter, "TENTATIVE", *times, METHOD="METHOD:COUNTER"))

    outcome, proposed = reading.take(db, mail), _kept(db)
    before = _letters(db)
    answering.decline_counter(db, told(db))

    (answer,) = _new_letters(db, before)
    assert (outcome, proposed.answer, proposed.comment) == (
        Outcome.PROPOSED,
        PartStat.TENTATIVE,
        "Kan vi ta det kl. 14?",
    )
    assert proposed.proposed is not None
    assert [moment.isoformat() for moment in proposed.proposed] == [
        "2099-04-08T12:00:00+00:00",
        "2099-04-08T12:30:00+00:00",
    ]
    assert (_kept(db).proposed, answer["Subject"]) == (None, "Som planlagt: Møtet deres er onsdag 8. april kl. 10.00")
    lines = calendar_rules.written(calendar_of(answer))
    (event,) = lines.events
    assert [calendar_rules.values(lines.own, "METHOD"), calendar_rules.values(event, "SEQUENCE")] == [
        ["DECLINECOUNTER"],
        ["0"],
    ]
    assert "Du foreslo en annen tid." in text_of(answer)
    with pytest.raises(Conflict):
        answering.decline_counter(db, told(db))


def test_who_would_send_somebody_else_invites_nobody(db: Session) -> None:
    letter = to(SUPPLIER, invited(db)[2])
    attendee = f'ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO="mailto:{OTHER}":mailto:{SUPPLIER}'
    before = _letters(db)

    outcome = reading.take(db, mailed(letter, reply(letter, ATTENDEE=attendee)))

    kept = _kept(db)
    assert (outcome, kept.answer, kept.delegated_to) == (Outcome.DELEGATED, PartStat.DELEGATED, OTHER)
    assert _new_letters(db, before) == []


def test_a_letter_of_a_person_goes_on_to_the_organiser(db: Session) -> None:
    letter = to(SUPPLIER, invited(db)[2])
    before = _letters(db)

    outcome = reading.take(db, written(letter, "Hei!\n\nHar dere parkering?", subject="Parkering"))

    (forwarded,) = _new_letters(db, before)
    assert (outcome, forwarded["Subject"], str(forwarded["To"])) == (
        Outcome.FORWARDED,
        "Parkering",
        "Anne Solvang <post@vikstrand.example>",
    )
    assert (forwarded["Auto-Submitted"], str(forwarded["Reply-To"])) == (
        "auto-generated",
        f"Kari Nordmann <{SUPPLIER}>",
    )
    assert forwarded["From"].addresses[0].addr_spec == "dialogdag@localhost.localdomain"
    assert text_of(forwarded) == (
        f"Kari Nordmann <{SUPPLIER}> har svart på invitasjonen med et brev. Det gjelder dette:\n"
        "En-til-en-møte med Firma 0 AS, onsdag 8. april 2099 kl. 10.00–10.30\n\n"
        "> Hei!\n> \n> Har dere parkering?\n\n"
        "Svarer du på dette brevet, går svaret til Kari Nordmann.\n"
    )


def test_the_organiser_reads_what_a_letter_is_about_in_its_own_language(db: Session) -> None:
    letter = to(SUPPLIER, invited(db)[2])
    row = told(db)
    row.said = {**row.said, "language": "en"}
    db.flush()
    before = _letters(db)

    reading.take(db, written(letter, "Is there parking?", subject="Parking"))

    (forwarded,) = _new_letters(db, before)
    assert "En-til-en-møte med Firma 0 AS, onsdag 8. april 2099 kl. 10.00–10.30\n" in text_of(forwarded)


def test_the_words_of_a_page_are_forwarded_as_text(db: Session) -> None:
    letter = to(SUPPLIER, invited(db)[2])
    page = "<html><style>p{color:red}</style><p>Hei &amp; hopp</p><script>x()</script><p>Kari</p></html>"
    mail = written(letter, page).replace(b"text/plain", b"text/html")
    before = _letters(db)

    reading.take(db, mail)

    (forwarded,) = _new_letters(db, before)
    assert "> Hei & hopp\n> Kari\n" in text_of(forwarded)
    assert "color" not in text_of(forwarded)


FROM_MACHINES = {
    "an answer of itself": "Auto-Submitted: auto-replied\r\n",
    "an answer of itself, with more": "Auto-Submitted: auto-replied (vacation)\r\n",
    "bulk": "Precedence: bulk\r\n",
    "junk": "Precedence: junk\r\n",
    "a list": "Precedence: list\r\n",
    "a list, said otherwise": "List-Id: <x.y.example>\r\n",
    "Exchange": "X-Auto-Response-Suppress: All\r\n",
    "no way back": "Return-Path: <>\r\n",
    "an old program": "X-Autoreply: yes\r\n",
}


def test_what_a_machine_has_sent_goes_to_nobody(db: Session) -> None:
    """C12: out of office, lists and bounces: no loop."""
    letter = to(SUPPLIER, invited(db)[2])
    before = _letters(db)
    asks = reply(letter, METHOD="METHOD:REFRESH")

    outcomes = {
        kind: (
            reading.take(db, written(letter, "Jeg er på ferie.", headers=headers)),
            reading.take(db, mailed(letter, asks, headers=headers)),
        )
        for kind, headers in FROM_MACHINES.items()
    }

    assert outcomes == dict.fromkeys(FROM_MACHINES, (Outcome.IGNORED, Outcome.IGNORED))
    assert _new_letters(db, before) == []


def test_a_mailbox_is_not_filled_by_one_who_writes_on_and_on(db: Session) -> None:
    letter = to(SUPPLIER, invited(db)[2])

    outcomes = [reading.take(db, written(letter, f"Hei {number}")) for number in range(22)]

    assert outcomes == [Outcome.FORWARDED] * 20 + [Outcome.UNKNOWN] * 2


def test_letters_that_nobody_can_answer_stay_for_a_person(db: Session) -> None:
    letter = to(SUPPLIER, invited(db)[2])
    before = _letters(db)
    senders = ("post@vikstrand.example", "nobody", "a@b", f"{SUPPLIER}, {OTHER}")

    outcomes = [reading.take(db, written(letter, "Hei", sender=sender)) for sender in senders]
    astray = reading.take(db, written(letter, "Hei").replace(organiser_of(letter).encode(), REPLIES.encode()))

    assert ([*outcomes, astray], _new_letters(db, before)) == ([Outcome.UNKNOWN] * 5, [])


def test_a_hostile_letter_is_forwarded_with_the_headers_of_any_other(
    db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """I1, I5, I6, I8: in the subject, the sender's name and the words."""
    monkeypatch.setattr(forwarding, "MOST_A_DAY", 100)
    letter = to(SUPPLIER, invited(db)[2])
    before = _letters(db)
    reading.take(db, written(letter, "Hei"))
    (harmless,) = _new_letters(db, before)

    for number, words in enumerate(words for case in ("I1", "I5", "I6", "I8") for words in HOSTILE[case]):
        known = _letters(db)
        folded = words.replace("\r", "\\r").replace("\n", "\\n")
        encoded = "".join(f"={octet:02X}" for octet in words.encode())
        name = f"=?utf-8?q?{encoded}?="
        mail = written(letter, f"{number} {words}", subject=f"{name} {folded}", sender=f"{name} <{SUPPLIER}>")
        assert reading.take(db, mail) is Outcome.FORWARDED, words
        (forwarded,) = _new_letters(db, known)
        assert forwarded.keys() == harmless.keys()
        assert [part.get_content_type() for part in forwarded.walk()] == ["text/plain"]
        assert [one.addr_spec for one in forwarded["Reply-To"].addresses] == [SUPPLIER]
        assert [one.addr_spec for one in forwarded["To"].addresses] == ["post@vikstrand.example"]


def test_a_letter_that_came_back_is_shown_and_answered_by_nobody(db: Session) -> None:
    """C12: matched by the Message-ID of what was returned."""
    letter = to(SUPPLIER, invited(db)[2])
    before = _letters(db)

    outcome = reading.take(db, returned(letter, to=REPLIES))

    (troubled,) = post.troubled(db, told(db).dialogue_id)
    assert (outcome, troubled.recipient, troubled.last_error) == (
        Outcome.BOUNCED,
        SUPPLIER,
        "smtp; 550 5.1.1 no such user",
    )
    assert _new_letters(db, before) == []


def test_without_its_headers_a_returned_letter_is_known_by_where_it_came_back_to(db: Session) -> None:
    """C12."""
    letter = to(LIV, invited(db)[2])

    outcome = reading.take(db, returned(letter, with_headers=False))

    (troubled,) = post.troubled(db, told(db).dialogue_id)
    assert (outcome, troubled.recipient) == (Outcome.BOUNCED, LIV)


def test_a_letter_that_is_only_late_is_in_no_trouble(db: Session) -> None:
    letter = to(SUPPLIER, invited(db)[2])

    outcomes = [reading.take(db, returned(letter, action=action)) for action in ("delayed", "delivered", "relayed")]

    assert (outcomes, post.troubled(db, told(db).dialogue_id)) == ([Outcome.IGNORED] * 3, [])


def test_what_is_returned_is_no_answer_though_an_answer_lies_in_it(db: Session) -> None:
    letter = to(SUPPLIER, invited(db)[2])
    inner = mailed(letter, reply(letter, "DECLINED"))
    wrapped = (
        f"From: {SUPPLIER}\r\nTo: {organiser_of(letter)}\r\nSubject: Fw\r\nMIME-Version: 1.0\r\n"
        "Content-Type: message/rfc822\r\n\r\n"
    ).encode() + inner

    outcome = reading.take(db, wrapped)

    assert (outcome, _kept(db).answer) == (Outcome.FORWARDED, PartStat.NEEDS_ACTION)


def test_two_hundred_returned_letters_are_matched_and_nothing_is_sent(db: Session) -> None:
    """C12: the mail server takes all, and then sends everything back."""
    letter = to(SUPPLIER, invited(db)[2])
    sent = []
    for number in range(200):
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = organiser_of(letter), f"p{number}@firma.example", "Hei"
        message.set_content("Hei")
        row = post.send(db, message, key=f"letter {number}", dialogue_id=told(db).dialogue_id)
        db.flush()
        sent.append(opened(row.mime))
    before = _letters(db)

    outcomes = {reading.take(db, returned(one, to=organiser_of(letter))) for one in sent}

    troubled = post.troubled(db, told(db).dialogue_id)
    assert outcomes == {Outcome.BOUNCED}
    assert sorted(one.recipient for one in troubled) == sorted(f"p{number}@firma.example" for number in range(200))
    assert _new_letters(db, before) == []


def test_answers_to_letters_of_before_a_restored_backup_still_count(db: Session) -> None:
    """D4: the sequence leaps, and nobody has been asked anew."""
    letter = to(SUPPLIER, invited(db)[2])

    restored.note(db)
    db.expire_all()
    outcome = reading.take(db, mailed(letter, reply(letter)))

    assert (outcome, _kept(db).answer) == (Outcome.ANSWERED, PartStat.ACCEPTED)


def test_a_proposal_that_names_no_time_keeps_its_words_and_moves_nothing(db: Session) -> None:
    letter = to(SUPPLIER, invited(db)[2])
    mail = mailed(letter, reply(letter, "NEEDS-ACTION", "COMMENT:Heller en annen dag", METHOD="METHOD:COUNTER"))

    outcome, kept = reading.take(db, mail), _kept(db)

    assert (outcome, kept.answer, kept.comment, kept.proposed) == (
        Outcome.ANSWERED,
        PartStat.NEEDS_ACTION,
        "Heller en annen dag",
        None,
    )
