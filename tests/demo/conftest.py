"""A stranger's machine: an empty folder, the command, and a port of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

ROOT = Path(__file__).parent.parent.parent


@dataclass
class Demo:
    """`dialogdag demo` in a folder, as a process that can be stopped, killed and started again."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("DIALOGDAG_")}
        with self._output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "app", "demo", "--port", str(self.port)],
                cwd=self.folder,
                env={**environment, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def _output(self) -> Path:
        return self.folder / "output.txt"

    def wait_served(self, seconds: float = 150) -> float:
        """Seconds until the page is served; the test fails when that takes too long, or the process ends."""
        began = time.monotonic()
        while time.monotonic() - began < seconds:
            if self.is_served():
                return time.monotonic() - began
            if self.process is not None and self.process.poll() is not None:
                pytest.fail(f"the demo ended with status {self.process.returncode}:\n{self.read()}")
            time.sleep(0.05)
        self.end(signal.SIGKILL)
        pytest.fail(f"not served after {seconds} s:\n{self.read()}")

    def is_served(self) -> bool:
        try:
            return httpx.get(f"{self.address}/health", timeout=2).status_code == 200
        except httpx.TransportError:
            return False

    def end(self, how: signal.Signals = signal.SIGINT) -> int:
        """Send the signal and wait; the exit status."""
        assert self.process is not None
        if self.process.poll() is None:
            self.process.send_signal(how)
        return self.process.wait(timeout=60)

    def read(self) -> str:
        """What the process has written since it was started last."""
        return self._output.read_text(encoding="utf-8", errors="replace")

    @property
    def links(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.folder / "var/demo/links.json").read_text(encoding="utf-8"))
        return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    demo = Demo(tmp_path, free_port())
    try:
        yield demo
    finally:
        if demo.process is not None and demo.process.poll() is None:
            demo.end(signal.SIGKILL)
