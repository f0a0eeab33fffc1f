"""Labels and signs at the desk: links to every sheet of one's own sites."""

import re
from html import unescape

import pytest
from django.urls import reverse

from apps.accounts.roles import Role
from apps.locations.models import Zone
from apps.safety.rules import SIGNS
from tests.factories.accounts import UserFactory
from tests.factories.locations import WarehouseFactory, works_at


@pytest.fixture
def desk(client, racks):
    client.force_login(works_at(UserFactory(roles=[Role.SAFETY]), racks.warehouse))
    return lambda **asked: client.get(reverse("desk-signs"), asked)


def test_every_sheet_that_it_leads_to_is_drawn(client, desk, racks):
    zone = Zone.objects.create(warehouse=racks.warehouse, code="A & B", name="Both")
    aisle = racks.warehouse.aisles.create(code="A")
    racks.bin("A-1", zone=zone, aisle=aisle, bay=1)

    fresh, answer = desk(), desk(warehouse="MAIN")

    assert [table.title for table in fresh.context["tables"]] == ["Safety signs"]
    places, signs = answer.context["tables"]
    assert [row[:2] for row in places.rows] == [("All", "The whole site"), ("A & B", "Both")]
    assert len(signs.rows) == len(SIGNS)
    led = [unescape(link) for link in re.findall(r'href="(/api/v1/[^"]+)"', answer.content.decode())]
    assert len(led) == 5 + 5 + 3 * len(SIGNS)
    drawn = {link: client.get(link).status_code for link in led[:10] + led[10:14]}
    # No door stands in the zone.
    assert [link for link, status in drawn.items() if status != 200] == [
        "/api/v1/dock-signs?warehouse=MAIN&zone=A+%26+B",
    ]


def test_a_site_of_others_is_none(client, desk):
    WarehouseFactory(code="OTHER")

    answer = desk(warehouse="OTHER")

    assert answer.status_code == 400
    assert "Select a valid choice" in answer.content.decode()
    client.force_login(UserFactory(roles=[], is_staff=True))
    assert client.get(reverse("desk-signs")).status_code == 403
