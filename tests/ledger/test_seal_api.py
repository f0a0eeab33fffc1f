"""The head and proofs over HTTP: for whoever audits from outside."""

import pytest

from apps.accounts.roles import Role
from apps.core import clock
from apps.ledger.models import Block
from apps.ledger.operations import seal_block
from apps.ledger.proof import proof_of
from tests.factories.api import a_person, refused
from tests.factories.ledger import an_actor, stock
from tests.factories.locations import WarehouseFactory


@pytest.fixture
def sealed(floor):
    """Two postings, each in a block."""
    floor.posted = []
    for quantity in (1, 2):
        floor.posted.append(stock(floor.item, floor.a, quantity))
        seal_block(by=an_actor(), at=clock.now())
    return floor


def test_an_auditor_fetches_the_head_and_keeps_it(sealed):
    answer = a_person(sealed.warehouse, roles=[Role.AUDITOR.value]).get("/ledger/head").json()

    head = Block.objects.get(number=2)
    assert answer == {
        "number": 2,
        "hash": bytes(head.hash).hex(),
        "sealed_at": head.sealed_at.isoformat().replace("+00:00", "Z"),
        "transactions": 2,
    }


def test_before_the_first_sealing_there_is_no_head(floor):
    refused(a_person(floor.warehouse).get("/ledger/head"), 404, "not_found")


def test_a_posting_is_proven_up_to_the_head_or_to_the_block_that_was_kept(sealed):
    person, path = a_person(sealed.warehouse), f"/transactions/{sealed.posted[0]}/proof"

    assert person.get(path).json() == proof_of(sealed.posted[0])
    assert [block["number"] for block in person.get(path).json()["blocks"]] == [1, 2]
    assert [block["number"] for block in person.get(path, to=1).json()["blocks"]] == [1]


def test_a_proof_takes_as_many_statements_for_a_large_block_as_for_a_small_one(sealed):
    person = a_person(sealed.warehouse)
    path = "/api/v1/transactions/%s/proof"
    few, _ = person.statements(lambda: person.client.get(path % sealed.posted[0]))
    posted = [stock(sealed.item, sealed.a, 1) for _ in range(20)]
    seal_block(by=an_actor(), at=clock.now())

    many, answer = person.statements(lambda: person.client.get(path % posted[7]))

    assert (many, answer.status_code) == (few, 200)


def test_there_is_no_proof_to_a_block_before_or_of_what_is_not_sealed(sealed):
    person, fresh = a_person(sealed.warehouse), stock(sealed.item, sealed.a, 1)

    refused(person.get(f"/transactions/{sealed.posted[1]}/proof", to=1), 404, "not_found")
    refused(person.get(f"/transactions/{fresh}/proof"), 404, "not_found")
    refused(person.get(f"/transactions/{fresh}/proof", to="x"), 400, "malformed")


def test_a_proof_shows_only_ones_own_warehouse(sealed):
    stranger = a_person(WarehouseFactory())

    refused(stranger.get(f"/transactions/{sealed.posted[0]}/proof"), 404, "not_found")
