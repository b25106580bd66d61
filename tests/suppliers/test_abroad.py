"""Companies from abroad register with the number that their own country gave them."""

import pytest
from fastapi.testclient import TestClient

from app.dialogues.models import Dialogue
from app.kernel.languages import LANGUAGES
from app.kernel.settings import Language
from app.suppliers.countries import countries
from tests.suppliers.factories import asked, confirm_all, letters

SWEDISH = asked(country="SE", organisation_number="556036-0793")


def test_a_number_abroad_is_one_company_however_it_is_written(
    client: TestClient, dialogue: Dialogue, organiser: dict[str, str]
) -> None:
    """B11, I24: with and without what stands between, and in wide letters."""
    address = f"/api/v1/dialogues/{dialogue.id}/registrations"
    ways = ("556036-0793", "556036 0793", "5560360793", "556036.0793", "５５６０３６０７９３")

    answers = [
        client.post(address, json=asked(country="SE", organisation_number=way), headers=organiser) for way in ways
    ]

    assert [answer.status_code for answer in answers] == [201, 409, 409, 409, 409]
    assert answers[0].json()["organisation_number"] == "5560360793"


def test_two_countries_may_give_the_same_number(
    client: TestClient, dialogue: Dialogue, organiser: dict[str, str]
) -> None:
    address = f"/api/v1/dialogues/{dialogue.id}/registrations"
    same = [asked(country=country, organisation_number="313204863") for country in ("NO", "SE", "DK")]

    answers = [client.post(address, json=each, headers=organiser) for each in same]

    assert [(answer.status_code, answer.json()["country"]) for answer in answers] == [
        (201, "NO"),
        (201, "SE"),
        (201, "DK"),
    ]


def test_the_own_page_shows_the_country_before_the_number(client: TestClient, dialogue: Dialogue) -> None:
    client.post(f"/d/{dialogue.slug}/register", data=SWEDISH)
    page = confirm_all(client)[0]

    assert "SE 5560360793" in client.get(page).text
    assert "SE 5560360793" in client.get(f"{page}/registration").text


def test_the_open_door_says_the_same_of_a_company_from_abroad_that_is_registered(
    client: TestClient, dialogue: Dialogue
) -> None:
    """Z10."""
    answers = [client.post(f"/d/{dialogue.slug}/register", data=SWEDISH)]
    confirm_all(client)
    client.cookies.clear()
    answers.append(client.post(f"/d/{dialogue.slug}/register", data=SWEDISH))

    assert [(one.status_code, one.headers["location"], one.content) for one in answers] == [
        (303, f"/d/{dialogue.slug}/registered", b"")
    ] * 2
    assert letters()[-1]["Subject"] == "Dere er allerede påmeldt til «Riktig medisin til riktig tid»"


@pytest.mark.parametrize("language", LANGUAGES)
def test_countries_stand_by_name_with_norway_first(language: Language) -> None:
    names = list(countries(language).values())

    assert len(names) > 240
    assert names[0] == {"nb": "Norge", "nn": "Noreg", "en": "Norway"}[language]
    assert not {"EU", "UN", "ZZ", "XA"} & countries(language).keys()
    assert names[-1] == {"nb": "Åland", "nn": "Åland", "en": "Zimbabwe"}[language]
