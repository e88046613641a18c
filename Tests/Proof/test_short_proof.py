"""The proof in short: each fault once, and each part of the protocol taken out once. `make prove` is the long form."""

import asyncio

import pytest
from proof import campaign
from proof.checker import check
from proof.faults import FAULTS
from proof.scenarios import SCENARIOS
from proof.tally import DELETES, ROLE_CHANGES, tally

from support.server import BINARY

# Longer than a lease: a node that is cut off has lost its own, and deletes go on without it.
HOLD = 2.5  # seconds


@pytest.mark.parametrize("half", [0, 1])
def test_no_fault_makes_a_node_accept_what_was_taken_or_lose_what_was_answered(cluster, tmp_path, half):
    history = tmp_path / "history.jsonl"
    names = list(FAULTS)[half::2]
    asyncio.run(campaign.run(cluster, history, names, HOLD))
    verdict, sums = check(history), tally(history)
    assert not verdict.violations, "\n".join(map(str, verdict.violations[:10]))
    assert not verdict.unexpected
    assert sums.counted == dict.fromkeys(names, 1)
    assert sums.in_all(*DELETES) > 0 and sums.in_all(*ROLE_CHANGES) > 0
    assert all(node.lane_answers() > 0 for node in cluster.nodes), "half of the verifies are for the fast lane"


@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=SCENARIOS)
def test_no_order_of_events_makes_a_node_accept_what_was_deleted(cluster, tmp_path, scenario):
    verdict = scenario(cluster, tmp_path / "history.jsonl")
    assert not verdict.violations, "\n".join(map(str, verdict.violations))


@pytest.mark.parametrize("switch", campaign.SWITCHES)
def test_the_checker_finds_what_nodes_do_without_a_part_of_the_protocol(cluster, tmp_path, switch):
    verdict = campaign.prove_checker(cluster, BINARY, tmp_path / "history.jsonl", switch)
    assert verdict.of("accepted"), f"nothing found with {switch}"
