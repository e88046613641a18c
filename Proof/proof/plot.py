"""The report's picture."""

from pathlib import Path

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot  # noqa: E402

GREEN, GREY, BLUE, RED = "#2f9e6e", "#9aa4b2", "#2f6fed", "#d64545"


def draw(results: dict, path: Path) -> None:
    """Two panels: how long a delete takes with nothing broken, and how often verify answers under each fault."""
    pyplot.rcParams |= {"font.size": 9, "axes.spines.top": False, "axes.spines.right": False}
    figure, (times, shares) = pyplot.subplots(
        1, 2, figsize=(13, 6.2), gridspec_kw={"width_ratios": [1, 1.25]}, layout="constrained"
    )
    draw_times(times, [results[name] for name in ("three_nodes", "thirty_nodes") if name in results])
    draw_shares(shares, results["faults"])
    figure.savefig(path, dpi=140)
    pyplot.close(figure)


def draw_times(axes, measured: list[dict]) -> None:
    for sums, colour in zip(measured, (BLUE, GREY)):
        values = sorted(sums["delete_ms_each"])
        shares = [(place + 1) / len(values) * 100 for place in range(len(values))]
        p50, p99 = sums["delete_ms"]["p50"], sums["delete_ms"]["p99"]
        label = f"{sums['nodes']} nodes: p50 {p50:.1f} ms, p99 {p99:.1f} ms"
        axes.step(values, shares, where="post", color=colour, label=label)
    axes.set_xlim(left=min(min(sums["delete_ms_each"]) for sums in measured) / 3)
    axes.axvline(50, color=RED, linewidth=0.8, linestyle="--", label="aim: p99 under 50 ms with 3 nodes")
    axes.set_xscale("log")
    axes.set_xlabel("milliseconds until a delete answers, nothing broken")
    axes.set_ylabel("% of deletes")
    axes.set_title("A delete answers when no node says yes any more", loc="left", fontsize=10)
    axes.legend(loc="upper left", bbox_to_anchor=(0, 0.97), frameon=False, fontsize=8)


def draw_shares(axes, faults: dict[str, dict]) -> None:
    names = list(faults)[::-1]
    for place, name in enumerate(names):
        sums = faults[name]
        struck, others = sums["availability_struck"], sums["availability_others"]
        if others is not None:
            axes.barh(place + 0.2, others * 100, height=0.36, color=GREY)
        if struck is not None:
            axes.barh(place - 0.2 if others is not None else place, struck * 100, height=0.36, color=GREEN)
    axes.set_yticks(range(len(names)), names)
    axes.set_xlim(0, 100)
    axes.set_xlabel("% of verifies answered yes or no within 1 s while the fault lasted")
    handles = [pyplot.Rectangle((0, 0), 1, 1, color=colour) for colour in (GREEN, GREY)]
    axes.legend(handles, ["nodes that it struck", "the others"], loc="upper center", bbox_to_anchor=(0.4, 1.08),
                ncols=2, frameon=False)  # fmt: skip
