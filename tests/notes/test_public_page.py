"""What everybody sees of a dialogue: its page, its note as PDF, and the list of all."""

import html
import re
from html.parser import HTMLParser

from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.notes import service
from tests.dialogues.factories import ELVEMO, VIKSTRAND, draft, published
from tests.hostile import HOSTILE
from tests.notes.factories import note_in

PAGE = "/d/riktig-medisin-til-riktig-tid"
CLOSED = {
    "announced_at": "2026-01-12T08:00:00+01:00",
    "registration_closes_at": "2026-02-01T15:00:00+01:00",
    "proposals_due_at": "2026-02-02T15:00:00+01:00",
    "plan_told_at": "2026-02-03T12:00:00+01:00",
    "held_on": "2026-02-08",
    "summary_due_on": "2026-04-15",
}


class Shape(HTMLParser):
    """The tags of a page and the names of their attributes, and the addresses it links to."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.links: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(name for name, _ in attrs)))
        self.links.extend(value or "" for name, value in attrs if name in {"href", "src"})


def _words(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


def test_the_page_tells_what_is_asked_when_and_by_whom(client: TestClient, db: Session) -> None:
    dialogue = published(db)
    service.publish_note(db, dialogue, note_in())
    db.commit()

    answer = client.get(PAGE)

    words = _words(answer.text)
    assert (answer.status_code, answer.headers["content-language"]) == (200, "nb")
    for told in (
        "Påmelding åpen Markedsdialog fra 2 kommuner Riktig medisin til riktig tid To kommuner søker nye måter",
        "Når lørdag 8. april 2090 Hvor Møtesenteret Nordlyset, Gardermoen",
        "Meld dere på innen lørdag 1. april 2090 kl. 15.00",
        "1. Bakgrunn Vi har samarbeidet siden høsten 2026. Arbeidsgruppen har intervjuet 34 ansatte.",
        "Vikstrand Leder samarbeidet 48 200 Vedtatt Elvemo Deltar 21 900 Ikke vedtatt ennå",
    ):
        assert told in words
    assert "<li>doser kommer for sent</li><li>turene er lange</li>" in answer.text
    assert {f"{PAGE}/register", f"{PAGE}/program", f"{PAGE}/dialognotat.pdf"} <= set(Shape(answer.text).links)
    assert f"webcal://testserver{PAGE}/program.ics" in Shape(answer.text).links


def test_the_page_speaks_all_three_languages_around_the_words_of_the_municipality(
    client: TestClient, db: Session
) -> None:
    dialogue = published(db)
    service.publish_note(db, dialogue, note_in())
    db.commit()

    pages = {language: client.get(f"{PAGE}?lang={language}").text for language in ("nb", "nn", "en")}

    headings = {"nb": "3. Behovene", "nn": "3. Behova", "en": "3. The needs"}
    assert {language: heading in pages[language] for language, heading in headings.items()} == dict.fromkeys(
        pages, True
    )
    assert all("Innbyggeren skal mestre medisinene sine selv." in page for page in pages.values())
    assert pages["en"].count('lang="nb"') > pages["en"].count('hreflang="nb"')


def test_before_the_note_is_published_the_page_says_so(client: TestClient, db: Session) -> None:
    published(db)
    db.commit()

    answer = client.get(PAGE)

    assert "Dialognotatet er ikke lagt ut ennå." in answer.text
    assert "dialognotat.pdf" not in answer.text
    assert client.get(f"{PAGE}/dialognotat.pdf").status_code == 404


def test_when_registration_has_closed_nobody_is_asked_to_register(client: TestClient, db: Session) -> None:
    published(db, **CLOSED)
    db.commit()

    page = client.get(PAGE).text

    assert "Påmeldingen er stengt" in page
    assert f"{PAGE}/register" not in page


def test_a_draft_has_no_page(client: TestClient, db: Session) -> None:
    service.publish_note(db, draft(db), note_in())
    db.commit()

    answers = [client.get(address) for address in (PAGE, f"{PAGE}/dialognotat.pdf", "/d/nothing", "/d/a%00b")]

    assert [answer.status_code for answer in answers] == [404] * 4
    assert len({_words(answer.text) for answer in answers}) == 1
    assert "Riktig medisin" not in client.get("/").text


def test_the_front_page_lists_what_is_open_before_what_is_closed(client: TestClient, db: Session) -> None:
    empty = client.get("/").text
    published(db, title="Stengt dialog", **CLOSED)
    published(db, title="Sen dialog", held_on="2090-04-10")
    published(db, title="Tidlig dialog")
    db.commit()

    page = client.get("/").text

    assert "Ingen markedsdialoger er åpne for påmelding nå" in empty
    assert "2 markedsdialoger er åpne for påmelding" in page
    assert re.findall(r'href="/d/([^"]+)"', page) == ["tidlig-dialog", "sen-dialog", "stengt-dialog"]


def test_hostile_words_are_shown_as_they_are_and_change_nothing_else(client: TestClient, db: Session) -> None:
    hostile = [text for case in ("I3", "I4", "I8", "I10", "I11") for text in HOSTILE[case]]
    slugs = {}
    for text in ("Ord", *hostile):
        buyers = [{**VIKSTRAND, "name": text[:150]}, ELVEMO]
        dialogue = published(
            db, title=text[:150], summary=text, place=text[:150], organiser_name=text[:150], buyers=buyers
        )
        service.publish_note(db, dialogue, note_in(background=text, needs=f"- {text}\n- {text}"))
        slugs[text] = dialogue.slug
    db.commit()

    pages = {text: client.get(f"/d/{slug}").text for text, slug in slugs.items()}

    harmless = Shape(pages["Ord"])
    assert [text for text in hostile if Shape(pages[text]).tags != harmless.tags] == []
    assert [text for text in hostile if any("y.invalid" in link for link in Shape(pages[text]).links)] == []
    assert [
        text
        for text in hostile
        if html.escape(text, quote=False) not in html.escape(html.unescape(pages[text]), quote=False)
    ] == []


def test_the_note_as_pdf_is_that_of_the_version_and_always_the_same(client: TestClient, db: Session) -> None:
    dialogue = published(db)
    service.publish_note(db, dialogue, note_in())
    service.publish_note(db, dialogue, note_in(needs="Løsningen må virke uten mobildekning."))
    db.commit()

    latest, again, first, second = (client.get(f"{PAGE}/dialognotat{end}.pdf") for end in ("", "", "-1", "-2"))

    assert latest.headers["content-type"] == "application/pdf"
    assert latest.headers["content-disposition"] == (
        'inline; filename="dialognotat-riktig-medisin-til-riktig-tid-2.pdf"'
    )
    assert b"<pdfuaid:part>1<" in latest.content
    assert latest.content == again.content == second.content
    assert latest.content != first.content


def test_a_version_that_is_not_there_is_not_found(client: TestClient, db: Session) -> None:
    service.publish_note(db, published(db), note_in())
    db.commit()

    answers = [client.get(f"{PAGE}/dialognotat-{version}.pdf") for version in ("0", "2", "x", "-1", "9" * 30)]

    assert [answer.status_code for answer in answers] == [404] * 5
