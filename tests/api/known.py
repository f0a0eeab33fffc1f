"""What a warehouse holds, by the names under which the API is told: real addresses and bodies for every operation."""

import json
import re
from contextlib import contextmanager
from functools import cache
from io import BytesIO

from django.db import connection, transaction
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer
from PIL import Image

from apps.accounts.models import User
from apps.assembly.models import AssemblyIssue, AssemblyOrder
from apps.catalog.models import Item, Party, ReasonCode, SafetySheet
from apps.compliance.models import Inspection, Sensor
from apps.food.models import ListedFood
from apps.incidents.models import EstablishmentYear, InjuryCase
from apps.ledger.models import HandlingUnit, Lot
from apps.locations.models import DockAppointment, Location, Warehouse, Zone
from apps.losses.models import Door, LossCaseLine
from apps.orders.models import Channel, Pick, SalesOrder, Wave, WaveTemplate
from apps.planning.models import ReorderProposal
from apps.purchasing.models import PurchaseOrder, Receipt, ReceiptLine, ShippingNotice
from apps.rfid.models import Reader
from apps.safety.models import HazardClass
from apps.shipping.models import CarrierService, Carton, CartonType, Load, Shipment
from apps.tasks.models import EquipmentKind, WarehouseTask
from apps.traceability.models import RecallCase
from apps.transfers.models import Transfer
from apps.workplace.models import Certificate, CertificateKind, Checklist, SiteAsset
from tests.api.endpoints import API, endpoints
from tests.factories.epcis import CONTEXT, PALLET
from tests.factories.labels import A_SHEET
from tests.factories.workplace import A_PIXEL

MOST = 3
"""Values a name has at most."""


@cache
def document():
    """The API as it describes itself now."""
    return json.loads(OpenApiJsonRenderer().render(SchemaGenerator().get_schema(public=True), renderer_context={}))


def operations():
    """Every method of every endpoint, with what the description says of it."""
    paths = document()["paths"]
    return [
        (endpoint, method, paths[f"/{API}{endpoint.template}"][method])
        for endpoint in endpoints()
        for method in endpoint.methods
    ]


def referred(schema):
    """A schema, or the one that it names."""
    while "$ref" in schema:
        schema = document()["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return schema


def body_of(operation):
    """The schema of what an operation takes, None when it takes nothing, or a picture."""
    content = operation.get("requestBody", {}).get("content", {})
    return referred(content["application/json"]["schema"]) if "application/json" in content else None


def takes_picture(operation):
    """Whether an operation takes a picture as it is, and nothing else."""
    return "image/png" in operation.get("requestBody", {}).get("content", {})


@cache
def picture():
    """A frame in which nothing can be read."""
    frame = BytesIO()
    Image.new("L", (8, 8), 255).save(frame, "PNG")
    return frame.getvalue()


@contextmanager
def undone():
    """What is done inside is taken back, commands too: their transaction is one of ours."""
    with transaction.atomic():
        connection.atomic_blocks[-1]._from_testcase = True  # type: ignore[attr-defined]  # as TestCase does
        try:
            yield
            # What would only break when it is committed.
            connection.check_constraints()
        finally:
            transaction.set_rollback(True)


class Known:
    """One warehouse's rows, as one who works there names them."""

    def __init__(self, site, viewer):
        self.site, self.viewer = site, viewer
        self._lists = {endpoint.template: endpoint.view for endpoint in endpoints() if endpoint.is_list}
        self._values, self._keys = {}, {}

    @property
    def parcel(self):
        """A tracking number."""
        return self.values("tracking_number")[0]

    def values(self, name, template=""):
        """What stands under this name, the first few; where two kinds of document share a name, by the address."""
        root = template.partition("/")[0]
        for key in (f"{root}.{name}", name):
            if key in SOURCES:
                if key not in self._values:
                    self._values[key] = [str(value) for value in SOURCES[key](self.site)[:MOST]]
                return self._values[key]
        return []

    def address(self, template, row=0):
        """The path of an endpoint with the numbers of things that are there: the newest, or one before it."""
        root = template.partition("/")[0]
        path = template
        if root == "suppliers":
            path = path.replace("{number}", _at(self.values("supplier"), row))
        elif "{line_id}" in path:
            line = _at(ReceiptLine.objects.filter(receipt__warehouse=self.site).order_by("-pk"), row)
            path = path.replace("{number}", line.receipt.number).replace("{line_id}", str(line.pk))
        elif "{lot_id}" in path:
            recall = _at(RecallCase.objects.filter(lots__balances__warehouse=self.site).order_by("-pk"), row)
            path = path.replace("{number}", recall.number).replace("{lot_id}", str(recall.lots.all()[0].pk))
        elif root == "injury-cases" and "{" in path:
            cases = InjuryCase.objects.filter(incident__warehouse=self.site).order_by("-pk")
            path = path.replace("{number}", _at(cases, row).number)
        elif root == "injury-logs":
            path = path.replace("{code}", self.site.code)
        elif root == "certificates" and "{" in path:
            held = Certificate.objects.filter(person__warehouse_access__warehouse=self.site).order_by("-pk")
            path = path.replace("{number}", _at(held, row).number)
        elif template.endswith("/container-label"):
            labelled = Item.objects.filter(container_label__isnull=False).order_by("-pk")
            path = path.replace("{number}", _at(labelled, row).number)
        elif template in INCOMING:
            transfer = _at(Transfer.objects.filter(destination=self.site).order_by("-pk"), row)
            path = path.replace("{number}", transfer.number)
        elif "{" in path:
            name = path[path.index("{") : path.index("}") + 1]
            path = path.replace(name, str(_at(self._shown(root), row)))
        return f"/{API}{path}"

    def _shown(self, root):
        """How the list of this name is asked for one of its rows."""
        if root not in self._keys:
            assert root in self._lists, f"no list shows {root}: say in Known.address how one of them is found"
            view = self._lists[root]
            rows = view.queryset.for_user(self.viewer).order_by("-pk")
            self._keys[root] = list(rows.values_list(view.lookup_field, flat=True)[:MOST])
        return self._keys[root]

    def arguments(self, template, row=0):
        """The values of an endpoint's parameters, by name."""
        pattern = re.escape(f"/{API}{template}").replace(r"\{", "(?P<").replace(r"\}", ">.+)")
        found = re.fullmatch(pattern, self.address(template, row))
        assert found is not None
        return found.groupdict()

    def called(self, name):
        """What stands under a name at any address."""
        roots = [key.partition(".")[0] for key in SOURCES if key.endswith(f".{name}")]
        return [value for root in ("", *roots) for value in self.values(name, root)]

    def question(self, operation, template):
        """The parameters without which a read is refused."""
        asked = {
            each["name"]: self._value(each["schema"], template, each["name"])
            for each in operation.get("parameters", ())
            if each["in"] == "query" and (each.get("required") or each["name"] in ALSO.get(template, ()))
        }
        return asked | FIXED.get(template, {})

    def body(self, operation, template):
        """A body that an operation takes, in real names: what is required, and without which it would say nothing."""
        schema = body_of(operation)
        if schema is None:
            return {}
        fixed = {name: value.format(known=self) for name, value in FIXED.get(template, {}).items()}
        return self._value(schema, template, "") | fixed

    def _value(self, schema, template, path):
        schema = referred(schema)
        for kind in ("allOf", "oneOf"):
            if kind in schema:
                return self._value(schema[kind][0], template, path)
        if "enum" in schema:
            return schema["enum"][0]
        name = path.rpartition(".")[2]
        if schema.get("type") == "object":
            return {
                field: self._value(child, template, f"{path}.{field}".lstrip("."))
                for field, child in schema.get("properties", {}).items()
                if field in schema.get("required", ()) or f"{path}.{field}".lstrip(".") in ALSO.get(template, ())
            }
        if schema.get("type") == "array":
            inside = schema["items"]
            return [self._value(inside, template, path if "$ref" in inside else path.removesuffix("s"))]
        values = self.values(name, template)
        if values:
            return int(values[0]) if schema["type"] == "integer" else values[0]
        return FORMS[schema.get("format", "") if schema["type"] == "string" else schema["type"]]


def _at(rows, row):
    found = list(rows[:MOST])
    assert found, "nothing is there to be asked for: tests/factories/desk.py and world.py make what the API shows"
    return found[min(row, len(found) - 1)]


def _of(model, field="number", path="warehouse"):
    """The rows of the warehouse, newest first."""
    return lambda site: model.objects.filter(**{path: site}).order_by("-pk").values_list(field, flat=True)


def _shared(model, field="number", **which):
    """Rows that belong to no warehouse, those of the test first: migrations loaded the others before them."""
    return lambda site: model.objects.filter(**which).order_by("-pk").values_list(field, flat=True)


_bins, _docks, _totes = (
    lambda site, start=start: (
        Location.objects.filter(warehouse=site, code__startswith=start).order_by("-pk").values_list("code", flat=True)
    )
    for start in ("BIN", "DOCK", "TOTE")
)
_items, _lots = _of(Item, path="balances__warehouse"), _of(Lot, path="balances__warehouse")
_units = _of(HandlingUnit)
SOURCES = {
    "appointment": _of(DockAppointment),
    "carrier": _shared(Party, is_supplier=True),
    "carton": _of(Carton, "unit__number", "shipment__warehouse"),
    "cartons.code": _items,
    "assembly-orders.item": _items,
    "asset": _of(SiteAsset),
    "assembly-orders.issue": _of(AssemblyIssue, "pk", "line__order__warehouse"),
    "bench": _of(AssemblyOrder, "bench__code"),
    "carton_type": _shared(CartonType, "code"),
    "certificates.kind": _shared(CertificateKind, "code"),
    "checklist": _shared(Checklist, "code"),
    "channel": _shared(Channel, "code"),
    "customer": _shared(Party, is_customer=True),
    "customer-claims.order": _of(SalesOrder),
    "customer-returns.order": _of(SalesOrder),
    "destination": lambda site: (
        Warehouse.objects.filter(is_active=True).exclude(pk=site.pk).values_list("code", flat=True)
    ),
    "dock": _docks,
    "door": _of(Door, "code"),
    "document": _of(PurchaseOrder),
    "epcis.lot": _of(Lot, "pk", "balances__warehouse"),
    "food-records.lot": _of(Lot, "pk", "balances__warehouse"),
    "food-records-file.lot": _of(Lot, "pk", "balances__warehouse"),
    "suspect-cases.lot": _of(Lot, "pk", "balances__warehouse"),
    "suspect-cases.partner": _shared(Party, is_supplier=True),
    "traceability-lot-codes.lot": _of(Lot, "pk", "balances__warehouse"),
    "food": _shared(ListedFood, "code"),
    "epcis-captures.@context": lambda site: [CONTEXT],
    "epcis-captures.type": lambda site: ["ObjectEvent"],
    "epcis-captures.eventTimeZoneOffset": lambda site: ["+01:00"],
    "epcis-captures.epcList": lambda site: [PALLET],
    "equipment": _shared(EquipmentKind, "code"),
    "loss-cases.postings": _of(LossCaseLine, "posting", "case__warehouse"),
    "odd-dismissals.posting": _of(LossCaseLine, "posting", "case__warehouse"),
    "other_class": _shared(HazardClass, "code"),
    "face": _bins,
    "inside": _units,
    "into": _units,
    "item": _items,
    "load": _of(Load),
    "loads.code": _of(Carton, "unit__number", "shipment__warehouse"),
    "location": _bins,
    "lot": _lots,
    "common-origins.complaints": lambda site: [f"lot:{number}" for number in _lots(site)],
    "genealogy.number": _lots,
    "notice": _of(ShippingNotice),
    "order": _of(PurchaseOrder),
    "orders": _of(SalesOrder),
    "origin": lambda site: [site.code],
    "party": _shared(Party, is_supplier=True),
    "pick": _of(Pick, path="task__warehouse"),
    "place": _bins,
    "proposal": _of(ReorderProposal),
    "reason_code": _shared(ReasonCode, "code", kind="override"),
    "reader": _of(Reader, "code"),
    "receipt": _of(Receipt),
    "recalls.lot": _of(Lot, "pk", "balances__warehouse"),
    "reserve": _bins,
    "scan.code": _items,
    "safety-sheets.document": lambda site: [A_SHEET],
    "safety-sheets.language": lambda site: ["en"],
    "safety-sheets.revised_on": lambda site: ["2026-01-15"],
    "safety-sheets.number": _shared(SafetySheet),
    "sensor": _of(Sensor),
    "service": _shared(CarrierService, "code"),
    "shipment": _of(Shipment),
    "shipments.order": _of(SalesOrder),
    "source": _bins,
    "sscc": _units,
    "supplier": _shared(Party, is_supplier=True),
    "target": _bins,
    "task": _of(WarehouseTask),
    "template": _of(WaveTemplate, "code"),
    "tote": _totes,
    "tracking_number": _of(Carton, "tracking_number", "shipment__warehouse"),
    "unit": _units,
    "warehouse": lambda site: [site.code],
    "username": _of(User, "username", "warehouse_access__warehouse"),
    "returns-to-supplier.inspection": _of(Inspection),
    "returns-to-supplier.receipt_line": _of(ReceiptLine, "pk", "receipt__warehouse"),
    "owner": _of(User, "username", "warehouse_access__warehouse"),
    "person": _of(User, "username", "warehouse_access__warehouse"),
    "wave": _of(Wave),
    "waves.order": _of(SalesOrder),
    "worker": _of(User, "username", "warehouse_access__warehouse"),
    "year": _of(EstablishmentYear, "year", "establishment__warehouse"),
    "zone": _of(Zone, "code"),
}
"""Where the values of a field or a parameter stand; `root.name` for the addresses below that root only."""
ALSO = {
    "customer-returns": ("order", "lines", "lines.line"),
    "customer-returns/take-back": ("order",),
    "cycle-counts": ("location",),
    "cycle-counts/{number}/approve": ("reason",),
    "cycle-counts/{number}/reject": ("reason",),
    "epcis": ("lot",),
    "hazard-overrides": ("other_class", "location"),
    "food-records": ("lot",),
    "food-records-file": ("lot",),
    "traceability-lot-codes": ("reference",),
    "epcis-captures": ("epcisBody.eventList.action", "epcisBody.eventList.epcList"),
    "returns-to-supplier": ("inspection",),
    "sensor-readings": ("readings.celsius",),
    "dock-appointments/{number}/reschedule": ("dock",),
    "inspections": ("quantity",),
    "inspections/{number}/decide": ("decisions.quantity",),
    "inspections/{number}/results": ("results.passed",),
    "parked-goods/{number}/identify": ("order", "line"),
    "putaway-ranking": ("warehouse", "item", "quantity"),
    "receipts": ("orders",),
    "receipts/{number}/delivery": ("lines.order", "lines.line"),
    "receipts/{number}/lines": ("order", "line"),
    "sign-on": ("username",),
    "workplace-inspections/{number}/record": ("results.passed",),
    "tasks/{number}/confirm": ("quantity", "location"),
}
"""Fields that are not required one by one, but without which a body or a question says nothing."""
FIXED = {
    "carrier-events/import": {"csv": "tracking_number,kind,occurred_at\n{known.parcel},lost,2026-01-15T10:00:00Z\n"},
    "certificates": {"trained_on": "2026-01-10", "evaluated_on": "2026-01-12"},
    "count-doubts": {"kind": "wrong_place"},
    "dock-appointments": {"ends_at": "2027-01-15T11:00:00Z"},
    "cost-journal": {"first": "2026-01-01", "last": "2026-12-31"},
    "cost-period": {"first": "2026-01-01", "last": "2026-12-31"},
    "access-log": {"since": "2026-01-01", "until": "2026-12-31"},
    "access-log-file": {"since": "2026-01-01", "until": "2026-12-31"},
    "odd-adjustments": {"since": "2026-01-01", "until": "2026-12-31"},
    "losses": {"since": "2026-01-01", "until": "2026-12-31"},
    "shrinkage": {"since": "2026-01-01", "until": "2026-12-31"},
    "margins": {"first": "2026-01-01", "last": "2026-12-31"},
    "injury-cases/{number}/severe": {"happened_at": "2026-01-15T10:00:00Z", "learned_at": "2026-01-15T10:00:00Z"},
    "inventories/{number}/results": {"text": "location,item\n"},
    "sign-on": {"pin": "1234"},
    "workplace-inspections/{number}/photos": {"picture": A_PIXEL},
    "stock-as-of": {"at": "2026-01-15T10:00:00Z"},
}
"""Values that cannot be made out from a field alone."""
INCOMING = {f"transfers/{{number}}/{act}" for act in ("close-transit", "receive", "receive-cartons")}
"""What is done where a transfer goes to, and not where it comes from."""
FORMS = {
    "date": "2027-01-15",
    "date-time": "2027-01-15T10:00:00Z",
    "decimal": "1",
    "time": "12:00",
    "": "A reason",
    "integer": 1,
    "boolean": False,
}
"""What else a value may be, by its format or type."""
