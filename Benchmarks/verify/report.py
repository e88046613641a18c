"""What was found, as JSON, as Markdown and as a picture; each run adds to what earlier runs left."""

import json
import os
import platform
import statistics
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from .pairs import Spread
from .plot import draw
from .rows import Row

WORDS = {"aim": "aim reached", "must": "reached", "missed": "**missed**", "": ""}
HEADINGS = {
    "cpu": "CPU time of a request: nginx `return 200` / ours",
    "throughput": "Requests a second on one core: ours / theirs",
    "latency": "p99 at half of the highest load: ours / nginx's (lower is better)",
    "pages": "The ordinary pages while verify is under full load: p99 / idle p99 (lower is better)",
    "slow": "Slow clients: p99 of others with them / without (lower is better)",
    "scale": "Many keys",
}


class Results:
    """The rows so far, in one file; a row that is measured anew replaces the older one."""

    def __init__(self, folder: Path, binary: Path):
        self.folder, self.binary = folder, binary
        self.file = folder / "verify.json"
        self.rows: dict[str, dict] = {}
        if self.file.exists():
            self.rows = json.loads(self.file.read_text())["rows"]

    def add(self, row: Row, options) -> None:
        conditions = {
            "at": datetime.now(UTC).isoformat(timespec="seconds"), "commit": commit(), "rounds": options.rounds,
            "seconds": options.seconds, "generator": options.generator, "load_average": os.getloadavg()[0],
        }  # fmt: skip
        self.rows[f"{row.measure}/{row.name}"] = row.as_json() | {"conditions": conditions}
        self.folder.mkdir(parents=True, exist_ok=True)
        self.file.write_text(json.dumps({"machine": machine(), "rows": self.rows}, indent=2) + "\n")

    def draw(self) -> None:
        if self.rows:
            rows = [Row.from_json({k: v for k, v in row.items() if k != "conditions"}) for row in self.rows.values()]
            (self.folder / "verify.md").write_text(markdown(rows, list(self.rows.values())))
            draw(rows, self.folder / "verify.png")


def output(*command: str) -> str:
    """The first line that a command prints, or nothing where there is no such command."""
    try:
        run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parent)
    except FileNotFoundError:
        return ""
    return ((run.stdout + run.stderr).strip().splitlines() or [""])[0]


def commit() -> str:
    return output("git", "describe", "--always", "--dirty")


def machine() -> dict[str, str]:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    model = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.machine())
    return {
        "processor": f"{model}, {os.cpu_count()} cores", "kernel": platform.release(),
        "nginx": output("nginx", "-v").removeprefix("nginx version: "), "haproxy": output("haproxy", "-v"),
        "redis": output("redis-server", "--version"),
    }  # fmt: skip


def told(row: Row) -> str:
    """One row in one line."""
    spread = Spread.of(row.figures)
    parts = [f"{row.title}: {spread.median:.3g} ({spread.low:.3g} to {spread.high:.3g})"]
    if row.theirs:
        parts.append(f"ours {figure(row.ours)}, {row.peer} {figure(row.theirs)} {row.unit}")
    return "; ".join([*parts, row.verdict] if row.verdict else parts)


def figure(values: list[float]) -> str:
    median = statistics.median(values)
    return f"{median:,.0f}" if median >= 100 else f"{median:.3g}"


def markdown(rows: list[Row], full: list[dict]) -> str:
    lines = ["# Verify, measured", ""]
    lines += [f"- {name}: {value}" for name, value in machine().items() if value]
    lines += [f"- {told_conditions(full)}", "", "![Ratios and costs](verify.png)", ""]
    lines += costs([row for row in rows if row.measure == "throughput"])
    for measure, heading in HEADINGS.items():
        those = [row for row in rows if row.measure == measure]
        if those:
            lines += [f"## {heading}", "", *table(those), ""]
    return "\n".join(lines).rstrip() + "\n"


def costs(rows: list[Row]) -> list[str]:
    """All peers in one table. Each was paired with ours, so that nginx meets the others by way of ours."""
    by_peer = {row.name: paired_costs(row) for row in rows}
    if "nginx" not in by_peer:
        return []
    nginx = by_peer["nginx"]
    rates = [rate for row in rows for rate in row.ours]
    own = [cost for row in rows for cost in row.notes["ours_cpu_us"]]
    lines = [
        "## What an answer costs", "",
        "| | requests/s on one core | us of CPU a request | CPU of nginx / its own |", "|---|---|---|---|",
        f"| **Latchkey** | {figure(rates)} | {figure(own)} | **{nginx:.2f}** |",
    ]  # fmt: skip
    for row in rows:
        cost = row.notes["peer_cpu_us"]
        lines.append(f"| {row.peer} | {figure(row.theirs)} | {figure(cost)} | {nginx / by_peer[row.name]:.2f} |")
    return [*lines, ""]


def paired_costs(row: Row) -> float:
    """A peer's CPU time of a request / ours."""
    pairs = zip(row.notes["peer_cpu_us"], row.notes["ours_cpu_us"])
    return statistics.median(theirs / ours for theirs, ours in pairs)


def told_conditions(full: list[dict]) -> str:
    conditions = [row["conditions"] for row in full]
    commits, rounds, seconds = ({one[name] for one in conditions} for name in ("commit", "rounds", "seconds"))
    days = sorted(one["at"][:10] for one in conditions)
    return (
        f"measured {' to '.join(sorted({days[0], days[-1]}))} at {', '.join(sorted(commits))}: "
        f"{spoken(rounds)} pairs of runs of {spoken(seconds)} s; medians of the pairs' ratios, with their 95 % interval"
        " (bootstrap) and all that was seen"
    )


def spoken(values: set) -> str:
    return " or ".join(f"{value:g}" for value in sorted(values))


def table(rows: list[Row]) -> list[str]:
    lines = ["| | ours | theirs | figure | 95 % | all | must | aim | |", "|---|---|---|---|---|---|---|---|---|"]
    for row in rows:
        spread = Spread.of(row.figures)
        other = figure(row.theirs) if row.theirs else ""
        must = aim = ""
        if row.goal:
            must, aim = f"{row.goal.must:g}", "" if row.goal.aim is None else f"{row.goal.aim:g}"
        lines.append(
            f"| {row.title} | {figure(row.ours)} {row.unit} | {other} | **{spread.median:.3g}**"
            f" | {spread.low:.3g} to {spread.high:.3g} | {spread.minimum:.3g} to {spread.maximum:.3g}"
            f" | {must} | {aim} | {WORDS[row.verdict]} |"
        )
    return lines
