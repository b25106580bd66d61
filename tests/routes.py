"""Every route of the house, and who may open it."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from fastapi import FastAPI


class Door(StrEnum):
    """Who may open a route."""

    PUBLIC = "anybody"
    OWN_PAGE = "the supplier's session"
    SIGN_IN = "the supplier's link, once"
    OWN_LINK = "whoever has the link"
    ORGANISER = "the organiser's system"
    SUPPLIER = "the supplier's system"
    OPERATOR = "the operator's system"


ROUTES = {
    Door.PUBLIC: """
        GET /
        GET /api/v1/dialogues
        GET /api/v1/dialogues/{dialogue_id}
        GET /api/v1/dialogues/{dialogue_id}/answers
        GET /api/v1/dialogues/{dialogue_id}/documents
        GET /api/v1/dialogues/{dialogue_id}/note
        GET /api/v1/dialogues/{dialogue_id}/notes
        GET /api/v1/dialogues/{dialogue_id}/proposal-questions
        POST /api/v1/dialogues/{dialogue_id}/registrations
        GET /api/v1/openapi.json
        HEAD /api/v1/openapi.json
        GET /d/{slug}
        GET /d/{slug}/address/{token}
        POST /d/{slug}/address/{token}
        GET /d/{slug}/confirm/{token}
        POST /d/{slug}/confirm/{token}
        GET /d/{slug}/dialognotat-{version}.pdf
        GET /d/{slug}/dialognotat.pdf
        GET /d/{slug}/documents/{document_id}
        GET /d/{slug}/erased
        GET /d/{slug}/program
        GET /d/{slug}/program.html
        GET /d/{slug}/program.ics
        HEAD /d/{slug}/program.ics
        GET /d/{slug}/program.json
        HEAD /d/{slug}/program.json
        GET /d/{slug}/questions
        GET /d/{slug}/register
        POST /d/{slug}/register
        GET /d/{slug}/registered
        GET /d/{slug}/withdrawn
        GET /dialogues.atom
        HEAD /dialogues.atom
        GET /health
        GET /sign-in
        POST /sign-in
        GET /sign-in/sent
        GET /signed-out
    """,
    Door.OWN_PAGE: """
        GET /s/{supplier_id}
        GET /s/{supplier_id}/answer/{uid}
        POST /s/{supplier_id}/answer/{uid}
        GET /s/{supplier_id}/booking
        GET /s/{supplier_id}/booking/confirm
        POST /s/{supplier_id}/booking/give-back
        POST /s/{supplier_id}/booking/hold
        POST /s/{supplier_id}/booking/let-go
        POST /s/{supplier_id}/booking/look-again
        GET /s/{supplier_id}/booking/meeting-{request_id}.ics
        POST /s/{supplier_id}/booking/take
        GET /s/{supplier_id}/calendar
        POST /s/{supplier_id}/calendar
        POST /s/{supplier_id}/calendar/anew
        GET /s/{supplier_id}/erase
        POST /s/{supplier_id}/erase
        GET /s/{supplier_id}/export
        GET /s/{supplier_id}/meeting
        GET /s/{supplier_id}/partners
        POST /s/{supplier_id}/proposal
        GET /s/{supplier_id}/proposal/answers.json
        POST /s/{supplier_id}/proposal/draft
        GET /s/{supplier_id}/proposal/draft/shareable
        POST /s/{supplier_id}/proposal/draft/shareable
        GET /s/{supplier_id}/proposal/files/{file_id}
        GET /s/{supplier_id}/proposal/shareable
        GET /s/{supplier_id}/questions
        POST /s/{supplier_id}/questions
        GET /s/{supplier_id}/receipt
        GET /s/{supplier_id}/registration
        POST /s/{supplier_id}/registration/contacts
        POST /s/{supplier_id}/registration/participation
        POST /s/{supplier_id}/sign-out
        GET /s/{supplier_id}/withdraw
        POST /s/{supplier_id}/withdraw
    """,
    Door.SIGN_IN: """
        GET /s/{supplier_id}/sign-in/{token}
        POST /s/{supplier_id}/sign-in/{token}
        POST /api/v1/sessions
    """,
    Door.OWN_LINK: """
        GET /f/{token}.html
        GET /f/{token}.ics
        HEAD /f/{token}.ics
        GET /f/{token}.ifb
        HEAD /f/{token}.ifb
        GET /f/{token}.json
        HEAD /f/{token}.json
        GET /o/{token}
        GET /o/{token}/calendar
        POST /o/{token}/calendar
        POST /o/{token}/calendar/anew
        GET /o/{token}/documents
        POST /o/{token}/documents
        POST /o/{token}/documents/{document_id}/withdraw
        POST /o/{token}/plans
        GET /o/{token}/letters
        POST /o/{token}/letters/now
        POST /o/{token}/letters/proposals/{told_id}/decline
        POST /o/{token}/letters/times
        POST /o/{token}/letters/{letter_id}/retry
        GET /o/{token}/plans/{plan_id}
        GET /o/{token}/plans/{plan_id}/day.json
        GET /o/{token}/plans/{plan_id}/picture.svg
        GET /o/{token}/plans/{plan_id}/plan.json
        GET /o/{token}/plans/{plan_id}/publish
        POST /o/{token}/plans/{plan_id}/publish
        GET /o/{token}/questions
        GET /o/{token}/questions/answers/{answer_id}
        POST /o/{token}/questions/answers/{answer_id}
        POST /o/{token}/questions/answers/{answer_id}/discard
        POST /o/{token}/questions/drafts
        POST /o/{token}/questions/publish
        GET /o/{token}/questions/{question_id}/decline
        POST /o/{token}/questions/{question_id}/decline
        GET /o/{token}/suppliers.csv
        GET /p/{token}
        GET /p/{token}/busy
        POST /p/{token}/busy
        POST /p/{token}/busy/use
        GET /p/{token}/answer/{uid}
        POST /p/{token}/answer/{uid}
        GET /p/{token}/calendar
        POST /p/{token}/calendar
        POST /p/{token}/calendar/anew
        GET /r/{token}
        HEAD /r/{token}
        POST /r/{token}
    """,
    Door.ORGANISER: """
        GET /api/v1/dialogues/{dialogue_id}/answer-drafts
        POST /api/v1/dialogues/{dialogue_id}/answer-drafts
        DELETE /api/v1/dialogues/{dialogue_id}/answer-drafts/{answer_id}
        PUT /api/v1/dialogues/{dialogue_id}/answer-drafts/{answer_id}
        POST /api/v1/dialogues/{dialogue_id}/answers
        PUT /api/v1/dialogues/{dialogue_id}/answers/{number}
        GET /api/v1/dialogues/{dialogue_id}/letters/answers
        POST /api/v1/dialogues/{dialogue_id}/letters/answers/{told_id}/keep-time
        GET /api/v1/dialogues/{dialogue_id}/letters/waiting
        POST /api/v1/dialogues/{dialogue_id}/letters/now
        PUT /api/v1/dialogues/{dialogue_id}/letters/quiet
        PUT /api/v1/dialogues/{dialogue_id}/letters/reminders
        GET /api/v1/dialogues/{dialogue_id}/barred
        POST /api/v1/dialogues/{dialogue_id}/barred
        GET /api/v1/dialogues/{dialogue_id}/booking
        PUT /api/v1/dialogues/{dialogue_id}/booking
        POST /api/v1/dialogues/{dialogue_id}/booking/desk
        GET /api/v1/dialogues/{dialogue_id}/bookings
        POST /api/v1/dialogues/{dialogue_id}/bookings
        DELETE /api/v1/dialogues/{dialogue_id}/bookings/{booking_id}
        PUT /api/v1/dialogues/{dialogue_id}/bookings/{booking_id}
        POST /api/v1/dialogues/{dialogue_id}/buyers
        PUT /api/v1/dialogues/{dialogue_id}/buyers/{handle}
        GET /api/v1/dialogues/{dialogue_id}/day
        PUT /api/v1/dialogues/{dialogue_id}/day
        POST /api/v1/dialogues/{dialogue_id}/documents
        DELETE /api/v1/dialogues/{dialogue_id}/documents/{document_id}
        POST /api/v1/dialogues/{dialogue_id}/feeds
        DELETE /api/v1/dialogues/{dialogue_id}/feeds/{kind}/{about}
        GET /api/v1/dialogues/{dialogue_id}/meeting-requests
        POST /api/v1/dialogues/{dialogue_id}/meeting-requests
        POST /api/v1/dialogues/{dialogue_id}/notes
        GET /api/v1/dialogues/{dialogue_id}/panels
        POST /api/v1/dialogues/{dialogue_id}/panels
        GET /api/v1/dialogues/{dialogue_id}/people
        POST /api/v1/dialogues/{dialogue_id}/people
        GET /api/v1/dialogues/{dialogue_id}/people/{handle}/busy
        POST /api/v1/dialogues/{dialogue_id}/people/{handle}/busy
        POST /api/v1/dialogues/{dialogue_id}/people/{handle}/busy/use
        PUT /api/v1/dialogues/{dialogue_id}/places
        GET /api/v1/dialogues/{dialogue_id}/plans
        POST /api/v1/dialogues/{dialogue_id}/plans
        GET /api/v1/dialogues/{dialogue_id}/plans/{plan_id}
        GET /api/v1/dialogues/{dialogue_id}/plans/{plan_id}/day.json
        GET /api/v1/dialogues/{dialogue_id}/plans/{plan_id}/letters
        GET /api/v1/dialogues/{dialogue_id}/plans/{plan_id}/picture.svg
        GET /api/v1/dialogues/{dialogue_id}/plans/{plan_id}/plan.json
        POST /api/v1/dialogues/{dialogue_id}/plans/{plan_id}/publish
        POST /api/v1/dialogues/{dialogue_id}/proposal-questions
        GET /api/v1/dialogues/{dialogue_id}/proposals
        POST /api/v1/dialogues/{dialogue_id}/proposals/open
        POST /api/v1/dialogues/{dialogue_id}/publish
        GET /api/v1/dialogues/{dialogue_id}/questions
        POST /api/v1/dialogues/{dialogue_id}/questions/{question_id}/decline
        GET /api/v1/dialogues/{dialogue_id}/rooms
        POST /api/v1/dialogues/{dialogue_id}/rooms
        GET /api/v1/dialogues/{dialogue_id}/sessions
        POST /api/v1/dialogues/{dialogue_id}/sessions
        GET /api/v1/dialogues/{dialogue_id}/suppliers
        GET /api/v1/dialogues/{dialogue_id}/suppliers.csv
        DELETE /api/v1/dialogues/{dialogue_id}/suppliers/{supplier_id}
        GET /api/v1/dialogues/{dialogue_id}/suppliers/{supplier_id}
        GET /api/v1/dialogues/{dialogue_id}/suppliers/{supplier_id}/proposal
        GET /api/v1/dialogues/{dialogue_id}/suppliers/{supplier_id}/proposal/files/{file_id}
        GET /api/v1/dialogues/{dialogue_id}/suppliers/{supplier_id}/proposal/shareable
        GET /api/v1/dialogues/{dialogue_id}/waiting-list
    """,
    Door.SUPPLIER: """
        GET /api/v1/meetings
        DELETE /api/v1/meetings/{request_id}
        PUT /api/v1/meetings/{request_id}
        POST /api/v1/proposals
        POST /api/v1/proposals/with-file
    """,
    Door.OPERATOR: """
        POST /api/v1/dialogues
    """,
}
"""Every route with its verb, by who may open it: a route that is not named here fails the test."""


def named() -> dict[tuple[str, str], Door]:
    """The door of each verb and path."""
    lines = [(door, line.split()) for door, block in ROUTES.items() for line in block.splitlines() if line.strip()]
    return {(verb, path): door for door, (verb, path) in lines}


def served(app: FastAPI) -> Iterator[tuple[str, str]]:
    """Every verb and path that the app answers to; its folder of styles and scripts aside."""
    yield from _served(app.routes)


def _served(routes: list[Any]) -> Iterator[tuple[str, str]]:
    for route in routes:
        if inner := getattr(route, "original_router", None):
            yield from _served(inner.routes)
        elif getattr(route, "name", "") != "static":
            yield from ((verb, route.path) for verb in route.methods)
