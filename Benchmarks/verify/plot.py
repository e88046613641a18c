"""The report's picture: ratios against nginx and what they must reach, and the price of each peer's answer."""

import statistics
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot  # noqa: E402

from .pairs import Spread  # noqa: E402
from .rows import Row  # noqa: E402

GREEN, GREY, BLUE, RED, DARK = "#2f9e6e", "#9aa4b2", "#2f6fed", "#d64545", "#333333"
COLOURS = {"aim": GREEN, "must": BLUE, "missed": RED, "": GREY}


def draw(rows: list[Row], path: Path) -> None:
    pyplot.rcParams |= {"font.size": 9, "axes.spines.top": False, "axes.spines.right": False}
    figure, (ratios, costs) = pyplot.subplots(1, 2, figsize=(13, 5), layout="constrained")
    draw_ratios(ratios, [row for row in rows if row.measure == "cpu"])
    draw_costs(costs, [row for row in rows if row.measure == "throughput"])
    figure.savefig(path, dpi=140)
    pyplot.close(figure)


def draw_ratios(axes, rows: list[Row]) -> None:
    """The median of the pairs with its interval, and what it must reach (line) and is to reach (dashed)."""
    for place, row in enumerate(rows[::-1]):
        spread = Spread.of(row.figures)
        errors = [[spread.median - spread.low], [spread.high - spread.median]]
        axes.barh(place, spread.median, height=0.6, color=COLOURS[row.verdict], xerr=errors, ecolor=DARK, capsize=2)
        axes.vlines(row.goal.must, place - 0.4, place + 0.4, color=DARK, linewidth=1.4)
        axes.vlines(row.goal.aim, place - 0.4, place + 0.4, color=DARK, linewidth=1, linestyle=":")
    axes.set_yticks(range(len(rows)), [row.title.replace("`", "") for row in rows[::-1]])
    axes.set_xlim(left=0)
    axes.set_xlabel("CPU time a request, nginx / ours (line: must; dots: aim)")
    axes.set_title("Against nginx's static answer", loc="left", fontsize=10)


def draw_costs(axes, rows: list[Row]) -> None:
    """Microseconds of CPU a request, of each peer and of ours beside it."""
    titles, values, colours = [], [], []
    if rows:
        titles, values, colours = ["Latchkey"], [statistics.median(rows[0].notes["ours_cpu_us"])], [BLUE]
    for row in rows:
        titles.append(row.peer.replace("`", ""))
        values.append(statistics.median(row.notes["peer_cpu_us"]))
        colours.append(GREY)
    order = sorted(range(len(values)), key=values.__getitem__, reverse=True)
    for place, number in enumerate(order):
        axes.barh(place, values[number], height=0.6, color=colours[number])
        axes.annotate(f" {values[number]:,.1f}", (values[number], place), va="center")
    axes.set_yticks(range(len(order)), [titles[number] for number in order])
    axes.set_xscale("log")
    axes.set_xlim(left=1)
    axes.set_xlabel("microseconds of CPU a request, one core, 32 connections (logarithmic)")
    axes.set_title("What an answer costs", loc="left", fontsize=10)
