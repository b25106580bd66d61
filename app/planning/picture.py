"""The picture of a plan as it leaves the house."""

from fastapi import Response

# The picture brings its own style, which the pages' policy would take from it when it is opened by itself.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def as_answer(svg: str) -> Response:
    """The picture as an answer of its own."""
    return Response(svg, media_type="image/svg+xml", headers={"Content-Security-Policy": _POLICY})
