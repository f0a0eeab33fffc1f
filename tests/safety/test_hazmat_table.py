"""The hazardous materials table is read whole or not at all, and its rows become shipping descriptions."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from apps.accounts.roles import Role
from apps.core import clock
from apps.core.errors import NotAllowed
from apps.journal.models import AuditEntry
from apps.safety.errors import AlreadyDescribed, NotDescribable
from apps.safety.models import HazmatEntry, ShippingDescription
from apps.safety.operations import describe_entry
from tests.core.shared_data import shared
from tests.factories.accounts import UserFactory
from tests.factories.ledger import an_actor

TITLES = "un,name,class,pg,subsidiary,labels,forbidden,symbols,special"
ACETAL = "UN1088,Acetal,3,II,,3,False,,IB2;T4"
CHLORINE = "UN1017,Chlorine,2.3,,5.1;8,2.3;5.1;8,False,,2;B9"
CORD = "UN0065,Cord,1.1D,II,,1.1D,False,,102"
BANNED = ",Acetyl acetone peroxide,Forbidden,,,,True,,"
SAMPLES = "UN0190,Samples,,,,,False,G,113"


@pytest.fixture
def table(db, tmp_path, capsys):
    def imported(*rows, on="2026-06-01", titles=TITLES):
        file = tmp_path / "table.csv"
        file.write_text("\n".join([titles, *rows]), encoding="utf-8")
        call_command("import_hazmat_table", str(file), effective_on=date.fromisoformat(on))
        return capsys.readouterr().out.strip()

    return imported


@transaction.atomic
def described(number, *, roles=(Role.SAFETY,)):
    entry = HazmatEntry.objects.get(un_number=number)
    return describe_entry(entry_id=entry.pk, by=an_actor(UserFactory(roles=roles)), at=clock.now())


def test_the_whole_official_table_is_read(db, capsys):
    file = shared("hazmat/hmt_172_101.csv")

    said = []
    for _ in range(2):
        call_command("import_hazmat_table", str(file), effective_on=date(2026, 6, 1))
        said.append(capsys.readouterr().out.strip())

    assert said == ["3259 rows: 3259 new, 0 known.", "3259 rows: 0 new, 3259 known."]
    rows = HazmatEntry.objects
    assert (rows.count(), rows.filter(is_forbidden=True).count()) == (3259, 256)
    acetal = rows.get(un_number="UN1088")
    assert (acetal.name, acetal.hazard_class, acetal.packing_group) == ("Acetal", "3", "II")
    zones = {zone: rows.filter(zone=zone).count() for zone in "ABCD"}
    assert zones == {"A": 67, "B": 112, "C": 36, "D": 26}
    explosives = rows.filter(un_number="UN0065").values_list("hazard_class", "group").first()
    assert explosives == ("1.1", "D")


def test_another_text_stands_beside_the_first(table):
    assert table(ACETAL, CHLORINE) == "2 rows: 2 new, 0 known."
    assert table(ACETAL, CHLORINE) == "2 rows: 0 new, 2 known."
    assert table(ACETAL, on="2027-01-01") == "1 rows: 1 new, 0 known."

    assert HazmatEntry.objects.filter(un_number="UN1088").count() == 2


def test_wrong_rows_are_said_and_nothing_is_written(table):
    with pytest.raises(CommandError) as error:
        table(
            ACETAL,
            "1088,Acetal,3,II,,,,,",
            "UN1088,,3,II,,,,,",
            "UN1088,Acetal,33,II,,,,,",
            "UN1088,Acetal,3,IV,,,,,",
            "UN1088,Acetal,3,II,x,,,,",
        )

    assert str(error.value).splitlines() == [
        "Nothing was imported: 5 rows are wrong.",
        "row 3: 1088 is no identification number",
        "row 4: a proper shipping name is missing",
        "row 5: 33 is no class",
        "row 6: IV is no packing group",
        "row 7: x is no class",
    ]
    assert not HazmatEntry.objects.exists()


def test_a_file_without_its_columns_and_a_text_that_changed_are_refused(table):
    with pytest.raises(CommandError, match="row 1: columns are missing: class, pg"):
        table(titles="un,name,subsidiary,labels,forbidden,symbols,special")
    table(ACETAL)

    with pytest.raises(CommandError, match="row 2: differs from what was imported of the text of 2026-06-01"):
        table(CHLORINE)
    assert HazmatEntry.objects.get().un_number == "UN1088"


def test_a_row_becomes_a_shipping_description_with_its_source(table):
    table(CHLORINE, CORD)

    made = described("UN1017")

    assert (made.code, made.un_number, made.proper_shipping_name) == ("UN1017-2", "UN1017", "Chlorine")
    assert (made.hazard_class.code, made.subsidiary, made.packing_group, made.zone) == ("2.3", ["5.1", "8"], "", "B")
    assert made.is_liquid is None
    assert made.source == "49 CFR 172.101, row 2 of the text of 2026-06-01"
    assert made.basic_description == "UN1017, Chlorine, 2.3 (5.1, 8)"
    assert AuditEntry.objects.get(kind="shipping description").number == "UN1017-2"
    explosive = described("UN0065")
    assert (explosive.hazard_class.code, explosive.group) == ("1.1", "D")


def test_what_cannot_be_described_is_refused(table):
    table(ACETAL, BANNED, SAMPLES)
    described("UN1088")

    with pytest.raises(AlreadyDescribed) as twice:
        described("UN1088")
    with pytest.raises(NotDescribable) as banned:
        described("")
    with pytest.raises(NotDescribable) as classless:
        described("UN0190")
    with pytest.raises(NotAllowed):
        described("UN1088", roles=(Role.SUPERVISOR,))

    assert twice.value.facts == {"entry": "UN1088, Acetal, 3, II", "description": "UN1088-II-2"}
    assert banned.value.facts["problem"] == "it is forbidden in transport"
    assert classless.value.facts["problem"] == "the table names no hazard class that is known here"
    assert ShippingDescription.objects.count() == 1
