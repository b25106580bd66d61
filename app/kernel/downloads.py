"""Downloads: what people have sent in goes out as an attachment, and never runs in our pages."""

from fastapi.responses import FileResponse, Response

from app.kernel import files
from app.kernel.attachments import disposition
from app.kernel.files import StoredFile

# Whatever the file turns out to be, a browser that shows it all the same gives it no rights.
_INERT = {"Content-Security-Policy": "sandbox; default-src 'none'", "X-Content-Type-Options": "nosniff"}


def of_file(kept: StoredFile) -> Response:
    """A stored file, under the name that was cleaned when it came in."""
    headers = {**_INERT, "Content-Disposition": disposition(kept.name)}
    return FileResponse(files.path_of(kept.id), media_type=kept.media_type, headers=headers)


def of_bytes(content: bytes, name: str, media_type: str) -> Response:
    """Bytes of our own making, under a name."""
    return Response(content, media_type=media_type, headers={**_INERT, "Content-Disposition": disposition(name)})
