"""`make prove`: measures, breaks, checks, and writes Proof/results. Exit 0 only when all that is promised was seen."""

import argparse
import asyncio
import os
import platform
import signal
import sys
import tempfile
import time
from pathlib import Path

from . import campaign, measure, report, scenarios
from .checker import check
from .cluster import Cluster
from .recorder import Recorder
from .tally import DELETES, ROLE_CHANGES, Tally, tally

PROJECT = Path(__file__).resolve().parents[2]
# Examples of violations that are printed; all are in the JSON.
SHOWN = 5
MEASURED_DELETES = 400
# Seconds that a fault lasts. A cut node costs deletes one lease; in the rest they go on, and are counted.
HOLD = 6.0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m proof", description=__doc__)
    parser.add_argument("--binary", type=Path, default=PROJECT / ".build/release/latchkey")
    parser.add_argument("--debug-binary", type=Path, default=PROJECT / ".build/debug/latchkey",
                        help="a build that can be told to leave parts of the protocol out")  # fmt: skip
    parser.add_argument("--deletes", type=int, default=10_000, help="delete calls to be answered under faults")
    parser.add_argument("--role-changes", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=3, help="each fault comes at least so often")
    parser.add_argument("--minutes", type=float, default=25, help="no new round is begun after so many")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--results", type=Path, default=PROJECT / "Proof/results")
    return parser.parse_args()


def say(text: str) -> None:
    print(f"proof: {text}", file=sys.stderr, flush=True)


def main() -> int:
    options = arguments()
    # Whoever stops the proof stops all that it has started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    began = time.monotonic()
    results: dict = {"seed": options.seed, "machine": f"{os.cpu_count()} processors, {platform.machine()}"}
    with tempfile.TemporaryDirectory(prefix="latchkey-history-") as folder:
        histories = Path(folder)
        with Cluster(options.binary.resolve()) as cluster:
            failures = measure_quiet(cluster, histories, results)
            failures += break_things(cluster, histories, options, results, began)
            failures += play_scenarios(cluster, histories, results)
            failures += take_parts_out(cluster, histories, options, results)
            failures += measure_many(cluster, histories, options, results)
    results["minutes"] = round((time.monotonic() - began) / 60, 1)
    report.write(results, options.results)
    say(f"the report is in {options.results}")
    for failure in failures:
        say(f"FAILED: {failure}")
    return 1 if failures else 0


def measure_quiet(cluster: Cluster, histories: Path, results: dict) -> list[str]:
    say("three nodes, nothing broken")
    history = histories / "quiet.jsonl"
    with Recorder(history) as recorder:
        results["three_nodes"] = asyncio.run(measure.three_nodes(cluster, recorder, MEASURED_DELETES))
    say(f"a delete answers after {results['three_nodes']['delete_ms']}")
    return [f"with nothing broken: {violation}" for violation in check(history).violations]


def break_things(cluster: Cluster, histories: Path, options, results: dict, began: float) -> list[str]:
    cluster.restart_nodes(clocks=True)
    history = histories / "faults.jsonl"
    enough = Enough(history, options, began)
    asyncio.run(campaign.run(cluster, history, announced(campaign.rounds(options.seed, enough)), HOLD, options.seed))
    say("reading the history")
    verdict, sums = check(history), tally(history)
    results["totals"] = report.totals(verdict, sums)
    results["totals"]["fast_lane_answers"] = sum(node.lane_answers() for node in cluster.nodes)
    results["faults"] = report.by_fault(sums)
    results["availability_between_faults"] = sums.quiet.share
    results["violations"] = [str(violation) for violation in verdict.violations]
    say(f"{sum(sums.counted.values())} faults, {sums.in_all(*DELETES)} deletes, {len(verdict.violations)} violations")
    failures = results["violations"][:SHOWN]
    if len(results["violations"]) > SHOWN:
        failures.append(f"and {len(results['violations']) - SHOWN} more violations")
    failures += [f"{count} answers that nobody promised: {what}" for what, count in verdict.unexpected.items()]
    return failures + enough.missing(sums)


class Enough:
    """Whether a run has done what it must; asked between two rounds of faults."""

    def __init__(self, history: Path, options, began: float):
        self.history, self.options, self.began = history, options, began
        self.rounds = -1

    def __call__(self) -> bool:
        self.rounds += 1
        if self.rounds < self.options.rounds:
            return False
        if time.monotonic() - self.began > self.options.minutes * 60:
            return True
        # What the recorder still holds back is missing here: then there is one round too many, never one too few.
        return not self.missing(tally(self.history))

    def missing(self, sums: Tally) -> list[str]:
        wanted = {"deletes": (DELETES, self.options.deletes), "role changes": (ROLE_CHANGES, self.options.role_changes)}
        return [
            f"only {sums.under_faults(*operations)} of {number} {name} were answered under faults"
            for name, (operations, number) in wanted.items()
            if sums.under_faults(*operations) < number
        ]


def announced(names):
    for number, name in enumerate(names, start=1):
        say(f"fault {number}: {name}")
        yield name


def play_scenarios(cluster: Cluster, histories: Path, results: dict) -> list[str]:
    cluster.restart_nodes()
    results["scenarios"], failures = {}, []
    for name, play in scenarios.SCENARIOS.items():
        verdict = play(cluster, histories / "scenario.jsonl")
        say(f"{name}: {len(verdict.violations)} violations")
        results["scenarios"][name] = {"violations": [str(violation) for violation in verdict.violations]}
        failures += [f"{name}: {violation}" for violation in verdict.violations]
    return failures


def take_parts_out(cluster: Cluster, histories: Path, options, results: dict) -> list[str]:
    """The checker must find what the nodes do when a part of the protocol is missing."""
    results["switches"], failures = {}, []
    for switch, fault in campaign.SWITCHES.items():
        verdict = campaign.prove_checker(
            cluster, options.debug_binary.resolve(), histories / f"{switch}.jsonl", switch
        )  # fmt: skip
        found = verdict.of("accepted")
        say(f"without a part ({switch}): {len(found)} violations found")
        results["switches"][switch] = {
            "fault": fault, "violations": len(found), "example": str(found[0]) if found else "none"
        }  # fmt: skip
        if not found:
            failures.append(f"{switch}: the checker found nothing")
    return failures


def measure_many(cluster: Cluster, histories: Path, options, results: dict) -> list[str]:
    say("thirty nodes on this machine")
    cluster.stop_nodes()
    cluster.fault_injection, cluster.binary = "", options.binary.resolve()
    cluster.start_processes(30)
    history = histories / "many.jsonl"
    with Recorder(history) as recorder:
        results["thirty_nodes"] = asyncio.run(measure.thirty_nodes(cluster, recorder, MEASURED_DELETES // 2))
    say(f"a delete answers after {results['thirty_nodes']['delete_ms']}")
    return [f"with thirty nodes: {violation}" for violation in check(history).violations]


if __name__ == "__main__":
    sys.exit(main())
