"""The recall report's tree: what the named lots went into, step by step."""

from django.db import transaction

from apps.core import clock
from apps.traceability import pdf
from apps.traceability.operations import RecallFacts, open_recall
from apps.traceability.queries import report_of
from tests.core import paper_reading
from tests.factories.accounts import UserFactory
from tests.factories.assembly import a_workshop, made
from tests.factories.bills import a_bill, part
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import LotFactory, an_actor, stock
from tests.traceability.test_genealogy import build


def test_the_report_shows_what_was_made_step_by_step_certain_apart_from_possible(db):
    shop, officer = a_workshop(), an_actor(UserFactory(roles=["quality"]))
    flour, dough, loaf = (ItemFactory(number=name, lots=True) for name in ("FLOUR", "DOUGH", "LOAF"))
    a_bill(dough, part(flour, 1))
    a_bill(loaf, part(dough, 1))
    bad, good = LotFactory(item=flour, number="BAD"), LotFactory(item=flour, number="GOOD")
    stock(flour, shop.a, 4, lot=good)
    build(shop, dough, made(4, lot="D"))
    stock(flour, shop.a, 4, lot=bad)
    build(shop, dough, made(4, lot="D"))
    build(shop, loaf, made(2, lot="AFTER"))
    alone = LotFactory(item=flour, number="ALONE")
    stock(flour, shop.a, 1, lot=alone)

    def reported(lot):
        with transaction.atomic():
            case = open_recall(lot_ids=[lot.pk], facts=RecallFacts(reason="glass"), by=officer, at=clock.now())
        return report_of(case, at=clock.now(), by=officer.user)

    report = reported(bad)
    text = "\n".join(paper_reading.texts(pdf.recall_report(report)))

    assert [(each.depth, each.item, each.lot, each.origin) for each in report.tree] == [
        (0, "FLOUR", "BAD", "Named"),
        (1, "DOUGH", "D", "Made from a named lot"),
        (2, "LOAF", "AFTER", "Perhaps made from a named lot"),
    ]
    assert "What was made from it" in text
    assert reported(alone).tree == ()
