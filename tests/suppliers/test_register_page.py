"""People register their company on a page that works without a script."""

from datetime import timedelta

from fastapi.testclient import TestClient

from app.dialogues.models import Dialogue
from app.kernel import clock
from tests.suppliers.factories import DOSEVAKT, asked, confirm_all, letters, organisation_number
from tests.suppliers.reading import tags, values


def test_the_form_asks_for_at_most_twelve_things_and_names_each(client: TestClient, dialogue: Dialogue) -> None:
    page = client.get(f"/d/{dialogue.slug}/register").text

    fields = [attributes for tag, attributes in tags(page) if tag in {"input", "select", "textarea"}]
    needed = {str(each["name"]) for each in fields if "required" in each}
    labels, legends = values(page, "for", ["label"]), [tag for tag, _ in tags(page) if tag == "legend"]
    assert needed == {"organisation_number", "country", "contact_name", "contact_email", "seats"}
    assert sorted(labels) == sorted(str(each["id"]) for each in fields)
    assert len(legends) == 4
    assert values(page, "style") == []


def test_a_registration_leads_to_a_page_and_a_letter(
    client: TestClient, dialogue: Dialogue, organiser: dict[str, str]
) -> None:
    typed = {"seats": "3", "online": "true", "arrives": "9.00", "leaves": "15:30", "preference": "late"}

    answer = client.post(f"/d/{dialogue.slug}/register", data=asked(**typed, wants_meeting="true"))

    page = confirm_all(client)[0]
    made = client.get(f"/api/v1/dialogues/{dialogue.id}/suppliers", headers=organiser).json()[0]
    assert (answer.status_code, answer.headers["location"]) == (303, f"/d/{dialogue.slug}/registered")
    assert client.get(answer.headers["location"]).status_code == 200
    assert {name: made[name] for name in ("name", "seats", "online", "arrives", "leaves", "wishes", "language")} == {
        "name": "Dosevakt AS",
        "seats": 3,
        "online": True,
        "arrives": "09:00",
        "leaves": "15:30",
        "wishes": [{"from": "13:00", "to": "17:00", "weight": 1}],
        "language": "nb",
    }
    assert page == f"/s/{made['id']}"
    assert client.get(page).status_code == 200


def test_a_second_registration_leads_to_the_same_page(client: TestClient, dialogue: Dialogue) -> None:
    """B11, Z10."""
    answers = [client.post(f"/d/{dialogue.slug}/register", data=DOSEVAKT)]
    confirm_all(client)
    client.cookies.clear()
    answers.append(client.post(f"/d/{dialogue.slug}/register", data=DOSEVAKT))

    assert (answers[0].status_code, answers[0].content) == (answers[1].status_code, answers[1].content)
    assert answers[0].headers == answers[1].headers
    assert [letter["Subject"] for letter in letters()] == [
        "Bekreft påmeldingen til «Riktig medisin til riktig tid»",
        "Dere er påmeldt til «Riktig medisin til riktig tid»",
        "Dere er allerede påmeldt til «Riktig medisin til riktig tid»",
    ]


def test_faults_stand_beside_their_fields_and_what_was_typed_is_kept(client: TestClient, dialogue: Dialogue) -> None:
    typed = {
        "organisation_number": "313 204 866",
        "name": 'Dosevakt "<b>" AS',
        "contact_name": "",
        "contact_email": "silje(at)dosevakt",
        "seats": "3",
        "arrives": "10.00",
        "leaves": "09.30",
        "preference": "late",
    }

    answer = client.post(f"/d/{dialogue.slug}/register", data=typed)

    page, ids = answer.text, values(answer.text, "id")
    kept = {str(each["name"]): each.get("value") for tag, each in tags(page) if tag == "input" and "name" in each}
    assert answer.status_code == 422
    assert "<title>Feil: Meld på virksomheten" in page
    assert [address for address in values(page, "href") if address in {f"#{name}" for name in typed}] == [
        "#organisation_number",
        "#contact_name",
        "#contact_email",
        "#leaves",
    ]
    assert page.count("Skriv fullt navn på kontaktpersonen.") == 2
    assert {name: kept[name] for name in typed if name not in {"seats", "preference"}} == {
        name: text for name, text in typed.items() if name not in {"seats", "preference"}
    }
    assert ("option", {"value": "3", "selected": None}) in tags(page)
    assert [each["value"] for _, each in tags(page) if "checked" in each] == ["true", "false", "late"]
    assert {part for described in values(page, "aria-describedby") for part in described.split()} <= set(ids)
    assert len(ids) == len(set(ids))
    assert letters() == []


def test_what_is_typed_into_fields_that_are_not_there_is_passed_over(client: TestClient, dialogue: Dialogue) -> None:
    """I20: mass assignment by form."""
    more = {"id": "1", "handle": "vikstrand", "dialogue_id": "1", "wishes": "x", "language": "x", "registered_at": "1"}

    answer = client.post(f"/d/{dialogue.slug}/register", data={**DOSEVAKT, **more})

    assert answer.status_code == 303
    assert len(letters()) == 1


def test_the_letter_speaks_the_language_that_the_form_was_read_in(client: TestClient, dialogue: Dialogue) -> None:
    client.get(f"/d/{dialogue.slug}/register?lang=en")

    client.post(f"/d/{dialogue.slug}/register", data=DOSEVAKT)

    letter = letters()[0]
    assert (letter["Subject"], letter["Content-Language"]) == (
        "Confirm the registration for “Riktig medisin til riktig tid”",
        "en",
    )


def test_after_the_deadline_the_page_says_so_and_a_form_that_comes_late_is_refused(
    client: TestClient, dialogue: Dialogue
) -> None:
    """B1: the page and the API hold the same rule."""
    address = f"/d/{dialogue.slug}/register"
    with clock.as_if(dialogue.registration_closes_at):
        in_time = client.get(address), client.post(address, data=DOSEVAKT)
    with clock.as_if(dialogue.registration_closes_at + timedelta(milliseconds=1)):
        number = organisation_number(1)
        late = client.get(address), client.post(address, data=asked(organisation_number=number))

    assert [answer.status_code for answer in (*in_time, *late)] == [200, 303, 200, 409]
    assert ("<form" in in_time[0].text, "<form" in late[0].text) == (True, False)
    assert "Fristen var lørdag 1. april 2090 kl. 15.00." in late[0].text
    assert "Påmeldingen til «Riktig medisin til riktig tid» er ikke åpen." in late[1].text
    assert len(letters()) == 1
