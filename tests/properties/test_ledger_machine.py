"""Whatever is done to stock, in whatever order, the ledger does what a dictionary would do, and refuses what it would.

After every step: balances are the model's, claims are the model's, and the rules that always hold hold.
"""

from collections import Counter
from copy import deepcopy
from datetime import timedelta
from decimal import Decimal as D
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from apps.core import clock
from apps.core.errors import DomainError
from apps.core.invariants import check_invariants, invariants
from apps.ledger.errors import BelongsToDocument, HoldEnded, ReservationEnded, UnitElsewhere
from apps.ledger.models import HandlingUnit, Reservation, StockBalance, StockTransaction
from apps.ledger.operations import (
    Claim,
    Content,
    Move,
    Place,
    close_unit,
    expire_reservations,
    hold_lots,
    merge_unit,
    move_units,
    nest_unit,
    open_units,
    post,
    release,
    release_holds,
    reopen_unit,
    reserve,
    reverse,
    split_unit,
    unnest_unit,
)
from apps.ledger.queries.as_of import stock_as_of
from apps.ledger.queries.reversal import preview_reversal
from apps.ledger.states import HoldReason, TransactionKind, UnitKind
from tests.factories.catalog import ItemFactory
from tests.factories.floor import a_floor
from tests.factories.ledger import LotFactory
from tests.properties.ledger_model import OUTSIDE, Key, Ledger, Step
from tests.properties.ledger_model import Claim as ModelClaim

ALWAYS = {"I03", "I05", "I21"}
"""Asked after every step; all of them at the end of an example."""
any_of = st.integers(0, 10**6)
quantities = st.integers(1, 12).map(D)
goods = st.sampled_from([("BOLT", ""), ("MILK", "L1"), ("MILK", "L2")])
places = st.sampled_from(["A", "B", "DOCK", "TOTE"])
statuses = st.sampled_from(["available", "available", "damaged"])


def one(rows, number):
    """One of the rows, by any number."""
    return rows[number % len(rows)]


class LedgerMachine(RuleBasedStateMachine):
    """Does things to the ledger and to the model; each example is rolled back."""

    world: SimpleNamespace

    def __init__(self):
        super().__init__()
        self.model = Ledger()
        self.ended = []
        self.holds_ended = []
        self.documents = 0
        self.moments = []
        self.atomic = transaction.atomic()
        self.atomic.__enter__()

    def teardown(self):
        try:
            assert check_invariants() == []
            for at, on_hand in self.moments:
                assert stood(at) == on_hand
        finally:
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    # --- what can be done ---------------------------------------------------------------------

    @initialize(first=quantities, second=quantities, third=quantities)
    def stock_up(self, first, second, third):
        for what, place, quantity in (
            (("BOLT", ""), "A", first),
            (("MILK", "L1"), "A", second),
            (("MILK", "L2"), "B", third),
        ):
            self.post("receive", [Step(quantity + 8, Key(what[0], what[1], "supplier"), Key(what[0], what[1], place))])

    @rule(what=goods, place=places, status=statuses, quantity=quantities)
    def receive(self, what, place, status, quantity):
        item, lot = what
        self.post("receive", [Step(quantity, Key(item, lot, "supplier"), Key(item, lot, place, status=status))])

    @precondition(lambda self: self.model.on_hand)
    @rule(which=any_of, place=places, quantity=quantities)
    def move(self, which, place, quantity):
        source = self.stocked(which)
        assume(place != source.place)
        self.post("move", [Step(self.most(source, quantity), source, source._replace(place=place, unit=0))])

    @precondition(lambda self: self.model.on_hand)
    @rule(which=any_of, places=st.permutations(["A", "B", "DOCK"]), first=quantities, second=quantities)
    def move_to_two_places(self, which, places, first, second):
        source = self.stocked(which)
        targets = [source._replace(place=place, unit=0) for place in places if place != source.place][:2]
        first = self.most(source, first)
        self.post("move", [Step(first, source, targets[0]), Step(second, source, targets[1])])

    @precondition(lambda self: self.model.on_hand)
    @rule(which=any_of, there=quantities, back=quantities)
    def swap(self, which, there, back):
        source = self.stocked(which)
        assume(source.place in {"A", "B"})
        target = source._replace(place="B" if source.place == "A" else "A", unit=0)
        back_to = source if not source.unit else source._replace(unit=0)
        self.post("move", [Step(there, source, target), Step(back, target, back_to)])

    @precondition(lambda self: self.model.on_hand)
    @rule(which=any_of, place=st.sampled_from(["customer", "scrap", "supplier"]), quantity=quantities)
    def leave(self, which, place, quantity):
        source = self.stocked(which)
        kind = {"customer": "ship", "scrap": "scrap", "supplier": "move"}[place]
        self.post(kind, [Step(self.most(source, quantity), source, Key(source.item, source.lot, place))])

    @precondition(lambda self: any(key.place == "DOCK" and not key.unit for key in self.model.on_hand))
    @rule(which=any_of, place=st.sampled_from(["A", "B"]), quantity=quantities)
    def put_away(self, which, place, quantity):
        source = one(sorted(key for key in self.model.on_hand if key.place == "DOCK" and not key.unit), which)
        self.post("putaway", [Step(self.most(source, quantity), source, source._replace(place=place))])

    @precondition(lambda self: self.model.on_hand)
    @rule(which=any_of, more=st.booleans(), quantity=quantities)
    def adjust(self, which, more, quantity):
        key = self.stocked(which)
        other = Key(key.item, key.lot, "adjustment")
        self.post("adjust", [Step(quantity, other, key) if more else Step(self.most(key, quantity), key, other)])

    @precondition(lambda self: self.model.on_hand)
    @rule(which=any_of, found=st.integers(0, 30).map(D))
    def count(self, which, found):
        key = self.stocked(which)
        other, variance = Key(key.item, key.lot, "adjustment"), found - self.model.on_hand[key]
        assume(variance)
        self.post("adjust", [Step(variance, other, key) if variance > 0 else Step(-variance, key, other)])

    @precondition(lambda self: self.model.on_hand)
    @rule(which=any_of, status=st.sampled_from(["available", "damaged", "inspection"]), quantity=quantities)
    def change_status(self, which, status, quantity):
        source = self.stocked(which)
        assume(status != source.status)
        self.post("status", [Step(self.most(source, quantity), source, source._replace(status=status))])

    @precondition(lambda self: self.free())
    @rule(which=any_of, quantity=quantities)
    def reserve_what_is_free(self, which, quantity):
        key = one(self.free(), which)
        self.reserve(key, min(quantity, self.model.on_hand[key] - self.model.reserved(key)))

    @precondition(lambda self: self.free())
    @rule(which=any_of, share=st.sampled_from([D("0.5"), D(1)]))
    def reserve_much_of_it(self, which, share):
        key = one(self.free(), which)
        free = self.model.on_hand[key] - self.model.reserved(key)
        self.reserve(key, (free * share).to_integral_value() or D(1))

    @precondition(lambda self: self.model.on_hand)
    @rule(which=any_of, quantity=quantities)
    def reserve_anything(self, which, quantity):
        self.reserve(self.stocked(which), quantity)

    @precondition(lambda self: self.free())
    @rule(which=any_of, quantity=quantities)
    def reserve_for_a_moment(self, which, quantity):
        key = one(self.free(), which)
        free = self.model.on_hand[key] - self.model.reserved(key)
        self.reserve(key, min(quantity, free), expires_at=clock.now() - timedelta(seconds=1))

    @precondition(lambda self: any(claim.expires for claim in self.model.claims.values()))
    @rule()
    def expire(self):
        due = {pk for pk, claim in self.model.claims.items() if claim.expires}
        assert expire_reservations(limit=1000) == len(due)
        self.model.claims = {pk: claim for pk, claim in self.model.claims.items() if pk not in due}
        self.ended += sorted(due)

    @precondition(lambda self: self.model.claims)
    @rule(which=any_of, quantity=quantities)
    def pick(self, which, quantity):
        pk = one(sorted(self.model.claims), which)
        claim = self.model.claims[pk]
        self.post(
            "pick", [Step(min(quantity, claim.quantity + 1), claim.key, claim.key._replace(place="TOTE", unit=0), pk)]
        )

    @precondition(lambda self: self.model.claims)
    @rule(which=any_of)
    def let_go(self, which):
        pk = one(sorted(self.model.claims), which)
        self.attempt(None, lambda: release([pk], reason="cancelled"))
        del self.model.claims[pk]
        self.ended.append(pk)

    @precondition(lambda self: self.ended)
    @rule(which=any_of)
    def let_go_again(self, which):
        self.attempt(ReservationEnded, lambda: release([one(self.ended, which)], reason="again"))

    @precondition(lambda self: not self.model.holds)
    @rule(lot=st.sampled_from(["L1", "L2"]), needed=any_of)
    def hold(self, lot, needed):
        assume(needed % 3 == 0)  # a freeze ends most stories
        (pk,) = hold_lots([self.world.lots[lot].pk], reason=HoldReason.QUALITY, by=self.world.floor.by)
        self.model.holds[pk] = lot
        self.model.claims = {pk: claim for pk, claim in self.model.claims.items() if claim.key.lot != lot}

    @precondition(lambda self: self.model.holds)
    @rule(which=any_of)
    def end_hold(self, which):
        pk = one(sorted(self.model.holds), which)
        assert release_holds([pk], by=self.world.floor.by, at=clock.now()) == 1
        del self.model.holds[pk]
        self.attempt(HoldEnded, lambda: release_holds([pk], by=self.world.floor.by, at=clock.now()))

    @precondition(lambda self: self.model.postings)
    @rule(which=any_of)
    def reverse(self, which):
        # The latest are the most likely to be possible still.
        number = one(sorted(self.model.postings, reverse=True), which)
        due = self.model.reversal_refusal(number)
        asked = preview_reversal(StockTransaction.objects.get(pk=number))
        in_the_way = {type(obstacle.refusal) for obstacle in asked.obstacles} - {BelongsToDocument}
        assert (due in in_the_way) if due else not in_the_way
        made = self.attempt(
            due,
            lambda: reverse(number, by=self.world.floor.by, at=clock.now(), reason="mistake"),
        )
        if made is not None:
            steps, units = self.model.mirror(number)
            self.model.do(made, steps, units)
            self.model.final |= {number, made}
            self.adopt()

    @precondition(lambda self: len(self.model.units) < 5)
    @rule(kind=st.sampled_from([*UnitKind, UnitKind.PALLET]))
    def open_unit(self, kind):
        (pk,) = open_units(warehouse_id=self.world.floor.warehouse.pk, kind=kind)
        self.model.units[pk] = None
        self.model.kinds[pk] = str(kind)

    @precondition(lambda self: len(self.model.units) > 1)
    @rule(which=any_of, into=any_of)
    def nest(self, which, into):
        unit, other = (one(sorted(self.model.units), number) for number in (which, into))
        due = self.model.nest(unit, other)
        self.attempt(due, lambda: nest_unit(unit_id=unit, into_id=other, **self.who()))

    @precondition(lambda self: self.model.parents)
    @rule(which=any_of)
    def take_out(self, which):
        unit = one(sorted(self.model.units), which)
        due = self.model.unnest(unit)
        self.attempt(due, lambda: unnest_unit(unit_id=unit, **self.who()))

    @precondition(lambda self: len(self.model.units) > 1)
    @rule(which=any_of, into=any_of)
    def merge(self, which, into):
        unit, other = (one(sorted(self.model.units), number) for number in (which, into))
        after = deepcopy(self.model)
        due = after.merge(unit, other)
        steps = due if isinstance(due, list) else None
        done = self.attempt(
            None if steps is not None else due, lambda: merge_unit(unit_id=unit, into_id=other, **self.who())
        )
        if done is not None:
            self.model = after
            if steps:
                self.model.do(StockTransaction.objects.latest("pk").pk, steps)
            self.adopt()

    @precondition(lambda self: any(key.unit for key in self.model.on_hand))
    @rule(which=any_of, into=any_of, quantity=quantities)
    def split(self, which, into, quantity):
        source = one(sorted(key for key in self.model.on_hand if key.unit), which)
        target = source._replace(unit=one([0, *sorted(self.model.units)], into))
        assume(target != source)
        steps = [Step(self.most(source, quantity), source, target)]
        content = Content(
            item_id=self.world.items[source.item].pk,
            lot_id=self.world.lots[source.lot].pk if source.lot else None,
            quantity=steps[0].quantity,
            status=source.status,
        )
        done = self.attempt(
            self.model.refusal("move", steps),
            lambda: split_unit(unit_id=source.unit, contents=[content], into_id=target.unit or None, **self.who()),
        )
        if done is not None:
            self.model.do(StockTransaction.objects.latest("pk").pk, steps)
            self.adopt()

    @precondition(lambda self: self.model.units)
    @rule(which=any_of, needed=any_of)
    def close(self, which, needed):
        assume(needed % 3 == 0 or self.model.closed)  # a closed unit ends many stories
        unit = one(sorted(self.model.closed) or sorted(self.model.units), which)
        (reopen_unit if unit in self.model.closed else close_unit)(unit_id=unit, **self.who())
        self.model.closed ^= {unit}

    @precondition(lambda self: self.model.units and self.model.on_hand)
    @rule(which=any_of, into=any_of, place=places, quantity=quantities)
    def pack(self, which, into, place, quantity):
        unit = one(sorted(self.model.units), into)
        source = self.stocked(which)
        target = source._replace(place=place, unit=unit)
        assume(source != target)
        self.post("pack", [Step(self.most(source, quantity), source, target)])

    @precondition(lambda self: self.model.units)
    @rule(which=any_of, place=st.sampled_from(["A", "B", "DOCK", "customer"]))
    def move_unit(self, which, place):
        unit = one(sorted(self.model.units), which)
        stands = self.model.units[unit]
        assume(place != stands)
        kind = "ship" if place == "customer" else "move"
        whole = self.model.below(unit)
        steps = [
            Step(self.model.on_hand[key], key, key._replace(place=place))
            for each in whole
            for key in self.model.contents(each)
        ]
        units = self.model.units | dict.fromkeys(whole, place)
        fast = stands in {None, *OUTSIDE} or not steps or unit in self.model.parents
        due = UnitElsewhere if fast else self.model.refusal(kind, steps, units)
        made = self.attempt(
            due,
            lambda: move_units(
                [unit],
                warehouse_id=self.world.floor.warehouse.pk,
                target_id=self.world.places[place].pk,
                kind=TransactionKind(kind),
                by=self.world.floor.by,
                at=clock.now(),
            ),
        )
        if made is not None:
            self.model.do(made, steps, units)
            self.adopt()

    # --- what must hold -----------------------------------------------------------------------

    @invariant()
    def stock_is_what_the_model_says(self):
        rows = StockBalance.objects.filter(on_hand__gt=0).select_related("item", "lot", "location")
        found = {key_of(row): (row.on_hand, row.reserved) for row in rows}
        assert found == {key: (held, self.model.reserved(key)) for key, held in self.model.on_hand.items()}

    @invariant()
    def the_moment_is_kept(self):
        # Asked at the end, when everything else has happened.
        self.moments.append((clock.now(), dict(self.model.on_hand)))

    @invariant()
    def claims_are_what_the_model_says(self):
        pending = self.pending()
        assert {pk: (key_of(row.balance), row.quantity) for pk, row in pending.items()} == {
            pk: (claim.key, claim.quantity) for pk, claim in self.model.claims.items()
        }

    @invariant()
    def units_stand_where_the_model_says(self):
        if self.model.units:
            found = HandlingUnit.objects.filter(pk__in=self.model.units).values_list("pk", "location__code")
            places = {pk: code and self.world.names.get(code, code) for pk, code in found}
            assert places == self.model.units

    @invariant()
    def units_are_nested_as_the_model_says(self):
        nested = HandlingUnit.objects.filter(parent__isnull=False).values_list("pk", "parent_id")
        assert dict(nested) == self.model.parents

    @invariant()
    def the_rules_hold(self):
        assert [violation for each in self.world.rules if (violation := each.check())] == []

    # --- how ----------------------------------------------------------------------------------

    def free(self):
        """Balances that can be reserved, by the model."""
        return sorted(key for key in self.model.on_hand if self.model.reserve_refusal(key, D(1)) is None)

    def most(self, key, quantity):
        """The quantity, or one more than is there: half of all tries would ask for far too much."""
        return min(quantity, self.model.on_hand[key] + 1)

    def reserve(self, key, quantity, expires_at=None):
        """Reserve, or see the refusal that the model expects."""
        self.documents += 1
        claim = Claim(balance_id=self.balance(key).pk, quantity=quantity)
        made = self.attempt(
            self.model.reserve_refusal(key, quantity),
            lambda: reserve(
                [claim],
                warehouse_id=self.world.floor.warehouse.pk,
                document=f"SO-{self.documents}",
                expires_at=expires_at,
            ),
        )
        if made is not None:
            self.model.claims[made[0]] = ModelClaim(key, quantity, made[0], expires=expires_at is not None)

    def stocked(self, which):
        """A balance with goods."""
        return one(sorted(self.model.on_hand), which)

    def balance(self, key):
        """The row of a key."""
        return StockBalance.objects.get(
            item=self.world.items[key.item],
            lot=self.world.lots.get(key.lot),
            location=self.world.places[key.place],
            unit=key.unit or None,
            status=key.status,
        )

    def post(self, kind, steps):
        """Post the steps, or see the refusal that the model expects."""
        moves = [
            Move(
                item_id=self.world.items[step.source.item].pk,
                lot_id=self.world.lots[step.source.lot].pk if step.source.lot else None,
                quantity=step.quantity,
                source=self.place(step.source),
                target=self.place(step.target),
                consumes=step.consumes,
            )
            for step in steps
        ]
        made = self.attempt(
            self.model.refusal(kind, steps),
            lambda: post(
                moves,
                warehouse_id=self.world.floor.warehouse.pk,
                kind=TransactionKind(kind),
                by=self.world.floor.by,
                at=clock.now(),
            ),
        )
        if made is not None:
            self.model.do(made, steps)
            self.ended += [step.consumes for step in steps if step.consumes is not None]
            self.adopt()

    def who(self):
        """Who does it, and when."""
        return {"by": self.world.floor.by, "at": clock.now()}

    def place(self, key):
        """A key as a place to post to."""
        return Place(location_id=self.world.places[key.place].pk, unit_id=key.unit or None, status=key.status)

    def attempt(self, due, action):
        """What the action gives; None after the refusal that is due, which must leave everything as it was."""
        if due is None:
            return action()
        with pytest.raises(DomainError) as refusal, transaction.atomic():
            action()
        assert type(refusal.value) is due
        assert str(refusal.value)
        return None

    def adopt(self):
        """Give the claims that were split off the ids that the database gave them."""
        claims = self.model.claims
        split = {pk: claim for pk, claim in claims.items() if pk >= 10**15}
        rows = [row for pk, row in self.pending().items() if pk not in claims]
        assert Counter((claim.key, claim.quantity, claim.origin) for claim in split.values()) == Counter(
            (key_of(row.balance), row.quantity, row.origin_id) for row in rows
        )
        for pk in split:
            del claims[pk]
        for row in rows:
            claims[row.pk] = ModelClaim(
                key_of(row.balance), row.quantity, row.origin_id, expires=row.expires_at is not None
            )

    def pending(self):
        """The database's pending reservations, by id."""
        rows = Reservation.objects.pending().select_related("balance__item", "balance__lot", "balance__location")
        return {row.pk: row for row in rows}


def stood(at):
    """What the ledger says of a past moment, by key."""
    seer: Any = SimpleNamespace(is_superuser=True, is_active=True, device=None)
    quantities = {row.balance: row.quantity for row in stock_as_of(seer, at=at, limit=1000).rows}
    balances = StockBalance.objects.select_related("item", "lot", "location").filter(pk__in=quantities)
    return {key_of(balance): quantities[balance.pk] for balance in balances}


def key_of(row):
    """A balance's key, as the model names it."""
    lot = row.lot.number if row.lot else ""
    return Key(row.item.number, lot, row.location.code, row.unit_id or 0, row.status)


@pytest.fixture
def world(db):
    """Two items, two lots, four places and the outside."""
    floor = a_floor()
    milk = ItemFactory(number="MILK", lots=True)
    outside = {name: getattr(floor, name) for name in OUTSIDE}
    return SimpleNamespace(
        floor=floor,
        items={"BOLT": floor.item, "MILK": milk},
        lots={number: LotFactory(item=milk, number=number) for number in ("L1", "L2")},
        places={"A": floor.a, "B": floor.b, "DOCK": floor.dock, "TOTE": floor.tote} | outside,
        names={place.code: name for name, place in outside.items()},
        rules=[each for each in invariants() if each.number in ALWAYS],
    )


def test_the_ledger_does_what_a_dictionary_would_do(world):
    machine = type("Machine", (LedgerMachine,), {"world": world})

    run_state_machine_as_test(machine)
