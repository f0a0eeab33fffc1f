"""An order is finished at the desk: what came out of each line, as which lot or serial numbers."""

from decimal import Decimal as D

import pytest
from django.contrib.messages import get_messages

from apps.accounts.roles import Role
from apps.assembly.models import AssemblyOrder, AssemblyOutput
from tests.admin.pages import address
from tests.factories.accounts import UserFactory
from tests.factories.assembly import a_workshop, issue_all, put_to_work
from tests.factories.bills import a_bill, part
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import LotFactory, SerialFactory, stands, stock
from tests.factories.locations import works_at
from tests.invariants import assert_invariants

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shop(client):
    shop = a_workshop()
    client.force_login(works_at(UserFactory(roles=[Role.SUPERVISOR]), shop.site))
    return shop


def finish(client, order, **answers):
    answer = client.post(address(AssemblyOrder, "do", order.pk, "finish"), answers)
    order.refresh_from_db()
    return answer, [str(message) for message in get_messages(answer.wsgi_request)]


def test_units_are_named_one_a_line_and_as_many_as_are_made(client, shop):
    clock, motor = ItemFactory(number="CLOCK", serials=True), ItemFactory(number="MOTOR")
    a_bill(clock, part(motor, 1))
    stock(motor, shop.a, 3)
    order = put_to_work(shop, clock, 3)
    issue_all(order)
    line = order.lines.get(role="output").line

    answer, said = finish(client, order, **{f"quantity_{line}": "2", f"serials_{line}": "C1\nC2\nC3"})
    assert "3 serial numbers are given for 2 units" in answer.content.decode()
    assert (said, order.made) == ([], 0)
    _, said = finish(client, order, **{f"quantity_{line}": "2", f"status_{line}": "available"})
    assert said == ["CLOCK cannot come out like this: each unit has a serial number of its own."]
    answers = {f"quantity_{line}": "2", f"serials_{line}": "C1\r\nC2\r\n", f"status_{line}": "available"}
    _, said = finish(client, order, key="once", **answers)
    finish(client, order, key="once", **answers)

    assert said[-1:] == [f"{order.number}: what was made stands at the bench and is put away by task."]
    assert (order.state, order.made) == ("in_work", 2)
    assert sorted(str(each.serial) for each in AssemblyOutput.objects.all()) == ["C1", "C2"]
    assert_invariants()


def test_what_is_taken_apart_is_told_line_by_line(client, shop):
    bike, frame = ItemFactory(number="BIKE", serials=True), ItemFactory(number="FRAME")
    wheel = ItemFactory(number="WHEEL", perishable=True, shelf_life_days=30)
    a_bill(bike, part(wheel, 2), frame)
    serial = SerialFactory(item=bike, number="B1")
    stock(bike, shop.a, 1, serial=serial)
    LotFactory(item=wheel, number="W-1")
    order = put_to_work(shop, bike, 1, kind="disassemble", serial_id=serial.pk)
    issue_all(order)
    wheels, frames = (order.lines.get(item=item).line for item in (wheel, frame))

    assert (
        address(AssemblyOrder, "do", order.pk, "finish")
        in client.get(address(AssemblyOrder, "change", order.pk)).content.decode()
    )
    page = client.get(address(AssemblyOrder, "do", order.pk, "finish")).content.decode()
    assert "Taken apart" in page
    answers = {f"quantity_{wheels}": "1", f"lot_{wheels}": "W-1", f"status_{wheels}": "damaged"}
    finish(client, order, quantity="1", **answers, **{f"quantity_{frames}": "1", f"status_{frames}": "available"})

    assert order.state == "done"
    assert (stands(bike), stands(frame)) == ({}, {"BENCH": D(1)})
    assert wheel.balances.get(on_hand__gt=0).status == "damaged"
    assert_invariants()


def test_a_service_says_how_much_was_served(client, shop):
    order = put_to_work(shop, quantity=2, kind="service", sales_order="SO-000001", remark="Gift wrap")

    finish(client, order, quantity="2")

    assert (order.state, order.made) == ("done", 2)


def test_who_may_only_pick_finishes_nothing_at_the_desk(client, shop):
    order = put_to_work(shop, quantity=1, kind="service", sales_order="SO-000001")
    client.force_login(works_at(UserFactory(roles=[Role.AUDITOR]), shop.site))

    answer, _ = finish(client, order, quantity="1")

    assert (answer.status_code, order.made) == (403, 0)
