"""The plots are drawn from the results, and the same results give the same files."""

from pathlib import Path
from xml.etree import ElementTree

from bench.plots import draw_plots
from bench.results import Results
from tests.bench.test_report import RESULTS

PLOTS = [
    "faults.svg",
    "feeds.svg",
    "mail.svg",
    "memory-against-size.svg",
    "openings.svg",
    "peers.svg",
    "time-against-size.svg",
]


def test_each_plot_says_what_it_shows(tmp_path: Path) -> None:
    draw_plots(RESULTS, tmp_path)

    assert sorted(path.name for path in tmp_path.iterdir()) == PLOTS
    texts = {path.name: set(ElementTree.parse(path).getroot().itertext()) for path in tmp_path.iterdir()}  # noqa: S314 - our own file
    assert {"Memory of planning a day", "meetings", "MiB at most", "1 GiB"} <= texts["memory-against-size.svg"]
    assert {"Openings of one supplier", "suppliers", "milliseconds"} <= texts["openings.svg"]
    assert {"Requests answered", "bare route", "unchanged (304)", "goal 0.6 ×"} <= texts["feeds.svg"]
    assert {"The same instances, to the same end", "HiGHS", "RC2", "50 ×"} <= texts["peers.svg"]
    assert {"Planning a day", "meetings", "seconds of thinking"} <= texts["time-against-size.svg"]


def test_the_same_results_give_the_same_plots(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        draw_plots(RESULTS, tmp_path / name)

    assert [(tmp_path / "one" / plot).read_bytes() for plot in PLOTS] == [
        (tmp_path / "other" / plot).read_bytes() for plot in PLOTS
    ]


def test_nothing_is_drawn_of_what_was_not_measured(tmp_path: Path) -> None:
    draw_plots(Results(), tmp_path)

    assert list(tmp_path.iterdir()) == []
