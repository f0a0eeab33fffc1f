"""What becomes of goods by their grade, and what leaves for good with its certificate."""

from decimal import Decimal as D

import pytest

from apps.accounts.roles import Role
from apps.journal.models import OutboxMessage
from apps.ledger.errors import LotOnHold
from apps.ledger.models import Lot, StockBalance, StockMove
from apps.ledger.operations import hold_lots
from apps.ledger.states import HoldReason
from apps.returns.errors import BeneficiaryNeeded, EvidenceNeeded, GradeNeeded, GradeTooPoor, WitnessIsTheSame
from apps.returns.jobs import print_certificate
from apps.returns.models import DisposalCertificate
from apps.safety.models import StorageCondition
from tests.core import paper_reading
from tests.factories.accounts import UserFactory
from tests.factories.api import a_person, refused
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import LotFactory, an_actor, stock
from tests.factories.orders import refusing
from tests.factories.returns import a_return, a_shipped_order, back, inspected, taken_in


@pytest.fixture
def document(floor):
    """Three of six bolts are back at the dock."""
    stock(floor.item, floor.a, 10)
    return taken_in(a_return(a_shipped_order(floor, (floor.item, 6)), back(3)), floor.dock)


@pytest.mark.parametrize(("grade", "disposition"), [("C", "restock"), ("D", "restock"), ("D", "donate")])
def test_poor_goods_do_not_become_good_ones(document, grade, disposition):
    moves = StockMove.objects.count()

    with refusing(GradeTooPoor) as refusal:
        inspected(document, 1, disposition, grade=grade, beneficiary="The kitchen")

    assert (refusal.value.item, refusal.value.grade) == ("BOLT", grade)
    assert StockMove.objects.count() == moves


@pytest.mark.parametrize("disposition", ["restock", "refurbish", "donate"])
def test_what_somebody_will_use_is_graded(floor, document, disposition):
    moves = StockMove.objects.count()
    browser = a_person(floor.warehouse, roles=(Role.SUPERVISOR,))
    body = {"line": 1, "quantity": "1", "disposition": disposition, "beneficiary": "The kitchen"}

    with refusing(GradeNeeded) as refusal:
        inspected(document, 1, disposition, grade="", beneficiary="The kitchen")
    facts = refused(browser.post(f"/customer-returns/{document.number}/inspect", body), 409, "grade_needed")

    assert (refusal.value.item, facts["item"]) == ("BOLT", "BOLT")
    assert StockMove.objects.count() == moves
    inspected(document, 1, "quarantine", grade="")


def test_goods_to_be_refurbished_are_kept_apart_for_it(floor, document):
    inspected(document, 2, "refurbish", grade="C")

    stands = StockBalance.objects.on_hand().get(location=floor.dock, status="damaged")
    assert stands.on_hand == D(2)
    assert document.lines.get().inspections.get().grade == "C"


def test_a_gift_names_who_gets_it_and_has_its_note(floor, document, paper_dir):
    with refusing(BeneficiaryNeeded):
        inspected(document, 1, "donate")
    inspected(document, 1, "donate", grade="B", beneficiary="The soup kitchen", remark="box is dented")

    issued = DisposalCertificate.objects.get()
    browser = a_person(floor.warehouse)
    (text,) = paper_reading.texts(browser.get(f"/disposal-certificates/{issued.number}/paper").content)
    message = OutboxMessage.objects.get(job="returns.print_certificate")
    print_certificate(**message.arguments)

    for expected in ("Donation note", "The soup kitchen", "BOLT", "box is dented"):
        assert expected in text
    assert StockMove.objects.get(transaction=issued.inspection.transaction).target.kind == "scrap"
    assert [path.name for path in paper_dir.rglob("*.pdf")] == [f"{issued.number}.pdf"]


def test_whoever_scraps_is_no_witness_to_it(floor, document):
    boss = UserFactory(roles=[Role.SUPERVISOR])

    with refusing(WitnessIsTheSame):
        inspected(document, 1, "scrap", remark="bent", by=an_actor(boss), witness_id=boss.pk)

    assert not DisposalCertificate.objects.exists()
    browser = a_person(floor.warehouse, roles=(Role.SUPERVISOR,))
    body = {"line": 1, "quantity": "1", "disposition": "scrap", "note": "bent", "witness": "nobody"}
    refused(browser.post(f"/customer-returns/{document.number}/inspect", body), 404, "not_found")


@pytest.mark.parametrize("disposition", ["restock", "refurbish", "donate"])
def test_chilled_or_held_goods_are_not_used_again_unproved(floor, disposition):
    chilled = StorageCondition.objects.get(code="CHILLED")
    milk = ItemFactory(number="MILK", lots=True, storage_condition=chilled)
    stock(milk, floor.a, 2, lot=LotFactory(item=milk, number="L-1"))
    document = taken_in(a_return(a_shipped_order(floor, (milk, 2)), back(2)), floor.dock)

    with refusing(EvidenceNeeded):
        inspected(document, 1, disposition, beneficiary="The kitchen")
    hold_lots([Lot.objects.get(number="L-1").pk], reason=HoldReason.QUALITY, by=an_actor())
    with refusing(LotOnHold):
        inspected(document, 1, disposition, beneficiary="The kitchen", evidence="logger")
