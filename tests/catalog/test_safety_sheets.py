"""Safety data sheets: filed by safety, revision by revision, read by everybody."""

from base64 import b64encode
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse

from apps.accounts.roles import Role
from apps.catalog.models import SafetySheet, SheetRule
from apps.core import clock
from apps.core.months import months_after
from apps.journal.models import AuditEntry
from apps.safety.models import HazardClass
from apps.safety.rules.sheets import MOST_BYTES
from tests.factories.accounts import UserFactory
from tests.factories.api import a_person, refused
from tests.factories.catalog import ItemFactory
from tests.factories.labels import A_SHEET, PDF, a_container_label
from tests.factories.locations import WarehouseFactory

pytestmark = pytest.mark.django_db
SHEETS = "/safety-sheets"


@pytest.fixture
def acetone():
    return ItemFactory(number="ACETONE-5L", hazard_class=HazardClass.objects.get(code="3"))


def said(**other):
    told = {
        "item": "ACETONE-5L",
        "language": "en",
        "revision": "4",
        "revised_on": "2026-03-01",
        "supplier": "Example Chemicals Ltd",
        "document": A_SHEET,
    }
    return told | other


def encoded(content):
    return b64encode(content).decode()


def test_a_revision_is_filed_once_read_by_everybody_and_followed_by_the_next(acetone, settings, tmp_path):
    settings.PAPER_DIR = tmp_path
    ItemFactory(number="MUG")
    safety, picker = a_person(roles=(Role.SAFETY,)), a_person(WarehouseFactory(), roles=(Role.PICKER,))
    lacking = "/items?lacks_sheet=true"
    assert [row["number"] for row in picker.get(lacking).json()["results"]] == ["ACETONE-5L"]

    answer = safety.post(SHEETS, said(), key="one")
    again = safety.post(SHEETS, said(), key="one")
    same = safety.post(SHEETS, said(), key="two")

    assert answer.status_code == 201
    told = answer.json()
    assert again.json() == told
    assert same.json() == told
    assert {name: told[name] for name in ("item", "language", "revision", "revised_on", "review_by", "size")} == {
        "item": "ACETONE-5L",
        "language": "en",
        "revision": "4",
        "revised_on": "2026-03-01",
        "review_by": "2029-03-01",
        "size": len(PDF),
    }
    assert picker.get(lacking).json()["results"] == []
    assert picker.get("/items/ACETONE-5L/safety-sheets").json() == [told]
    file = picker.get(f"{SHEETS}/{told['number']}/file")
    assert (file.content, file["Content-Type"], file["X-Content-Type-Options"]) == (PDF, "application/pdf", "nosniff")
    assert file["Content-Disposition"] == f'attachment; filename="{told["number"]}.pdf"'
    entry = AuditEntry.objects.get(kind="safety data sheet")
    assert (entry.verb, entry.number, entry.detail["revision"]) == ("file", told["number"], "4")

    newer = said(revision="5", revised_on="2026-06-01", review_by="2026-06-02", document=encoded(PDF + b"%%EOF"))
    assert safety.post(SHEETS, newer).status_code == 201
    german = safety.post(SHEETS, said(language="de")).json()
    # The last English one is not believed any more, and the one before it does not come back.
    assert picker.get("/items/ACETONE-5L/safety-sheets").json() == [german]
    assert picker.get(f"{SHEETS}?item=ACETONE-5L&in_force=true").json()["results"] == [german]
    assert SafetySheet.objects.count() == 3
    for change in (SafetySheet.objects.filter(language="de").delete, lambda: SafetySheet.objects.update(size=1)):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_what_is_no_sheet_is_refused_and_nothing_is_kept(acetone, settings, tmp_path):
    settings.PAPER_DIR = tmp_path
    safety = a_person(roles=(Role.SAFETY,))
    large = b"%PDF-" + b"0" * (MOST_BYTES - 4)
    for other, why in (
        ({"document": encoded(b"<html>")}, "it is no PDF"),
        ({"document": encoded(b"%PDF-1.7 cut")}, "the PDF has no end; it came only in part"),
        ({"document": "@@@"}, "it is not written in base64"),
        ({"document": encoded(large)}, f"it has {MOST_BYTES + 1} bytes, and {MOST_BYTES} are the most"),
        ({"review_by": "2026-02-28"}, "its last day 2026-02-28 is before its revision"),
        ({"revised_on": "2999-01-01"}, "it was revised on 2999-01-01, which is ahead"),
    ):
        problem = refused(safety.post(SHEETS, said(**other)), 400, "sheet_refused")
        assert problem == {"item": "ACETONE-5L", "reason": why}
    assert safety.post(SHEETS, said(language="English")).status_code == 400
    SheetRule.objects.all().delete()
    refused(safety.post(SHEETS, said()), 400, "sheet_refused")
    refused(safety.post(SHEETS, said(item="NONE")), 404, "not_found")
    refused(a_person(roles=(Role.PICKER,)).post(SHEETS, said()), 403, "not_allowed")
    assert not SafetySheet.objects.exists()
    assert not list(tmp_path.iterdir())

    filed = safety.post(SHEETS, said(review_by="2030-01-01")).json()
    problem = refused(
        safety.post(SHEETS, said(review_by="2030-01-01", document=encoded(PDF + PDF))), 409, "sheet_known"
    )
    assert problem["sheet"] == filed["number"]
    (tmp_path / f"sheet-{filed['digest']}.pdf").unlink()
    refused(safety.get(f"{SHEETS}/{filed['number']}/file"), 404, "not_found")


def test_what_its_containers_bear_is_told_by_code(acetone):
    picker = a_person(roles=(Role.PICKER,))
    where = "/items/ACETONE-5L/container-label"
    refused(picker.get(where), 404, "not_found")

    a_container_label(acetone)

    told = picker.get(where).json()
    assert (told["item"], told["signal_word"], told["pictograms"]) == ("ACETONE-5L", "danger", ["GHS02"])
    assert (told["hazards"], told["precautions"], told["revised_on"]) == (["H225"], ["P210"], "2026-03-01")


def test_safety_files_a_sheet_at_the_desk_and_sees_what_lacks_one(acetone, client, settings, tmp_path):
    settings.PAPER_DIR = tmp_path
    client.force_login(UserFactory(roles=(Role.SAFETY,)))
    items = reverse("admin:catalog_item_changelist") + "?sheet=none"
    assert [row.number for row in client.get(items).context["cl"].result_list] == ["ACETONE-5L"]
    add, form = reverse("admin:catalog_safetysheet_add"), said() | {"item": acetone.pk}

    wrong = client.post(add, form | {"document": SimpleUploadedFile("sheet.pdf", b"<html>")})
    assert "it is no PDF" in str(wrong.context["adminform"].form.errors)
    assert not SafetySheet.objects.exists()
    assert client.post(add, form | {"document": SimpleUploadedFile("any", PDF)}).status_code == 302

    sheet = SafetySheet.objects.get()
    assert sheet.review_by == months_after(date(2026, 3, 1), 36)
    assert client.get(reverse("admin:catalog_safetysheet_file", args=[sheet.pk])).content == PDF
    assert client.get(reverse("admin:catalog_safetysheet_change", args=[sheet.pk])).status_code == 200
    assert client.get(items).context["cl"].result_list.count() == 0
    over = reverse("admin:catalog_safetysheet_changelist")
    assert client.get(over + "?force=over").context["cl"].result_list.count() == 0
    assert client.get(over + "?force=yes").context["cl"].result_list.get() == sheet
    assert sheet.review_by > clock.now().date()
