"""What a carton of dangerous goods bears on the road: a diamond of each hazard, marks, and nothing by halves."""

import pytest

from apps.accounts.roles import Role
from apps.safety.errors import LabelTooFull, NoTransportLabel
from apps.safety.pdf import labels_of, transport_labels
from apps.safety.pdf.diamonds import DIAMONDS, HALF
from apps.safety.pdf.transport import ARROWS, LIMITED, MIDDLE, PAGE
from apps.safety.rules import Hazard
from tests.core.paper_reading import POINTS_PER_MM, images, texts
from tests.factories.api import a_person, refused
from tests.factories.locations import WarehouseFactory


def shown(*hazards):
    return [(label.shows, label.division, "beside" if label.is_beside else "") for label in labels_of(hazards)]


@pytest.mark.parametrize(
    ("hazard", "labels"),
    [
        (
            Hazard(code="3", subsidiary=("6.1",)),
            [("3", "", ""), ("6.1", "", "beside"), ARROWS],
        ),
        (Hazard(code="8"), [("8", "", ""), ARROWS]),  # a form that is not known is taken as a liquid
        (Hazard(code="4.1", is_liquid=False), [("4.1", "", "")]),
        (Hazard(code="1.1", group="D", is_liquid=False), [("1.1", "1.1D", "")]),
        (Hazard(code="1.4", group="S", is_liquid=False), [("1.4", "S", "")]),
        (Hazard(code="3", is_limited_quantity=True, is_liquid=True), [LIMITED, ARROWS]),
    ],
)
def test_a_label_for_each_class_and_the_marks_after_them(hazard, labels):
    assert shown(hazard) == [each if isinstance(each, tuple) else (each, "", "") for each in labels]


def test_goods_that_share_a_label_all_stand_on_it_and_a_chief_hazard_is_never_called_subsidiary():
    acetone = Hazard(code="3", name="Acetone", un_number="UN1090", is_liquid=False)
    paint = Hazard(code="3", name="Paint", un_number="UN1263", is_liquid=False)
    acid = Hazard(code="8", subsidiary=("3",), name="Acid", un_number="UN2031", is_liquid=False)
    charge, other = (Hazard(code=code, group="D", is_liquid=False) for code in ("1.1", "1.4"))

    for order in ([acid, acetone, paint], [paint, acetone, acid]):
        flammable, corrosive = labels_of(order)
        assert (flammable.shows, flammable.goods) == ("3", ("UN1090 Acetone", "UN1263 Paint", "UN2031 Acid"))
        assert (corrosive.shows, flammable.is_beside, corrosive.is_beside) == ("8", False, False)
    beside = Hazard(code="5.1", subsidiary=("1.1",), is_liquid=False)
    assert shown(charge, beside) == [("1.1", "1.1D", ""), ("5.1", "", "")]
    assert shown(charge, other) == [("1.1", "1.1D", ""), ("1.4", "D", "")]
    page = texts(transport_labels(labels_of([acetone, paint])))[0]
    assert "UN1090 Acetone; UN1263 Paint" in page


def test_what_is_not_drawn_is_refused():
    poison = Hazard(code="6.1", zone="A", name="Poison", is_liquid=False)
    for goods, code in (
        *((Hazard(code="3", name="Mixture", subsidiary=(code,)), code) for code in ("7", "6.2", "2.3")),
        (poison, "6.1"),
    ):
        with pytest.raises(NoTransportLabel) as refusal:
            shown(goods)
        assert refusal.value.facts == {"goods": str(goods), "hazard_class": code}
    many = [Hazard(code="3", name=f"A long name of goods {number}" * 3, is_liquid=False) for number in range(20)]
    with pytest.raises(LabelTooFull):
        transport_labels(labels_of(many))


def test_every_diamond_has_sides_of_a_hundred_millimetres_and_its_number_in_the_corner():
    labels = labels_of(Hazard(code=code, name="Goods", is_liquid=False) for code in DIAMONDS)
    content = transport_labels(labels)

    assert len(labels) == len(DIAMONDS)
    for label, text in zip(labels, texts(content), strict=True):
        assert DIAMONDS[label.shows].corner in text.split()
    [first, *_] = images(content, dpi=72, only=(0,))
    left, right = PAGE.width / 2 - HALF, PAGE.width / 2 + HALF
    middle = round(PAGE.height - MIDDLE)
    row = list(first.crop((0, middle, first.width, middle + 1)).tobytes())
    dark = [x for x, shade in enumerate(row) if shade < 200]
    assert (abs(dark[0] - left) < 2, abs(dark[-1] - right) < 2) == (True, True)
    assert round((right - left) / 2**0.5 / POINTS_PER_MM) == 100


def test_a_carton_has_its_labels_and_one_of_plain_goods_none(dock_yard):
    acid = dock_yard.goods("ACID", "8", subsidiary=["5.1"], is_liquid=False)
    odd = dock_yard.goods("ISOTOPE", "7")
    first, second, third = dock_yard.packed(acid, dock_yard.mug, odd).cartons.order_by("pk")
    clerk = a_person(dock_yard.warehouse, roles=(Role.SUPERVISOR,))

    answer = clerk.get(f"/cartons/{first.unit.number}/transport-labels")

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    main, beside = texts(answer.content)
    assert ("UN1000 Acid" in main, first.unit.number in main, "subsidiary hazard" in beside) == (True, True, True)
    plain = refused(clerk.get(f"/cartons/{second.unit.number}/transport-labels"), 409, "nothing_dangerous")
    assert plain == {"container": second.unit.number}
    facts = refused(clerk.get(f"/cartons/{third.unit.number}/transport-labels"), 409, "no_transport_label")
    assert facts == {"goods": "UN1000 Isotope (7)", "hazard_class": "7"}
    stranger = a_person(WarehouseFactory(), roles=(Role.SUPERVISOR,))
    refused(stranger.get(f"/cartons/{first.unit.number}/transport-labels"), 404, "not_found")
