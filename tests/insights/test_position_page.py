"""The stock position at the desk: who sees it, what it finds, and where its figures lead."""

import pytest
from django.urls import reverse

from apps.accounts.roles import Role
from apps.insights import pages
from tests.factories.accounts import UserFactory
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import stock
from tests.factories.locations import LocationFactory, WarehouseFactory, works_at
from tests.insights.position_world import FIGURES, a_world


@pytest.fixture
def desk(client, db):
    """Signs somebody with a role in; asks for the page."""

    def sign_in(*sites, roles=(Role.INVENTORY_MANAGER,), **more):
        client.force_login(works_at(UserFactory(roles=list(roles), **more), *sites))
        return lambda **asked: client.get(reverse("desk-stock-position"), asked)

    return sign_in


def table(answer):
    return [
        (line.title or line.note, {cell.title: cell.text for cell in line.cells}) for line in answer.context["lines"]
    ]


def test_it_shows_the_figures_and_the_total(desk):
    world = a_world()

    rows = table(desk(world.site)(item=world.item.number))

    assert [name for name, _ in rows] == [world.item.number, f"Total {world.item.unit.code}"]
    expected = {name: value for name, value in FIGURES.items() if name != "in_transit"}
    assert [list(cells.values()) for _, cells in rows] == [list(expected.values())] * 2


def test_each_figure_is_a_link_to_a_list(desk, client):
    world = a_world()

    answer = desk(world.site)(item=world.item.number, by="lot")

    linked = {cell.title: cell.address for cell in answer.context["lines"][0].cells if cell.address}
    assert set(linked) == {
        *("On hand", "Reserved", "Available", "Inbound"),
        *("To allocate", "Picked", "Outbound", "Back-ordered"),
    }
    assert {client.get(address).status_code for address in linked.values()} == {200}
    assert all(address.replace("&", "&amp;") in answer.content.decode() for address in linked.values())


def test_what_the_person_may_not_see_is_a_figure_without_a_link(desk):
    world = a_world()

    cells = desk(world.site, roles=[Role.BUYER])(item=world.item.number).context["lines"][0].cells

    assert {cell.title for cell in cells if not cell.address} == {"To allocate", "Picked", "Outbound", "Back-ordered"}


def test_part_of_a_name_offers_the_items_that_it_may_mean(desk):
    site = WarehouseFactory()
    for name in ("Olive oil", "Olive paste", "Salt"):
        ItemFactory(name=name)

    answer = desk(site)(item="olive", warehouse=site.code)

    assert [item.name for item, _ in answer.context["matches"]] == ["Olive oil", "Olive paste"]
    assert all(query.endswith(f"&warehouse={site.code}") for _, query in answer.context["matches"])


@pytest.mark.parametrize("text", ["nothing-like-it", "\x00", "<script>alert(1)</script>"])
def test_an_item_that_nobody_knows_is_said_so(desk, text):
    answer = desk()(item=text)

    assert answer.status_code == (200 if text.isprintable() else 400)
    assert b"<script>alert(1)" not in answer.content


def test_a_site_with_nothing_teaches_the_first_step(desk):
    assert b"receiving brings them in" in desk(WarehouseFactory())().content


def test_a_page_holds_so_many_and_the_totals_stand_on_the_last(desk, monkeypatch):
    monkeypatch.setattr(pages, "LINES", 2)
    site = WarehouseFactory()
    for number in ("A", "B", "C"):
        stock(ItemFactory(number=number, unit__code="EA"), LocationFactory(warehouse=site), 1)
    ask = desk(site)

    assert [[name for name, _ in table(ask(page=page))] for page in (1, 2, "x")] == [
        ["A", "B"],
        ["C", "Total EA"],
        ["A", "B"],
    ]


@pytest.mark.parametrize("asked", [{"by": "colour"}, {"warehouse": "NONE"}, {"item": "x" * 41}])
def test_a_choice_that_is_not_offered_is_refused(desk, asked):
    answer = desk(WarehouseFactory())(**asked)

    assert answer.status_code == 400
    assert b'role="alert"' in answer.content


def test_another_site_is_not_offered(desk):
    own, other = WarehouseFactory(code="OWN"), WarehouseFactory(code="OTHER")

    ask = desk(own)

    assert b"OTHER" not in ask().content
    assert ask(warehouse=other.code).status_code == 400


def test_a_picker_and_a_stranger_do_not_see_it(desk, client):
    assert desk(roles=[Role.PICKER], is_staff=True)().status_code == 403
    client.logout()
    assert client.get(reverse("desk-stock-position")).status_code == 302


def test_nothing_is_posted_to_it(desk, client):
    desk()

    assert client.post(reverse("desk-stock-position")).status_code == 405


def test_the_menu_leads_to_it(desk, client):
    desk(WarehouseFactory())

    assert reverse("desk-stock-position") in client.get(reverse("admin:index")).content.decode()


def test_outbound_leads_to_the_rows_that_add_up_to_it(desk, client):
    world = a_world()
    answer = desk(world.site)(item=world.item.number)
    (address,) = [cell.address for cell in answer.context["lines"][0].cells if cell.title == "Outbound"]

    page = client.get(address)

    unit = world.item.unit.code
    assert [str(fact.value) for fact in page.context["facts"]][2:] == [
        f'<span class="sg-amount">{figure} <small>{unit}</small></span>' for figure in (155, 120, 15, 20)
    ]
    amounts = {table.title: [str(row[-1]) for row in table.rows] for table in page.context["tables"]}
    assert amounts == {
        title: [f'<span class="sg-amount">{figure} <small>{unit}</small></span>']
        for title, figure in (("To allocate", 120), ("Reserved", 15), ("Picked", 20))
    }
    assert {client.get(address).status_code for _, address in page.context["lists"]} == {200}


def test_outbound_elsewhere_and_of_nothing_is_not_found_and_of_others_lists_forbidden(desk, client):
    world, own = a_world(), WarehouseFactory()
    here = {"item": world.item.number, "warehouse": world.site.code}
    desk(own)
    page = reverse("desk-outbound")

    assert client.get(page, here).status_code == 404
    assert client.get(page, {"item": "\x00", "warehouse": own.code}).status_code == 404
    assert client.get(page, {"item": world.item.number, "warehouse": own.code}).status_code == 200
    desk(world.site, roles=[Role.BUYER])
    assert client.get(page, here).status_code == 403
