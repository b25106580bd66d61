"""The pages of the plan: the answer stands first, everyone sees their own, and nothing of others."""

import re
from html import unescape
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.days.service import people_of
from app.dialogues.models import Dialogue
from app.dialogues.service import facts_changed, organiser_link
from app.invitations import service as invitations
from app.invitations.service import Due
from app.kernel import access, clock
from app.kernel.access import Right
from app.kernel.post import Letter
from app.planning import service, words
from app.planning.models import PlanRun, RunState
from app.planning.outcome import Outcome, failed, infeasible, ready
from app.suppliers.models import Supplier
from app.suppliers.service import of_dialogue
from solver.files import problem_sha256, read_problem, write_plan
from solver.plan import AimResult, PlacedMeeting, PlacedSession, Plan, Status
from solver.score import score
from tests.days.factories import a_dialogue
from tests.meetings.factories import a_planned_dialogue, a_supplier, organisation_number, wishes
from tests.suppliers.factories import session_of, signed_in

HOSTILE = '"><script>alert(1)</script>'


@pytest.fixture
def dialogue(db: Session) -> Dialogue:
    """A dialogue whose two suppliers each want to meet a panel: Firma 0 AS panel A, Firma 1 AS panel B."""
    made = a_planned_dialogue(db)
    wishes(db, made, 2, "panel-a", "panel-b")
    return made


@pytest.fixture
def home(db: Session, dialogue: Dialogue) -> str:
    """The organiser's own address."""
    link = _path(organiser_link(db, dialogue))
    db.commit()
    return link


@pytest.fixture
def run(db: Session, dialogue: Dialogue) -> PlanRun:
    """A plan that is ready: Firma 0 AS meets panel A at 13.00, and Firma 1 AS has no place."""
    return _ended(db, dialogue, None)


def _ended(db: Session, dialogue: Dialogue, outcome: Outcome | None) -> PlanRun:
    made = service.request_plan(db, dialogue)
    assert service.begin(db, made.id)
    service.finish(db, made.id, outcome or ready(_plan_of(made.problem or "")))
    db.commit()
    return made


def _plan_of(day: str) -> str:
    problem = read_problem(day.encode())
    plan = Plan(
        status=Status.FEASIBLE,
        sessions=(
            PlacedSession("dialogkonferanse", 540, 600, "aulaen"),
            PlacedSession("lunsj", 690, 720, None),
        ),
        meetings=(PlacedMeeting("firma-0--panel-a", 780, 810, "furu", ("anne-solvang", "liv-elvebakk")),),
        unplaced=("firma-1--panel-b",),
        aims=(),
        seed=1,
        workers=1,
        solver="by hand",
        seconds=0.1,
        problem_sha256=problem_sha256(day.encode()),
    )
    values = score(problem, plan)
    aims = tuple(AimResult(aim, values[aim], None, proven=False) for aim in problem.aims)
    return write_plan(Plan(**{**{name: getattr(plan, name) for name in Plan.__slots__}, "aims": aims})).decode()


def _path(link: str) -> str:
    return link.removeprefix("http://testserver")


def _heading(page: str) -> str:
    (found,) = re.findall(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
    return " ".join(unescape(found).split())


def _rows(page: str, section: str) -> list[list[str]]:
    body = page.partition(f'aria-labelledby="{section}"')[2].partition("</table>")[0].partition("<tbody>")[2]
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in body.split("<tr>")[1:]]
    return [[" ".join(unescape(re.sub(r"<[^>]*>", "", cell)).split()) for cell in row] for row in cells]


def _spaced(number: str) -> str:
    return f"{number[:3]} {number[3:6]} {number[6:]}"


def _supplier(db: Session, dialogue: Dialogue, place: int) -> Supplier:
    return of_dialogue(db, dialogue.id)[place]


def _page_of(client: TestClient, db: Session, supplier: Supplier) -> str:
    return signed_in(client, db, supplier) + "/meeting"


def test_the_overview_says_that_there_is_no_plan_and_offers_to_make_one(client: TestClient, home: str) -> None:
    page = client.get(home).text

    assert _heading(page) == "Ingen plan ennå: 2 leverandører vil ha møte"
    assert re.findall(r'<button class="ds-button" type="submit">(.*?)</button>', page) == ["Lag en plan"]
    assert f'<form method="post" action="{home}/plans">' in page
    assert _rows(page, "suppliers") == [
        [name, f"{_spaced(organisation_number(place))} Ikke kontrollert", "2", "Ikke inne", "Ingen tid ennå"]
        for place, name in enumerate(("Firma 0 AS", "Firma 1 AS"))
    ]
    assert [row[::2] for row in _rows(page, "buyers")] == [
        ["Vikstrand kommune", "Anne Solvang, Jonas Vikan"],
        ["Elvemo kommune", "Liv Elvebakk, Per Aune"],
    ]


def test_a_dialogue_without_suppliers_has_nothing_to_plan(db: Session, client: TestClient) -> None:
    home = _path(organiser_link(db, a_planned_dialogue(db)))
    db.commit()

    assert _heading(client.get(home).text) == "Ingen leverandører har bedt om møte ennå"
    refused = client.post(f"{home}/plans")
    assert refused.status_code == 409
    assert "Det er ingenting å planlegge: ingen leverandør har et møte i vente." in refused.text


def test_a_plan_that_is_asked_for_is_followed_and_not_asked_for_twice(client: TestClient, home: str) -> None:
    asked = client.post(f"{home}/plans")
    page = client.get(asked.headers["location"]).text
    again = client.post(f"{home}/plans")

    assert asked.status_code == 303
    assert asked.headers["location"].startswith(f"{home}/plans/")
    assert _heading(page) == "Planen blir laget"
    assert f'<a class="ds-button" href="{asked.headers["location"]}">Se på nytt</a>' in page
    assert (again.status_code, "En plan blir allerede laget." in again.text) == (409, True)


def test_a_ready_plan_is_shown_with_its_aims_its_picture_and_its_table(
    client: TestClient, home: str, run: PlanRun
) -> None:
    here = f"{home}/plans/{run.id}"
    page = client.get(here).text

    assert _heading(page) == "1 av 2 leverandører har møte"
    assert "<span>Leverandører som får møte</span><strong>1 av 2</strong>" in page
    assert "<span>Siste møte slutter</span><strong>kl. 13.30</strong>" in page
    assert "Firma 1 AS har ikke fått tid med Panel B." in page
    assert f'<img src="{here}/picture.svg" alt="Planen for' in page
    people = "Anne Solvang (Vikstrand kommune), Liv Elvebakk (Elvemo kommune)"
    assert _rows(page, "table") == [["13.00–13.30", "Firma 0 AS", "Panel A", "Furu", people, "2 t 30 min"]]
    assert f'href="{here}/publish"' in page


def test_the_picture_and_the_files_of_a_plan_are_fetched_from_its_page(
    client: TestClient, home: str, run: PlanRun
) -> None:
    picture, day, plan = (
        client.get(f"{home}/plans/{run.id}/{name}") for name in ("picture.svg", "day.json", "plan.json")
    )

    assert picture.headers["content-type"] == "image/svg+xml"
    assert "Firma 0 AS" in picture.text
    assert (day.text, plan.text) == (run.problem, run.plan)
    assert plan.headers["content-disposition"] == 'attachment; filename="plan.json"'


def test_a_plan_is_published_after_a_look_at_who_is_told(
    db: Session, client: TestClient, home: str, run: PlanRun
) -> None:
    here = f"{home}/plans/{run.id}/publish"
    before, published, after, again = client.get(here), client.post(here), client.get(home), client.post(here)

    assert _heading(before.text) == "2 leverandører og 4 personer får vite om planen"
    assert re.findall(r'<strong class="num">(\d+)</strong>', before.text) == ["1", "1", "4"]
    assert (published.status_code, published.headers["location"]) == (303, home)
    assert _heading(after.text) == "1 av 2 leverandører har møte"
    assert [row[4] for row in _rows(after.text, "suppliers")] == ["13.00–13.30 Panel A, Furu", "Ingen tid ennå"]
    assert (again.status_code, "Denne planen er allerede sendt ut." in again.text) == (409, True)
    assert client.get(here).headers["location"] == f"{home}/plans/{run.id}"
    db.refresh(run)
    assert run.state is RunState.PUBLISHED


def test_the_letters_that_are_shown_before_publishing_are_those_that_are_sent_after_it(
    db: Session, dialogue: Dialogue, run: PlanRun
) -> None:
    def told(letters: list[Due]) -> list[tuple[object, ...]]:
        return [(one.to, one.change) for one in letters]

    shown, before = service.letters_of(db, run), invitations.due(db, dialogue)
    service.publish(db, run)

    assert (before, len(shown)) == ([], 9)
    assert told(shown) == told(invitations.due(db, dialogue))


def test_before_publishing_the_organiser_reads_each_letter(
    db: Session, client: TestClient, home: str, dialogue: Dialogue, run: PlanRun
) -> None:
    dialogue.quiet_minutes = 25
    db.commit()

    page = client.get(f"{home}/plans/{run.id}/publish").text

    assert ("Invitasjoner: 9" in page, "25 minutter etter at planen er sendt ut" in page) == (True, True)
    assert page.count("Møtet med Firma 0 AS") == 2
    assert page.count("Dialogkonferanse") == 6


def test_a_plan_on_facts_that_have_changed_is_not_published_and_leaves_no_trace(
    db: Session, client: TestClient, dialogue: Dialogue, home: str, run: PlanRun
) -> None:
    facts_changed(db, dialogue.id)
    db.commit()
    here = f"{home}/plans/{run.id}"
    looked, refused, page = client.get(f"{here}/publish"), client.post(f"{here}/publish"), client.get(here).text

    assert (looked.status_code, looked.headers["location"]) == (303, here)
    assert refused.status_code == 409
    assert "Noe er endret siden planen ble laget. Lag en ny plan, og send ut den." in refused.text
    assert re.findall(r'<button class="ds-button" type="submit">(.*?)</button>', page) == ["Lag en ny plan"]
    version = dialogue.facts_version
    db.refresh(dialogue)
    assert dialogue.facts_version == version


@pytest.mark.parametrize(
    ("outcome", "heading"),
    [
        (infeasible(), "Ingen plan kan holde alle reglene samtidig"),
        (failed(HOSTILE), "Vi fant ingen plan"),
    ],
    ids=["infeasible", "failed"],
)
def test_a_plan_that_came_to_nothing_says_so_and_offers_another(
    db: Session, client: TestClient, dialogue: Dialogue, home: str, outcome: Outcome, heading: str
) -> None:
    ended = _ended(db, dialogue, outcome)
    page = client.get(f"{home}/plans/{ended.id}").text

    assert _heading(page) == heading
    assert re.findall(r'<button class="ds-button" type="submit">(.*?)</button>', page) == ["Lag en ny plan"]
    assert "<script>alert" not in page
    assert client.get(f"{home}/plans/{ended.id}/plan.json").status_code == 409


def test_another_organisers_plan_is_not_there(db: Session, client: TestClient, run: PlanRun) -> None:
    other = _path(organiser_link(db, a_dialogue(db, title="En annen")))
    db.commit()
    places = ["", "/picture.svg", "/day.json", "/plan.json", "/publish"]

    answers = [client.get(f"{other}/plans/{run.id}{place}") for place in places]
    answers += [client.post(f"{other}/plans/{run.id}/publish"), client.get(f"{other}/plans/{uuid4()}")]

    assert {answer.status_code for answer in answers} == {404}
    assert not any("Firma" in answer.text for answer in answers)
    db.refresh(run)
    assert run.state is RunState.READY


def test_a_link_opens_its_own_page_and_no_other(db: Session, client: TestClient, dialogue: Dialogue, home: str) -> None:
    supplier, organiser = session_of(db, _supplier(db, dialogue, 0)), home.split("/")[2]
    db.commit()
    shut = [
        f"/o/{supplier}",
        f"/p/{supplier}",
        f"/p/{organiser}",
        "/o/x",
        "/p/x",
        "/d/x/program",
    ]

    answers = [client.get(path) for path in shut]

    assert [answer.status_code for answer in answers] == [404] * len(shut)
    assert {_heading(answer.text) for answer in answers} == {"Ikke funnet"}


def test_a_supplier_reads_its_time_and_nothing_of_others(
    db: Session, client: TestClient, dialogue: Dialogue, run: PlanRun
) -> None:
    first, second = (_page_of(client, db, _supplier(db, dialogue, place)) for place in (0, 1))
    before = client.get(first).text
    service.publish(db, run)
    db.commit()
    mine, theirs = client.get(first).text, client.get(second).text

    assert _heading(before) == "Tiden er ikke klar ennå"
    assert _heading(mine) == "Møtet deres er onsdag 8. april kl. 13.00–13.30"
    assert "Anne Solvang (Vikstrand kommune), Liv Elvebakk (Elvemo kommune)" in mine
    assert re.findall(r"<dt>(\d.*?)</dt>", mine) == [
        "09.00–10.00",
        "10.00–11.30",
        "11.30–12.00",
        "12.00–13.00",
        "13.00–13.30",
    ]
    assert _heading(theirs) == "Dere har ikke fått møtetid ennå"
    assert ("Firma 1" in mine, "Firma 0" in theirs, "13.00" in theirs) == (False, False, False)


def test_who_comes_to_the_conference_only_is_told_so(db: Session, client: TestClient) -> None:
    supplier = a_supplier(db, a_planned_dialogue(db))
    supplier.wants_meeting = False

    assert _heading(client.get(_page_of(client, db, supplier)).text) == "Dere er påmeldt bare til konferansen"


def test_a_person_reads_the_whole_day(db: Session, client: TestClient, dialogue: Dialogue, run: PlanRun) -> None:
    anne, jonas = people_of(db, dialogue.id)[:2]
    mine, other = (f"/p/{access.grant(db, Right.PERSON, one.id)}" for one in (anne, jonas))
    db.commit()
    before = client.get(mine).text
    service.publish(db, run)
    db.commit()
    page = client.get(mine).text

    assert _heading(before) == "Tidene dine er ikke klare ennå"
    assert _heading(page) == "Du har ett møte onsdag 8. april"
    assert "Dagen din varer fra kl. 09.00 til 13.30, Kulturhuset." in page
    assert "<strong>Firma 0 AS</strong><br>Furu, Panel A" in page
    assert "Sammen med deg: Liv Elvebakk (Elvemo kommune)" in page
    assert _heading(client.get(other).text) == "Du har ingen møter onsdag 8. april"


def test_the_programme_shows_sessions_and_no_suppliers(
    db: Session, client: TestClient, dialogue: Dialogue, run: PlanRun
) -> None:
    address = f"/d/{dialogue.slug}/program"
    before = client.get(address).text
    service.publish(db, run)
    db.commit()
    after = client.get(address).text

    assert _heading(before) == "Tidene i programmet er ikke klare ennå"
    assert re.findall(r"<dt>(.*?)</dt>", before) == ["1 t", "30 min"]
    assert "mellom kl. 11.30 og 13.00" in before
    assert _heading(after) == "Dagen begynner onsdag 8. april 2099 kl. 09.00"
    assert re.findall(r"<dt>(.*?)</dt>", after) == ["09.00–10.00", "11.30–12.00"]
    assert f'href="webcal://testserver/d/{dialogue.slug}/program.ics"' in after
    assert not any(word in before + after for word in ("Firma", "Panel A", "13.30"))


def test_hostile_names_are_shown_as_they_are_written(
    db: Session, client: TestClient, dialogue: Dialogue, home: str, run: PlanRun
) -> None:
    supplier, anne = _supplier(db, dialogue, 0), people_of(db, dialogue.id)[0]
    dialogue.title = dialogue.organiser_name = dialogue.place = supplier.name = anne.name = HOSTILE
    own, person = _page_of(client, db, supplier), f"/p/{access.grant(db, Right.PERSON, anne.id)}"
    service.publish(db, run)
    db.commit()
    addresses = [home, f"{home}/plans/{run.id}", own, person, f"/d/{dialogue.slug}/program"]

    pages = [client.get(address).text for address in addresses]

    assert not any("<script>alert" in page for page in pages)
    assert all("&#34;&gt;&lt;script&gt;alert(1)" in page for page in pages)
    assert "<script>alert" not in client.get(f"{home}/plans/{run.id}/picture.svg").text


def test_a_letter_that_did_not_get_through_is_told_of_on_the_overview(
    db: Session, client: TestClient, dialogue: Dialogue, home: str
) -> None:
    fields = {"sender": "a@b.example", "recipient": HOSTILE, "subject": "Hei", "mime": b"", "attempts": 7}
    stuck = Letter(key="k", message_id="m", dialogue_id=dialogue.id, parked_at=clock.now(), **fields)
    db.add(stuck)
    db.commit()
    page = client.get(home).text

    assert "Ett brev kom ikke fram" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;: Hei" in page


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_page_speaks_each_language(
    client: TestClient, dialogue: Dialogue, home: str, run: PlanRun, language: str
) -> None:
    addresses = [home, f"{home}/plans/{run.id}", f"{home}/plans/{run.id}/publish", f"/d/{dialogue.slug}/program"]

    answers = [client.get(f"{address}?lang={language}") for address in addresses]

    assert {(answer.status_code, answer.headers["content-language"]) for answer in answers} == {(200, language)}


def test_what_the_solver_does_is_told_in_plain_words(run: PlanRun) -> None:
    problem = read_problem((run.problem or "").encode())
    told = {"aim": "wait", "step": 5, "steps": 8, "value": 90, "bound": 45, "seconds": 1.0}

    assert words.progress_of(told, problem, "nb") == [
        "Mål 5 av 8: Venting i alt.",
        "Så langt: 1 t 30 min, i beste fall 45 min.",
    ]
    assert words.progress_of({}, problem, "nb") == ["Vi leter etter en første plan som holder alle reglene."]
    assert words.progress_of({**told, "aim": "kept"}, problem, "en") == [
        "Aim 5 of 8: Meetings moved after they were told."
    ]
