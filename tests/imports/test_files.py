"""What a file may look like: encodings, headers, quoting, formulas; anything wrong imports nothing."""

import pytest
from django.core.management import CommandError, call_command

from apps.catalog.models import Item, Party
from apps.core.imports import table
from apps.core.imports.errors import SHOWN
from apps.journal.models import AuditEntry, Command

ONE = "number,name,unit\nBOLT,Bolt M8,EA\n"


def test_a_preview_says_what_would_be_and_changes_nothing(bring_in):
    said = bring_in("items", ONE, commit=False)

    assert said == "  new BOLT\nPreview: 1 new, 0 changed, 0 as they were. Nothing is changed without --commit.\n"
    assert not Item.objects.exists()
    assert not Command.objects.exists()


def test_a_commit_imports_under_one_command_with_a_line_on_the_trail(bring_in):
    said = bring_in("items", ONE)

    assert said == "  new BOLT\nImported: 1 new, 0 changed, 0 as they were.\n"
    assert Item.objects.get().name == "Bolt M8"
    assert Command.objects.get().operation == "apps.catalog.imports.import_items"
    assert AuditEntry.objects.get(verb="imported").detail == {"created": 1, "changed": 0}
    assert Item.history.get().history_user.username == "importer"


def test_the_same_file_again_changes_nothing(bring_in):
    bring_in("items", ONE)

    assert bring_in("items", ONE) == "Imported: 0 new, 0 changed, 1 as they were.\n"
    assert Item.history.count() == 1
    assert AuditEntry.objects.filter(verb="imported").count() == 1


@pytest.mark.parametrize(
    "content",
    [
        "\ufeff" + ONE,
        ONE.replace("\n", "\r\n"),
        ONE.replace(",", ";"),
        ONE.replace(",", "\t"),
        "\n".join([*ONE.split("\n"), "", " , , ", ""]),
        " NUMBER ,Name,unit\n BOLT , Bolt  M8,EA",
    ],
    ids=["mark", "windows", "semicolons", "tabs", "blank lines", "spaces and capitals"],
)
def test_files_of_many_programs_are_read(bring_in, content):
    bring_in("items", content)

    assert Item.objects.values_list("number", "name", "unit__code").get() == ("BOLT", "Bolt M8", "EA")


def test_a_quoted_line_break_stays_in_a_description_and_rows_still_count_right(bring_in, refused):
    text = 'number,name,unit,description\nA,"Two\nlines",EA,"one\ntwo"\nB,Nut,NONE,\n'

    assert refused("items", text) == ["row 3, unit: there is no unit with this code ('NONE')"]
    bring_in("items", text.replace("NONE", "EA"))

    assert Item.objects.values_list("name", "description").get(number="A") == ("Two lines", "one\ntwo")


def test_latin_1_is_refused_with_its_byte_and_row(refused):
    content = "number,name,unit\nA,Kaffee,EA\nB,Käse,EA\n".encode("latin-1")

    assert refused("items", content) == [
        "row 3: byte 33 (0xe4) is not UTF-8; the file may be Latin-1 or Windows-1252: save it as CSV UTF-8"
    ]
    assert not Item.objects.exists()


def test_utf_16_is_named(refused):
    assert refused("items", ONE.encode("utf-16")) == ["the file is UTF-16; save it as CSV UTF-8"]


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("number,name", "row 1: missing columns: unit"),
        ("number,name,unit,colr", "row 1: unknown columns: colr"),
        ("number,name,unit,", "row 1: unknown columns: (empty)"),
        ("number,name,unit,name", "row 1: repeated columns: name"),
    ],
)
def test_columns_that_are_missing_unknown_or_repeated_are_named(refused, header, said):
    assert refused("items", f"{header}\nA,b,EA,c\n") == [said]


@pytest.mark.parametrize("content", ["", "\ufeff", "\n\n"])
def test_an_empty_file_is_refused(refused, content):
    assert refused("items", content)


def test_a_header_alone_imports_nothing(bring_in):
    assert bring_in("items", "number,name,unit\n") == "Imported: 0 new, 0 changed, 0 as they were.\n"


def test_one_bad_row_in_a_thousand_imports_nothing(refused):
    rows = [f"I-{n},Item {n},EA,{n}" for n in range(1000)]
    rows[700] = "I-700,Item 700,EA,heavy"

    assert refused("items", "\n".join(["number,name,unit,weight_g", *rows])) == [
        "row 702, weight_g: is no number; write it as 1234.5 ('heavy')"
    ]
    assert not Item.objects.exists()
    assert not AuditEntry.objects.exists()


def test_every_mistake_is_told_in_the_order_of_the_rows(refused):
    text = "number,name,unit,expires\nA,Nut,NONE,\n,Bolt,EA,\nC,Cog,EA,maybe\nA,Nut,EA\n"

    assert refused("items", text) == [
        "row 2, unit: there is no unit with this code ('NONE')",
        "row 3, number: is empty",
        "row 4, expires: is neither yes nor no ('maybe')",
        "row 5: has 3 cells, the header 4",
    ]


def test_of_many_mistakes_the_first_are_told(refused):
    text = "\n".join(["number,name,unit", *(f"A{n},x,NONE" for n in range(60))])

    problems = refused("items", text)

    assert len(problems) == SHOWN + 1
    assert problems[-1] == "and 10 more"


def test_a_key_stands_once_in_a_file(refused):
    assert refused("items", ONE + "NUT,Nut,EA\nBOLT,Other,EA\n") == ["row 4, number: stands in row 2 already"]


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", '"\t=1"', "\uff1d1"])
def test_what_a_spreadsheet_would_run_is_refused(refused, name):
    (problem,) = refused("items", f"number,name,unit\nA,{name},EA\n")

    assert problem.startswith("row 2, name: begins like a spreadsheet formula")


def test_a_number_may_be_negative_and_a_telephone_may_begin_with_a_plus(bring_in, refused):
    bring_in("parties", "number,name,customer,phone\nP,Party,yes,+49 30 0074321\n")

    assert Party.objects.get().phone == "+49 30 0074321"
    (problem,) = refused("parties", "number,name,customer,phone\nP,Party,yes,+cmd|' /C calc'!A0\n")
    assert "begins like a spreadsheet formula" in problem


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ('"a" b', "row 2: cannot be read"),
        ('"never closed', "row 2: cannot be read"),
        ("a\0b", "row 2, name: holds a control character"),
        ("a\x1bb", "row 2, name: holds a control character"),
        ("x" * 121, "row 2, name: Ensure this value has at most 120 characters (it has 121)."),
        ("x" * 10_001, "row 2, name: has more than 10,000 characters"),
        ("x" * 140_000, "row 2: cannot be read: field larger than field limit"),
    ],
    ids=["text after quotes", "open quotes", "nul", "escape", "long", "longer", "longest"],
)
def test_a_cell_that_cannot_be_kept_is_refused(refused, cell, said):
    assert refused("items", f"number,name,unit\nA,{cell},EA\n")[0].startswith(said)


def test_a_file_has_its_limits(refused, monkeypatch):
    monkeypatch.setattr(table, "MOST_ROWS", 2)
    assert refused("items", "number,name,unit\nA,a,EA\nB,b,EA\nC,c,EA\n") == ["row 4: more than 2 rows: split the file"]

    monkeypatch.setattr(table, "MOST_BYTES", 20)
    assert refused("items", ONE) == ["the file has 33 bytes; 20 are the most"]


def test_a_file_that_is_not_there_and_a_person_nobody_knows_are_named(bring_in, tmp_path):
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        call_command("import_items", str(tmp_path / "none.csv"))
    with pytest.raises(CommandError, match="There is no user nobody"):
        bring_in("items", ONE, user="nobody")


def test_a_commit_without_a_person_is_refused(bring_in):
    with pytest.raises(CommandError, match="--commit needs --user"):
        bring_in("items", ONE, user=None)

    assert not Item.objects.exists()
    assert bring_in("items", ONE, user=None, commit=False).startswith("  new BOLT")
