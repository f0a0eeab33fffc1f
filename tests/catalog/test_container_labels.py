"""GHS data of items at the desk: entered, held to the phrases in force, printed."""

from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from apps.accounts.roles import Role
from apps.catalog.models import ContainerLabel
from apps.safety.models import GhsPhrase
from tests.core import paper_reading
from tests.factories.api import a_person
from tests.factories.catalog import ItemFactory

pytestmark = pytest.mark.django_db
LIST = reverse("admin:catalog_containerlabel_changelist")
GIVEN = {
    "identifier": "Acetone, technical",
    "signal_word": "danger",
    "pictograms": "GHS02,GHS07",
    "hazards": "H225,H319",
    "precautions": "P210,P403 + P235",
    "supplier_name": "Example Chemicals Ltd",
    "supplier_address": "1 Dock Road, Leith",
    "supplier_phone": "+44 131 496 0000",
    "source": "SDS ACE-1, revision 4",
    "revised_on": "2026-03-01",
}


def browser_of(client, *roles):
    person = a_person(roles=roles)
    client.force_login(person.user)
    return client


def add(client, item, **other):
    return client.post(reverse("admin:catalog_containerlabel_add"), GIVEN | {"item": item.pk} | other)


def test_safety_enters_a_label_and_it_is_printed_with_its_statements_and_a_barcode(client):
    item = ItemFactory(number="ACETONE-5L")
    browser = browser_of(client, Role.SAFETY)

    assert add(browser, item).status_code == 302
    label = ContainerLabel.objects.get()
    answer = browser.post(LIST, {"action": "print_labels", "_selected_action": [label.pk]})

    assert (label.hazards, label.precautions) == (["H225", "H319"], ["P210", "P403 + P235"])
    assert label.history.count() == 1
    assert answer["Content-Type"] == "application/pdf"
    assert paper_reading.sizes(answer.content) == [(100.0, 150.0)]
    [[bars]] = paper_reading.barcodes(answer.content)
    assert bars.text == "ACETONE-5L"
    [text] = paper_reading.texts(answer.content)
    for said in (
        "Acetone, technical",
        "Danger",
        "Highly flammable liquid and vapor",
        "Causes serious eye irritation",
        "Store in a well-ventilated place. Keep cool.",
        "Example Chemicals Ltd",
        "1 Dock Road, Leith",
        "+44 131 496 0000",
        "SDS 2026-03-01",
    ):
        assert said in text


def test_a_label_that_contradicts_its_codes_is_not_kept(client):
    answer = add(
        browser_of(client, Role.SAFETY), ItemFactory(), signal_word="warning", pictograms="GHS07", precautions="P999"
    )

    assert answer.context["adminform"].form.errors == {
        "signal_word": ["H225 asks for the signal word Danger."],
        "pictograms": ["H225 asks for GHS02."],
        "precautions": ["Not known here: P999. Correct the code, or add its phrase with its source."],
    }
    assert not ContainerLabel.objects.exists()


def test_a_label_that_a_later_text_contradicts_is_not_printed(client):
    browser = browser_of(client, Role.SAFETY)
    add(browser, ItemFactory(number="ACETONE-5L"))
    label = ContainerLabel.objects.get()
    GhsPhrase.objects.create(
        code="H319",
        text="Of a later text",
        signal_word="warning",
        pictogram="GHS08",
        source="A later text",
        effective_on=date(2026, 1, 1),
    )

    answer = browser.post(LIST, {"action": "print_labels", "_selected_action": [label.pk]})

    assert answer.status_code == 302
    *_, said = [str(message) for message in get_messages(answer.wsgi_request)]
    assert said == "The label of ACETONE-5L is not printed: H319 asks for GHS08."


def test_a_buyer_sees_labels_and_enters_none(client):
    browser = browser_of(client, Role.BUYER)

    assert browser.get(LIST).status_code == 200
    assert add(browser, ItemFactory()).status_code == 403
    assert not ContainerLabel.objects.exists()


def test_phrases_that_come_with_the_program_are_marked_as_not_verified():
    assert GhsPhrase.objects.count() == 51
    assert not GhsPhrase.objects.filter(is_verified=True).exists()
    assert GhsPhrase.objects.exclude(source__contains="from memory").count() == 0
    assert GhsPhrase.objects.get(code="H225").text == "Highly flammable liquid and vapor"
