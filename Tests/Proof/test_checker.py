"""The checker on histories written by hand: each kind of violation is found, each innocent overlap is not."""

import pytest
from proof.checker import check
from proof.recorder import ACCEPTED, DONE, NOT_DONE, REFUSED, UNAVAILABLE, UNKNOWN

SECOND = 1_000_000_000


def change(op: str, begin: int, end: int, outcome: str = DONE, node: str = "n1", **facets: str) -> dict:
    return {"op": op, "node": node, "begin": begin, "end": end, "outcome": outcome} | {
        name: [facet] for name, facet in facets.items()
    }


def create(begin: int = 0, end: int = 10, **more) -> dict:
    return change("create", begin, end, gives="key:1", **more)


def delete(begin: int, end: int, outcome: str = DONE) -> dict:
    return change("delete", begin, end, outcome, takes="key:1")


def block(begin: int, end: int, outcome: str = DONE) -> dict:
    return change("block", begin, end, outcome, takes="user:1")


def unblock(begin: int, end: int, outcome: str = DONE, node: str = "n1") -> dict:
    return change("unblock", begin, end, outcome, node, gives="user:1")


def accepted(begin: int, end: int, *needs: str, node: str = "n2", **more) -> dict:
    return verify(begin, end, ACCEPTED, needs, node, **more)


def refused(code: str, begin: int, end: int, *needs: str, node: str = "n2", **more) -> dict:
    return verify(begin, end, REFUSED, needs, node, code=code, **more)


def verify(begin: int, end: int, outcome: str, needs=(), node: str = "n2", **more) -> dict:
    entry = {"op": "verify", "node": node, "begin": begin, "end": end, "outcome": outcome}
    return entry | {"needs": list(needs or ("key:1",))} | more


def kinds(*history: dict) -> list[str]:
    return [violation.kind for violation in check(list(history)).violations]


def test_accepting_after_a_delete_has_answered_is_found():
    assert kinds(create(), delete(20, 30), accepted(31, 40)) == ["accepted"]


def test_order_in_the_file_does_not_matter():
    assert kinds(accepted(31, 40), delete(20, 30), create()) == ["accepted"]


@pytest.mark.parametrize(
    "overlap", [accepted(5, 15), accepted(15, 19), accepted(15, 25), accepted(22, 28), accepted(25, 99)]
)
def test_accepting_before_or_during_a_delete_is_innocent(overlap):
    assert kinds(create(), delete(20, 30), overlap) == []


@pytest.mark.parametrize("outcome", [UNKNOWN, NOT_DONE])
def test_accepting_after_a_delete_that_did_not_tell_is_innocent(outcome):
    assert kinds(create(), delete(20, 30, outcome), accepted(50, 60)) == []


def test_a_delete_that_did_not_tell_takes_nothing_from_one_that_did():
    assert kinds(create(), delete(20, 30), delete(35, 40, UNKNOWN), accepted(50, 60)) == ["accepted"]


def test_accepting_a_key_that_nobody_ever_made_is_found():
    assert kinds(accepted(50, 60)) == ["accepted"]


def test_each_answer_of_several_nodes_is_judged():
    assert kinds(create(), delete(20, 30), accepted(31, 40), accepted(32, 50, node="n3")) == ["accepted"] * 2


def test_accepting_a_key_of_a_blocked_person_is_found():
    made = change("add_user", 0, 5, gives="user:1")
    assert kinds(create(), made, block(20, 30), accepted(31, 40, "key:1", "user:1")) == ["accepted"]


@pytest.mark.parametrize(
    "give",
    [unblock(35, 45), unblock(25, 28), unblock(29, 99), unblock(10, 21), unblock(10, 12, UNKNOWN), unblock(38, 99)],
    ids=["after", "within the block", "overlaps its end", "overlaps its begin", "may come late", "overlaps verify"],
)
def test_a_give_that_could_stand_between_take_and_verify_explains_accepting(give):
    assert kinds(create(), block(20, 30), give, accepted(36, 46, "key:1", "user:1")) == []


@pytest.mark.parametrize("give", [unblock(5, 15), unblock(47, 99), unblock(32, 33, NOT_DONE)])
def test_a_give_before_the_take_or_after_the_verify_explains_nothing(give):
    assert kinds(create(), block(20, 30), give, accepted(36, 46, "key:1", "user:1")) == ["accepted"]


def test_one_give_explains_no_take_that_began_after_it():
    history = [create(), block(20, 30), unblock(31, 35), block(40, 50)]
    assert kinds(*history, accepted(51, 60, "key:1", "user:1")) == ["accepted"]


def test_accepting_for_a_right_that_was_reduced_is_found_and_for_another_is_not():
    rights = [change("add_user", 0, 5, gives=f"right:1:{name}") for name in ("devices:read", "content:read")]
    reduce = change("reduce", 20, 30, takes="right:1:devices:read")
    assert kinds(create(), *rights, reduce, accepted(31, 40, "key:1", "right:1:devices:read")) == ["accepted"]
    assert kinds(create(), *rights, reduce, accepted(31, 40, "key:1", "right:1:content:read")) == []


@pytest.mark.parametrize("node", ["n1", "n2"])
def test_refusing_a_key_that_nobody_deleted_is_found_on_every_node_at_once(node):
    assert kinds(create(), refused("unknown", 11, 20, node=node)) == ["refused"]
    assert kinds(create(), refused("unknown", 9, 20, node=node)) == []


@pytest.mark.parametrize("outcome", [DONE, UNKNOWN])
def test_refusing_what_may_have_been_deleted_is_innocent(outcome):
    long = 9 * SECOND
    assert kinds(create(), delete(long, long + 10, outcome), refused("deleted", long + 5, long + 8)) == []
    assert kinds(create(), delete(long, long + 10, outcome), refused("deleted", 2 * long, 2 * long + 1)) == []


def test_a_take_that_overlaps_the_last_give_explains_refusing():
    long = 9 * SECOND
    made = change("add_user", 0, 5, gives="user:1")
    needs = ("key:1", "user:1")
    assert kinds(create(), made, unblock(20, 40), block(25, 30), refused("owner_blocked", long, long + 9, *needs)) == []


def test_refusing_before_the_delete_began_is_found():
    long = 9 * SECOND
    assert kinds(create(), delete(long, long + 10), refused("deleted", long - 10, long - 5)) == ["refused"]
    assert kinds(create(), delete(long, long + 10, NOT_DONE), refused("deleted", long + 20, long + 25)) == ["refused"]


def test_refusing_for_another_cause_than_the_one_there_is_is_found():
    long = 9 * SECOND
    made = change("add_user", 0, 5, gives="user:1")
    history = [create(), made, delete(long, long + 10)]
    assert kinds(*history, refused("owner_blocked", long + 20, long + 25, "key:1", "user:1")) == ["refused"]
    assert kinds(*history, refused("expired", long + 20, long + 25, "key:1", "user:1")) == ["refused"]


def test_refusing_a_key_that_was_not_confirmed_is_innocent_until_it_is():
    long = 9 * SECOND
    confirm = change("confirm", long, long + 10, gives="copied:1")
    needs = ("key:1", "copied:1")
    assert kinds(create(), confirm, refused("not_copied", 20, 30, *needs)) == []
    assert kinds(create(), confirm, refused("not_copied", long + 5, long + 12, *needs)) == []
    assert kinds(create(), confirm, refused("not_copied", long + 11, long + 12, *needs)) == ["refused"]
    assert kinds(create(), confirm, accepted(20, 30, *needs)) == ["accepted"]


def test_being_unavailable_is_never_a_violation():
    history = [create(), verify(20, 30, UNAVAILABLE, code="not_current")]
    verdict = check(history)
    assert verdict.violations == [] and verdict.verifies[UNAVAILABLE] == 1


def test_an_answer_that_is_neither_yes_nor_no_is_counted_apart():
    verdict = check([create(), verify(20, 30, "unexpected", status=500, code="fault")])
    assert verdict.unexpected == {(500, "fault"): 1}


def state(begin: int, end: int, **shows: bool) -> dict:
    facets = {name.replace("_", ":"): holds for name, holds in shows.items()}
    return {"op": "state", "node": "database", "begin": begin, "end": end, "outcome": "read", "shows": facets}


def test_what_was_answered_and_is_not_so_at_the_end_is_lost():
    assert kinds(create(), state(50, 60, key_1=False)) == ["lost"]
    assert kinds(create(), delete(20, 30), state(50, 60, key_1=True)) == ["lost"]
    assert kinds(create(), delete(20, 30), accepted(50, 60, final=True)) == ["lost"]
    assert kinds(create(), refused("unknown", 50, 60, final=True)) == ["lost"]


def test_what_did_not_tell_may_be_either_at_the_end():
    for holds in (True, False):
        assert kinds(create(), delete(20, 30, UNKNOWN), state(50, 60, key_1=holds)) == []
