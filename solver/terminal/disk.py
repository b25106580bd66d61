"""Files on disk: read no further than the format allows, written whole or not at all."""

import os
import secrets
from pathlib import Path

from solver.files import MOST_BYTES


def read_whole(path: Path) -> bytes:
    """The bytes of a file; of one that is too large, just enough for its reader to refuse it."""
    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)


def refuse_unwritable(path: Path, *sources: Path) -> None:
    """Raise OSError when a file surely cannot be written, or should not because it is one of the sources.

    To be asked before hard work is spent on what the file shall hold.
    """
    if _target(path) in {_target(source) for source in sources}:
        raise FileExistsError(None, "Is read from, and must not be written over")
    if path.is_dir():
        raise IsADirectoryError(None, "Is a directory")
    if _is_a_device(path):
        return
    folder = _target(path).parent
    if not folder.is_dir():
        raise FileNotFoundError(None, "Its folder does not exist")
    if not os.access(folder, os.W_OK):
        raise PermissionError(None, "Its folder cannot be written to")


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that a reader sees the old one or the new one, never a part."""
    if _is_a_device(path):
        path.write_bytes(content)
        return
    target = _target(path)
    draft = target.with_name(f".{target.name[:100]}.{secrets.token_hex(8)}")
    try:
        with draft.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def _is_a_device(path: Path) -> bool:
    # A device or a pipe, such as /dev/stdout, is written to where it stands, and never replaced by a file.
    return path.exists() and not path.is_file()


def _target(path: Path) -> Path:
    # Unlike Path.resolve, this bears a circle of symbolic links; opening the file will then refuse it.
    return Path(os.path.realpath(path))
