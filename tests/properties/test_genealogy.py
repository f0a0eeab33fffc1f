"""Genealogy against a plain model: sets of what each lot holds, played forward one step after the other."""

from collections import defaultdict
from typing import Any

import pytest
from django.db.models import Sum
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.ledger.models import Lot, StockBalance
from apps.traceability.queries.genealogy import goods_of, made_of, reach
from tests.factories.assembly import a_workshop, bring, finish, issue_all, made, put_to_work
from tests.factories.bills import a_bill, part
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import LotFactory, stock

RAW, KIT = 0, 1
NAMES = st.sampled_from("PQR")
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("receive"), NAMES, NAMES, NAMES),
        st.tuples(st.sampled_from(["assemble", "disassemble", "repack", "rework"]), NAMES, NAMES, NAMES),
    ),
    min_size=4,
    max_size=8,
)


class Model:
    """What each lot possibly holds, and what all of it certainly holds; a lot is its item and number."""

    def __init__(self):
        self.possible = defaultdict(set)
        self.certain = defaultdict(set)
        self.whole = {}

    def receive(self, lot):
        self.whole[lot] = set()

    def make(self, parts, lot):
        """All that stood at the bench went into the lot, so that the record is certain."""
        some = {each for part in parts for each in self.possible[part] | {part}}
        sure = {each for part in parts for each in self.whole[part] | {part}}
        self.possible[lot] = self.possible[lot] | some
        self.certain[lot] = self.certain[lot] | sure
        self.whole[lot] = self.whole[lot] & sure if lot in self.whole else set(sure)


@pytest.fixture
def shop(db):
    shop = a_workshop()
    shop.raw, shop.kit = ItemFactory(number="RAW", lots=True), ItemFactory(number="KIT", lots=True)
    a_bill(shop.kit, part(shop.raw, 2))
    return shop


@given(steps=STEPS)
@settings(max_examples=8)
def test_both_ways_are_what_a_plain_model_says(shop, steps):
    model, run = Model(), Lot.objects.count()
    lots: dict[tuple[int, str], Any] = {}
    for what, name, first, second in [("receive", "P", "P", "P"), *steps]:
        if what == "receive":
            key = (RAW, name)
            if key not in lots:
                lots[key] = LotFactory(item=shop.raw, number=f"{name}{run}")
            stock(shop.raw, shop.a, 40, lot=lots[key])
            model.receive(key)
            continue
        takes, gives = {"assemble": (RAW, KIT), "disassemble": (KIT, RAW)}.get(what, (KIT, KIT))
        key, parts = (gives, name), [(takes, first), (takes, second)][: 2 if what == "assemble" else 1]
        if not all(part in lots and held(lots[part]) > 1 for part in parts):
            continue
        play(shop, what, [lots[part] for part in parts], f"{name}{run}")
        lots[key] = Lot.objects.get(item=shop.kit if gives == KIT else shop.raw, number=f"{name}{run}")
        model.make(parts, key)

    keys = {lot.pk: key for key, lot in lots.items()}
    for key, lot in lots.items():
        below, up = made_of(goods_of([lot.pk])), reach(lot_ids=[lot.pk])
        assert {keys[node.id] for node in below.nodes} == model.possible[key] | {key}
        assert {keys[node.id] for node in below.certain} == model.certain[key] | {key}
        assert {keys[pk] for pk in up.lots} == {other for other in lots if key in model.possible[other]} | {key}
        assert {keys[pk] for pk in up.certain_lots} == {each for each in lots if key in model.certain[each]} | {key}


def play(shop, what, parts, number):
    """One order from start to end: what is made stands in bin A."""
    if what == "assemble":
        order = put_to_work(shop, shop.kit, 1)
        for lot in parts:
            bring(order, shop.raw, shop.a, 1, lot=lot)
        finish(order, made(1, lot=number), place=shop.a)
        return
    order = put_to_work(shop, shop.kit, 1, kind=what, lot_id=parts[0].pk)
    issue_all(order)
    if what == "disassemble":
        finish(order, made(2, lot=number, item_id=shop.raw.pk), quantity=1, place=shop.a)
    else:
        finish(order, made(1, lot=number), place=shop.a)


def held(lot):
    """How much of it there is."""
    return StockBalance.objects.filter(lot=lot).aggregate(held=Sum("on_hand"))["held"] or 0
