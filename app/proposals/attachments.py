"""The files that come with a proposal, and which of them hold what their supplier claims to be secret."""

import hashlib
from dataclasses import dataclass

MOST_FILES = 5  # in one proposal


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent in, with the name that its sender gave it.

    `claimed` says that its sender claims it to be a trade secret.
    """

    name: str
    content: bytes
    claimed: bool = False

    @property
    def sha256(self) -> str:
        """The hash of its content, in lower-case hexadecimals."""
        return hashlib.sha256(self.content).hexdigest()
