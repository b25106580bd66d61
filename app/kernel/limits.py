"""What the house takes in, and what every answer carries: sizes, and headers that keep pages safe."""

import re
from http import HTTPStatus

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.kernel.settings import settings

_SAFE_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; "
        "img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_TOKEN_PLACES = re.compile(r"/[ospfr]/|/d/[^/]+/(?:confirm|address)/")


def holds_token(path: str) -> bool:
    """Whether what stands at this path is meant for one reader, or the path itself holds the token that opens it."""
    return _TOKEN_PLACES.match(path) is not None


class SafeAnswers:
    """Middleware that puts the safe headers on every answer, and keeps answers to token holders out of caches."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and add the headers to its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add_headers(MutableHeaders(scope=message), str(scope["path"]))
            await send(message)

        await self.app(scope, receive, send_safely)


def _add_headers(headers: MutableHeaders, path: str) -> None:
    for name, value in _SAFE_HEADERS.items():
        headers.setdefault(name, value)
    if holds_token(path) or path.startswith("/api/"):
        headers.setdefault("Cache-Control", "private, no-store")
        headers.setdefault("X-Robots-Tag", "noindex")


class BoundedBody:
    """Middleware that cuts off a request whose body is larger than any that we take."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, counting what comes in."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        most, taken = settings().max_upload_bytes + 1_000_000, 0

        async def receive_counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > most:
                # Hanging up is what ends it: the server would else read on to the end, only to throw it away.
                raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, headers={"Connection": "close"})
            return message

        declared = dict(scope["headers"]).get(b"content-length", b"0")
        if declared.isdigit() and int(declared[:20]) > most:
            await _refuse(send)
        else:
            await self.app(scope, receive_counted, send)


async def _refuse(send: Send) -> None:
    body = b'{"type":"about:blank","title":"Too large","status":413,"detail":"More was sent than is taken."}'
    headers = [
        (b"content-type", b"application/problem+json"),
        (b"connection", b"close"),
        (b"content-length", str(len(body)).encode()),
    ]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": body})
