"""A process that sends letters, and is in a hurry: what takes minutes between real mail servers takes it moments."""

import signal
from dataclasses import replace

from app.kernel import engine, posting

PAUSES = (0.5,) * 30  # as many as it takes: a server that fails one time in five fails some letter six times


def main() -> None:
    """Send letters until killed."""
    posting.PAUSES, posting.CLAIM = PAUSES, 2  # type: ignore[assignment]  # fractions of a second will do here
    engine._repeated[:] = [replace(job, seconds=1) for job in engine._repeated]
    engine.launch()
    signal.pause()


if __name__ == "__main__":
    main()
