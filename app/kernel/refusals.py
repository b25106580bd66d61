"""Saying no: a sentence a person can act on, as problem+json to systems (RFC 9457) and as a page to people."""

from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import ClassVar


class Refusal(Exception):
    """A no that is the caller's to mend.

    `sentence` is English with `{places}` that `values` fill; it is what the catalogues translate.
    `headers` go with the answer.
    """

    status: ClassVar[HTTPStatus] = HTTPStatus.BAD_REQUEST
    title: ClassVar[str] = "That cannot be done"
    headers: Mapping[str, str] = MappingProxyType({})

    def __init__(self, sentence: str, **values: object) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.values = values

    def __str__(self) -> str:
        return self.sentence.format(**self.values)


class Invalid(Refusal):
    """Something in what was sent is wrong."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    title = "Something is wrong in what was sent"


class Unauthorized(Refusal):
    """Nobody knows who asks."""

    status = HTTPStatus.UNAUTHORIZED
    title = "A token is needed"
    headers = MappingProxyType({"WWW-Authenticate": "Bearer"})


class Forbidden(Refusal):
    """The caller is known, and may not."""

    status = HTTPStatus.FORBIDDEN
    title = "This is not open to you"


class NotFound(Refusal):
    """It is not there, or not for the caller to know of."""

    status = HTTPStatus.NOT_FOUND
    title = "Not found"


class SignInFirst(Refusal):
    """The page is somebody's own: whoever has no session there is led to where one signs in."""

    status = HTTPStatus.SEE_OTHER
    title = "Sign in"
    headers = MappingProxyType({"Location": "/sign-in"})

    def __init__(self) -> None:
        super().__init__("Sign in to read this page.")


class Conflict(Refusal):
    """It cannot be done as things now stand."""

    status = HTTPStatus.CONFLICT
    title = "That no longer fits"


class TooLarge(Refusal):
    """More was sent than is taken."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    title = "Too large"


class TooMany(Refusal):
    """It was asked for too often; `seconds` later it may be asked for again."""

    status = HTTPStatus.TOO_MANY_REQUESTS
    title = "Too often"

    def __init__(self, seconds: int) -> None:
        super().__init__("That was too often. Wait {minutes} min, and try again.", minutes=-(-seconds // 60))
        self.headers = MappingProxyType({"Retry-After": str(seconds)})


class UnknownToken(NotFound):
    """The token opens nothing here: it never was, has ended, or opens something else."""

    def __init__(self) -> None:
        super().__init__("There is nothing here. The link may have been withdrawn, or cut off on its way.")


class Unavailable(Refusal):
    """It may go well a little later."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    title = "Not just now"
    headers = MappingProxyType({"Retry-After": "2"})
