"""What a run found, as JSON, as Markdown and as a picture."""

import json
from pathlib import Path

from .checker import Verdict
from .measure import summary
from .plot import draw
from .tally import DELETES, ROLE_CHANGES, Tally

BLOCKS = ("block", "unblock", "remove")


def totals(verdict: Verdict, sums: Tally) -> dict:
    """The figures of the run under faults."""
    return {
        "violations": {kind: len(verdict.of(kind)) for kind in ("accepted", "refused", "lost")},
        "deletes": {
            "calls": sums.in_all(*DELETES), "calls_under_faults": sums.under_faults(*DELETES),
            "keys": sums.keys_deleted, "keys_under_faults": sums.keys_deleted_under_faults,
        },
        "role_changes": {
            "calls": sums.in_all(*ROLE_CHANGES), "calls_under_faults": sums.under_faults(*ROLE_CHANGES)
        },
        "blocks": {"calls": sums.in_all(*BLOCKS), "calls_under_faults": sums.under_faults(*BLOCKS)},
        "changes_by_outcome": {f"{op} {outcome}": count for (op, outcome), count in sorted(verdict.changes.items())},
        "verifies": dict(verdict.verifies),
        "unexpected": {f"{status} {code}": count for (status, code), count in verdict.unexpected.items()},
        "nodes_fenced": sums.fenced,
        "waited_ms": summary(sums.waited),
    }  # fmt: skip


def by_fault(sums: Tally) -> dict[str, dict]:
    """How often each fault came, and what verify's availability was meanwhile."""
    table = {}
    for name, count in sorted(sums.counted.items()):
        windows = [window for window in sums.windows if window.name == name]
        table[name] = {
            "times": count,
            "seconds": round(sum(window.end - window.begin for window in windows) / 1e9, 1),
            "availability_struck": sums.struck[name].share,
            "availability_others": sums.others[name].share,
            "recovery_ms": summary([(window.recovered - window.end) / 1e6 for window in windows]),
        }
    return table


def write(results: dict, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "proof.json").write_text(json.dumps(results, indent=2) + "\n")
    (folder / "proof.md").write_text(markdown(results))
    draw(results, folder / "proof.png")


def markdown(results: dict) -> str:
    sums = results["totals"]
    violations = sum(sums["violations"].values())
    deletes, roles = sums["deletes"], sums["role_changes"]
    lines = [
        "# The proof, run", "",
        f"**{violations} violations** in {deletes['calls']:,} deletes ({deletes['keys']:,} keys) and"
        f" {roles['calls']:,} role changes, of which {deletes['calls_under_faults']:,} deletes"
        f" ({deletes['keys_under_faults']:,} keys) and {roles['calls_under_faults']:,} role changes were answered while"
        f" a fault lasted; besides, {sums['blocks']['calls']:,} blocks, unblocks and removals, and"
        f" {sum(sums['verifies'].values()):,} verifies, of which the fast lane answered at least"
        f" {sums['fast_lane_answers']:,}. {results['machine']}; {results['minutes']} minutes in all,"
        f" seed {results['seed']}.", "",
        "| kind | found |", "|---|---|",
        f"| accepted after the answer that took it | {sums['violations']['accepted']} |",
        f"| refused without cause | {sums['violations']['refused']} |",
        f"| answered, and lost when all was healed | {sums['violations']['lost']} |",
        f"| answers that nobody promised | {sums['unexpected'] or 'none'} |", "",
        "![Answering times and availability](proof.png)", "", *measured(results), *faults(results), *scenarios(results),
        *switches(results),
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def measured(results: dict) -> list[str]:
    lines = ["## Nothing broken", "", "| | " + " | ".join(f"{one['nodes']} nodes" for one in both(results)) + " |"]
    lines.append("|---|" + "---|" * len(both(results)))

    def row(title: str, cell) -> None:
        lines.append(f"| {title} | " + " | ".join(cell(one) for one in both(results)) + " |")

    def times(name: str):
        return lambda one: f"{one[name]['p50']:.1f} / {one[name]['p99']:.1f} ms" if name in one else ""

    def figure(name: str):
        return lambda one: f"{one[name]}" if name in one else ""

    row("a delete answers after, p50 / p99", times("delete_ms"))
    row("the last node refuses, after the delete's begin", times("last_refusal_after_begin_ms"))
    row("the last node refuses, after its answer (below 0: before it)", times("last_refusal_after_answer_ms"))
    row("deletes a second, 8 at once", figure("deletes_per_second"))
    row("processors that the nodes keep busy at rest (1.0: one of them)", figure("processor_share_at_rest"))
    row("while deleting one after the other", figure("processor_share_while_deleting"))
    row("database connections", figure("database_connections"))
    return [*lines, ""]


def both(results: dict) -> list[dict]:
    return [results[name] for name in ("three_nodes", "thirty_nodes") if name in results]


def faults(results: dict) -> list[str]:
    lines = [
        "## Faults", "",
        "Availability: verifies answered yes or no within 1 s, of those that began while the fault lasted. The rest"
        " were 503 `not_current`, or no answer at all. Where the database is struck, all nodes are.", "",
        "| fault | times | seconds in all | struck node | other nodes | ready again after, p50 / max |",
        "|---|---|---|---|---|---|",
    ]  # fmt: skip
    for name, sums in results["faults"].items():
        again = sums["recovery_ms"]
        lines.append(
            f"| {name} | {sums['times']} | {sums['seconds']} | {percent(sums['availability_struck'])}"
            f" | {percent(sums['availability_others'])} | {again['p50']:.0f} / {again['max']:.0f} ms |"
        )
    between = percent(results["availability_between_faults"])
    return [*lines, "", f"Between the faults, once all nodes were ready again: {between}.", ""]


def percent(share: float | None) -> str:
    return "" if share is None else f"{share * 100:.1f} %"


def scenarios(results: dict) -> list[str]:
    lines = ["## Played on purpose", "", "| order of events | violations |", "|---|---|"]
    lines += [f"| {name} | {len(sums['violations'])} |" for name, sums in results["scenarios"].items()]
    return [*lines, ""]


def switches(results: dict) -> list[str]:
    lines = [
        "## The checker, checked", "",
        "A part of the protocol taken out, under the fault that shows it. Found is what must be found.", "",
        "| taken out | fault | violations found | one of them |", "|---|---|---|---|",
    ]  # fmt: skip
    for name, sums in results["switches"].items():
        lines.append(f"| `{name}` | {sums['fault']} | {sums['violations']} | {sums['example']} |")
    return lines
