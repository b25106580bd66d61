"""Sign-in letters, and the links in them."""

import re
from email.message import EmailMessage

from fastapi.testclient import TestClient

from tests.suppliers.factories import DOSEVAKT, letters, text_of

SILJE = DOSEVAKT["contact_email"]
LINK = re.compile(r"http://testserver(/s/[0-9a-f-]{36}/sign-in/([\w-]{43}))\s")


def asked_for(client: TestClient, address: str = SILJE) -> list[EmailMessage]:
    """The sign-in letters there are when somebody has asked with this address."""
    client.post("/sign-in", data={"email": address})
    return [letter for letter in letters() if "logge inn" in letter["Subject"]]


def link(client: TestClient) -> str:
    """The path of the link in a sign-in letter to Silje, who has just asked for it."""
    found = LINK.search(text_of(asked_for(client)[-1]))
    assert found is not None
    return found[1]
