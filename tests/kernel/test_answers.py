"""A no is problem+json to a system and a page to a person, in their language, and never a trace."""

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import BaseModel, Field

from app.kernel import answers, limits
from app.kernel.refusals import Conflict
from app.kernel.texts import EmailAddress, Line, OrganisationNumber


class _Body(BaseModel):
    name: Line
    email: EmailAddress = "a@b.no"
    organisation_number: OrganisationNumber = "987654325"
    seats: int = Field(default=1, ge=1, le=3, strict=True)


@pytest.fixture
def doors() -> TestClient:
    app = FastAPI()
    answers.install(app)
    app.add_middleware(limits.BoundedBody)
    app.add_middleware(limits.SafeAnswers)

    @app.get("/api/conflict")
    @app.get("/page/conflict")
    def conflict() -> None:
        raise Conflict("{name} has already registered.", name="<b>Acme</b>")

    @app.get("/api/fault")
    def fault() -> None:
        raise ZeroDivisionError("a secret")

    @app.post("/api/body")
    def body(body: _Body) -> _Body:
        return body

    return TestClient(app, raise_server_exceptions=False)


def test_a_system_gets_problem_json(doors: TestClient) -> None:
    answer = doors.get("/api/conflict")

    assert (answer.status_code, answer.headers["content-type"]) == (409, "application/problem+json")
    assert answer.json() == {
        "type": "about:blank",
        "title": "That no longer fits",
        "status": 409,
        "detail": "<b>Acme</b> has already registered.",
    }


def test_a_person_gets_a_page_with_what_was_typed_escaped(doors: TestClient) -> None:
    answer = doors.get("/page/conflict")

    assert (answer.status_code, answer.headers["content-type"]) == (409, "text/html; charset=utf-8")
    assert "&lt;b&gt;Acme&lt;/b&gt;" in answer.text
    assert "<b>Acme" not in answer.text


def test_a_fault_of_ours_tells_nothing_of_its_cause(doors: TestClient) -> None:
    answer = doors.get("/api/fault")

    assert (answer.status_code, answer.json()["title"]) == (500, "A fault of ours")
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    ("sent", "status", "place"),
    [
        (b'{"name": "Acme"', 422, "body[15]"),
        (b"\xff\xfe", 422, "body[0]"),
        (b"[" * 20000, 400, None),
        (b'{"name": "\\ud800"}', 422, "body.name"),
        (b'{"name": "A\\r\\nBcc: x@y.no"}', 422, "body.name"),
        (b'{"name": "=?utf-8?q?A=0D=0ABcc=3A_x=40y=2Ein?="}', 422, "body.name"),
        (b'{"name": "A\\u202eB"}', 422, "body.name"),
        (b'{"name": "A\\u0000B"}', 422, "body.name"),
        (b'{"name": "A\\u2028B"}', 422, "body.name"),
        (b'{"name": "   "}', 422, "body.name"),
        (b'{"name": "A", "seats": 99999999999999999999}', 422, "body.seats"),
        (b'{"name": "A", "seats": true}', 422, "body.seats"),
        (b'{"name": "A", "seats": NaN}', 422, "body.seats"),
        (b'{"name": "A", "seats": 1e400}', 422, "body.seats"),
        (b'{"name": "A", "email": "a@b.no\\r\\nBcc: c@d.no"}', 422, "body.email"),
        (b'{"name": "A", "email": "a b@c.no"}', 422, "body.email"),
        (b'{"name": "A", "organisation_number": "000000000"}', 422, "body.organisation_number"),
        (b'{"name": "A", "organisation_number": "987654321"}', 422, "body.organisation_number"),
        (b'{"name": "A", "organisation_number": "98765432198765432198"}', 422, "body.organisation_number"),
        (b"null", 422, "body"),
        (b'["a", "b"]', 422, "body"),
    ],
)
def test_bad_input_gets_a_sentence_that_names_the_place(
    doors: TestClient, sent: bytes, status: int, place: str | None
) -> None:
    answer = doors.post("/api/body", content=sent, headers={"content-type": "application/json"})

    problem = answer.json()
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert problem["detail"]
    assert place is None or problem["errors"][0]["place"] == place


def test_more_than_is_taken_is_refused_whether_it_was_announced_or_not(doors: TestClient) -> None:
    """L5: with and without a length."""
    announced = doors.post("/api/body", content=b"x" * 12_000_000)
    chunked = doors.post("/api/body", content=(b"x" * 1_000_000 for _ in range(12)))

    assert (announced.status_code, chunked.status_code) == (413, 413)


def test_every_answer_carries_the_safe_headers(doors: TestClient) -> None:
    headers = doors.get("/page/conflict").headers

    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert (headers["x-content-type-options"], headers["referrer-policy"]) == ("nosniff", "no-referrer")


def test_a_system_that_asks_for_norwegian_gets_it(doors: TestClient) -> None:
    answer = doors.get("/api/missing", headers={"accept-language": "nb-NO,nb;q=0.9"})

    assert (answer.status_code, answer.headers["content-language"]) == (404, "nb")
