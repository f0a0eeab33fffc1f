"""Ranking: what the task asks for comes first."""

from apps.insights.rules import EXACT, EXPECTED, HERE, LIKELY, POSSIBLE, Candidate, Expectation, rank


def candidate(kind, pk, score, **more):
    return Candidate(kind=kind, number=f"{kind}-{pk}", label="", score=score, pk=pk, **more)


def test_the_surest_comes_first_and_equals_keep_one_order():
    lot, item, place = candidate("lot", 1, POSSIBLE), candidate("item", 2, EXACT), candidate("location", 3, EXACT)

    assert rank([lot, place, item], Expectation()) == [item, place, lot]
    assert rank([place, item, lot], Expectation()) == [item, place, lot]


def test_what_the_task_asks_for_beats_what_is_surer():
    bin_, item = candidate("location", 7, LIKELY), candidate("item", 7, EXACT)

    first, second = rank([item, bin_], Expectation(things=frozenset({("location", 7)})))

    assert (first.kind, first.expected, first.score) == ("location", True, LIKELY + EXPECTED)
    assert (second.kind, second.expected, second.score) == ("item", False, EXACT)


def test_a_lot_of_the_tasks_item_beats_the_same_number_of_another():
    other, same = candidate("lot", 1, POSSIBLE, item_id=5), candidate("lot", 2, POSSIBLE, item_id=6)

    assert [found.pk for found in rank([other, same], Expectation(item_id=6))] == [2, 1]
    assert rank([same], Expectation(item_id=6))[0].score == POSSIBLE + HERE


def test_the_document_that_the_task_serves_is_expected():
    order = Candidate(kind="sales_order", number="SO-000001", label="", score=EXACT, pk=1)

    assert rank([order], Expectation(document="SO-000001"))[0].expected
    assert not rank([order], Expectation())[0].expected
