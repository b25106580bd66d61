"""Every door of the house that answers to GET, as an organiser would try them all."""

from typing import Any
from uuid import UUID

from fastapi.testclient import TestClient
from starlette.routing import Route

from app.main import FOR_PEOPLE, FOR_SYSTEMS

UNKNOWN = str(UUID(int=7))


def addresses(known: dict[str, str]) -> list[str]:
    """The path of every route that answers to GET, with what is known filled in, and an unknown id elsewhere."""
    routes = [route for door in (*FOR_SYSTEMS, *FOR_PEOPLE) for route in door.router.routes]
    paths = [route.path for route in routes if isinstance(route, Route) and "GET" in (route.methods or set())]
    return [_filled(path, known) for path in paths]


def _filled(path: str, known: dict[str, str]) -> str:
    parts = [
        known.get(part[1:-1].partition(":")[0], UNKNOWN) if part.startswith("{") and part.endswith("}") else part
        for part in path.split("/")
    ]
    return "/".join(parts)


def read_all(client: TestClient, organiser: dict[str, str], **known: str) -> dict[str, Any]:
    """What the organiser gets at every door, by address; nobody is signed in as a supplier."""
    token = organiser["Authorization"].removeprefix("Bearer ")
    client.cookies.clear()
    return {
        address: client.get(address, headers=organiser)
        for address in addresses({"token": token, **known})
        # A page that follows how a plan grows is asked for in the tests of plans.
        if "picture" not in address
    }
