"""Files on disk that are there whole, or not at all."""

import os
import secrets
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that a crash leaves either all of it or none: to a draft first, flushed, then renamed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # A draft of one's own: two may be writing the same file.
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}.draft")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
