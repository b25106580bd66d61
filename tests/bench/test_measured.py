"""What a command costs is measured of it and its children, and it never outlives its time."""

import signal

from bench.measured import run

SPIN = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'sum(range(10**7))'], check=True)"
SLEEP = "import time; time.sleep(60)"


def test_a_command_is_measured_with_the_children_it_starts() -> None:
    ended = run("timeit", "-n", "1", "-r", "1", SPIN, most_seconds=60)

    assert (ended.status, ended.errors) == (0, "")
    assert ended.output.startswith("1 loop, best of 1")
    assert ended.cost.cpu_seconds > 0.05
    assert ended.cost.wall_seconds > 0.05
    assert ended.cost.peak_mib > 5


def test_a_command_is_killed_when_its_time_is_up() -> None:
    ended = run("timeit", "-n", "1", "-r", "1", SLEEP, most_seconds=0.5)

    assert ended.status == -signal.SIGKILL
    assert ended.cost.wall_seconds < 60


def test_what_a_command_says_of_its_faults_is_kept() -> None:
    ended = run("json.tool", "no-such-file.json", most_seconds=60)

    assert ended.status == 2
    assert "no-such-file.json" in ended.errors
