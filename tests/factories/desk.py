"""A company with so many of everything that a list of the admin can show."""

import hashlib
from base64 import b64decode
from datetime import timedelta
from decimal import Decimal

from django_celery_beat.models import CrontabSchedule, IntervalSchedule, PeriodicTask

from apps.accounts.models import Enrolment, SignOn, SignOnFailure
from apps.accounts.roles import Role
from apps.assembly.models import AssemblyGenealogy, AssemblyIssue, AssemblyLine, AssemblyOrder, AssemblyOutput
from apps.catalog.choices import PackagingLevel, ReasonKind
from apps.catalog.models import (
    Barcode,
    BillAlternative,
    BillLine,
    BillOfMaterials,
    Category,
    ContainerLabel,
    Packaging,
    ReasonCode,
    SheetRule,
    Unit,
)
from apps.compliance.models import (
    CodeLetter,
    ExcursionCase,
    ExcursionGoods,
    Inspection,
    InspectionCharacteristic,
    InspectionPlan,
    InspectionResult,
    PlanCharacteristic,
    SamplingTable,
    Sensor,
    SensorReading,
    SingleSampling,
    SupplierReturn,
)
from apps.compliance.states import SamplingKind
from apps.core import clock
from apps.core.paper import shelf
from apps.core.pictures import cleaned
from apps.counting.models import (
    ApprovalTier,
    CountDay,
    CountDoubt,
    CountFinding,
    CountLine,
    CountPlan,
    CountProgram,
    CountTolerance,
    CycleCount,
    Inventory,
)
from apps.counting.states import CountState, DoubtKind, FindingKind, ProgramKind
from apps.food.models import FoodDetermination, ListedFood, TraceabilityLotCode, TraceabilityPlan
from apps.incidents.models import (
    Establishment,
    EstablishmentYear,
    Incident,
    IncidentAction,
    InjuryCase,
    LostDays,
    SevereEvent,
)
from apps.journal.models import Approval, ApprovalDecision, AuditEntry, Command, OutboxMessage
from apps.ledger.models import Hold, StockBalance, StockTransaction
from apps.ledger.operations import Claim, Move, Place, hold_lots, open_units, post, reserve, seal_block
from apps.ledger.states import HoldReason, StockStatus, TransactionKind, UnitKind
from apps.locations.choices import LocationKind
from apps.locations.models import Aisle, Company, DeviceAccess, DockAppointment, Location, TransitTime, Zone
from apps.losses.models import (
    Camera,
    Door,
    DoorEvent,
    LossCase,
    LossCaseLine,
    LossStep,
    OddDismissal,
    OddRule,
    WorkShift,
)
from apps.orders.models import (
    Channel,
    ChannelAvailability,
    ChannelListing,
    FloorLimit,
    OrderHold,
    OutboundRule,
    PickRound,
    RoutingRule,
    SalesOrder,
    SalesOrderLine,
    Wave,
    WaveTemplate,
)
from apps.orders.models.order import ChannelKind
from apps.overrides.models import HazardOverride, OverrideUse
from apps.planning.models import (
    HoldingRate,
    ItemClass,
    ItemForecast,
    OrderingCost,
    ReorderProposal,
    StockingPolicy,
)
from apps.purchasing.models import (
    ParkedGoods,
    PurchaseOrder,
    PurchaseOrderLine,
    Receipt,
    ReceiptLine,
    ShippingNotice,
    ShippingNoticeLine,
    ShippingNoticeUnit,
    SupplierItem,
)
from apps.returns.models import (
    CustomerClaim,
    CustomerReturn,
    CustomerReturnLine,
    DisposalCertificate,
    ReturnArrival,
    ReturnInspection,
    ReturnPolicy,
    ReturnReason,
    ReturnToSupplier,
    ReturnToSupplierLine,
)
from apps.returns.states import ClaimKind, CustomerReturnState, Disposition, ReturnToSupplierCause
from apps.rfid.models import Asset, ReadEvent
from apps.safety.models import (
    FlammableLimit,
    GhsPhrase,
    HazardClass,
    HazmatEntry,
    KineticRule,
    SegregationRule,
    ShippingDescription,
    StorageCondition,
    TransportRule,
)
from apps.shipping.models import (
    CarrierEvent,
    CarrierService,
    Carton,
    CartonType,
    Load,
    ParcelException,
    ServiceCutOff,
    ServiceRate,
    Shipment,
    ShippingPallet,
)
from apps.shipping.states import ShipmentState
from apps.storage.models import FacePool, ItemVelocity, PickFace, Putaway, PutawayRule, Replenishment
from apps.supply.models import ExpectedReceipt, Promise
from apps.tasks.models import Conflict, EquipmentKind, Skill, TaskPolicy, TaskRule, WarehouseTask
from apps.tasks.states import TaskKind
from apps.traceability.models import (
    AuthenticityCheck,
    DrillPlan,
    EffectivenessCheck,
    LotGrouping,
    RecallCase,
    RecallConsignee,
    RecallDrill,
    SuspectCase,
    SuspectPartner,
    SuspectStep,
)
from apps.transfers.models import Transfer, TransferArrival, TransferLine, TransitClosing
from apps.transfers.states import TransferState, TransitOutcome
from apps.valuation.models import (
    CostEntry,
    CostEvent,
    CostLayer,
    CostRule,
    ExchangeRate,
    ItemCost,
    LandedCost,
    LandedCostLine,
    WorkInProgress,
)
from apps.workplace.models import (
    AssetKind,
    Certificate,
    CertificateKind,
    Checklist,
    ChecklistLine,
    CheckPhoto,
    CheckResult,
    CorrectiveAction,
    SiteAsset,
    WorkplaceInspection,
)
from apps.workplace.operations import photo_name
from tests.factories.accounts import DeviceFactory, UserFactory
from tests.factories.areas import a_limit, an_area
from tests.factories.catalog import ItemFactory, PartyFactory
from tests.factories.epcis import a_document, an_event, captured
from tests.factories.labels import a_gate, a_sheet
from tests.factories.ledger import LotFactory, SerialFactory, an_actor, stock
from tests.factories.locations import LocationFactory, WarehouseFactory, works_at
from tests.factories.rfid import ReaderFactory
from tests.factories.workplace import A_PIXEL


def a_desk(count, *, warehouse=None):
    """Make `count` of everything in one warehouse; the warehouse."""
    site = warehouse or WarehouseFactory()
    Company.objects.get_or_create(pk=1, defaults={"name": "Stillage"})
    for number in range(count):
        _row(site, number)
    return site


def _device(site, mark, who, at):
    device = DeviceFactory()
    DeviceAccess.objects.create(device=device, warehouse=site)
    SignOn.objects.create(device=device, user=who, started_at=at)
    SignOnFailure.objects.create(device=device, user=who, at=at)
    Enrolment.objects.create(device=device, code_hash=mark, made_at=at, made_by=who, expires_at=at)
    return device


def _row(site, number):
    at, today = clock.now(), clock.now().date()
    mark = f"{site.code}-{number}"
    who, other = works_at(UserFactory(), site), UserFactory()
    by = an_actor(who)
    device = _device(site, mark, who, at)
    PeriodicTask.objects.create(
        name=mark, task="x", interval=IntervalSchedule.objects.create(every=1 + number, period="days")
    )
    CrontabSchedule.objects.create(hour=str(number))
    _journal(mark, who, other, at)
    condition = StorageCondition.objects.create(code=f"C{mark}", name=mark, effective_on=today)
    hazard = HazardClass.objects.create(code=f"T{site.pk}.{number}", name=mark, source="49 CFR", effective_on=today)
    zone = Zone.objects.create(warehouse=site, code=mark, name=mark, storage_condition=condition)
    aisle = Aisle.objects.create(warehouse=site, code=mark)
    bin_ = LocationFactory(warehouse=site, zone=zone, aisle=aisle, code=f"BIN-{mark}")
    dock = LocationFactory(warehouse=site, code=f"DOCK-{mark}", kind=LocationKind.DOCK)
    category = Category.objects.create(code=f"CAT-{mark}", name=mark)
    item = ItemFactory(lots=True, category=category, hazard_class=hazard, storage_condition=condition)
    _dangerous(site, mark, item, bin_, who, other)
    case = Packaging.objects.create(
        item=item,
        level=PackagingLevel.CASE,
        unit=Unit.objects.create(code=f"U{site.pk}{number}"[:12], name=mark),
        numerator=6,
    )
    Barcode.objects.create(item=item, packaging=case, code=mark)
    party = PartyFactory(is_supplier=True, is_customer=True)
    SupplierItem.objects.create(supplier=party, item=item, price=1)
    lot = LotFactory(item=item, supplier=party, expires_on=today + timedelta(days=10))
    SerialFactory()
    open_units(warehouse_id=site.pk, kind=UnitKind.PALLET)
    posting = StockTransaction.objects.get(pk=stock(item, bin_, 10, lot=lot, by=by))
    balance = StockBalance.objects.get(item=item, location=bin_)
    reserve([Claim(balance_id=balance.pk, quantity=Decimal(1))], warehouse_id=site.pk, document=mark)
    held = LotFactory(item=item, supplier=party)
    hold = Hold.objects.get(pk=hold_lots([held.pk], reason=HoldReason.QUALITY, by=by)[0])
    stock(item, bin_, 5, lot=held, by=by, status=StockStatus.INSPECTION)
    seal_block(by=by, at=at)
    _recalled(mark, lot, held, hold, party, who, at)
    _guided(site, mark, item, bin_)
    task = WarehouseTask.objects.create(
        number=f"T-{mark}",
        created_at=at,
        warehouse=site,
        kind=TaskKind.PUTAWAY,
        document=f"GR-{mark}",
        item=item,
        lot=lot,
        quantity=5,
        source=dock,
        target=bin_,
    )
    Putaway.objects.create(task=task, status=StockStatus.AVAILABLE, proposed=bin_, reasons=[])
    Replenishment.objects.create(
        task=WarehouseTask.objects.create(
            number=f"TR-{mark}",
            created_at=at,
            warehouse=site,
            kind=TaskKind.REPLENISH,
            document=bin_.code,
            item=item,
            quantity=5,
            source=dock,
            target=bin_,
        ),
        reasons=["below its minimum"],
    )
    _refused_late(site, mark, task, who, device, at)
    _counted(site, mark, bin_, item, lot, who, at)
    _costs(site, mark, item, lot, party, who, posting, at)
    _inbound(site, mark, item, lot, party, dock, who, posting, at)
    _outbound(site, mark, item, party, who, posting, at)
    _told(site, mark, item, zone, dock)
    _made_of(mark, who, at)
    _assembled(site, mark, item, lot, bin_, who, posting, at)
    _returned(site, mark, item, lot, party, dock, who, posting, at)
    _sent(site, mark, item, lot, who, other, posting, at)
    _went_wrong(site, mark, bin_, who, at)
    _inspected(site, mark, item, lot, party, dock, who, posting, at)
    _kept(site, item, hold, zone, at, mark)
    _planned(site, number, item, party, who, at)


def _written_off(site, bin_, who):
    """A posting that took something off the book."""
    item, gone = ItemFactory(), Location.objects.virtual(site, LocationKind.ADJUSTMENT)
    stock(item, bin_, 1, by=an_actor(who))
    here, off = Place(location_id=bin_.pk), Place(location_id=gone.pk)
    move = Move(item_id=item.pk, quantity=Decimal(1), source=here, target=off)
    told = {"by": an_actor(who), "at": clock.now(), "document": "written off"}
    return StockTransaction.objects.get(pk=post([move], warehouse_id=site.pk, kind=TransactionKind.ADJUST, **told))


def _fit(site, mark, bin_, who, other, at):
    """A thing that failed its inspection, and what somebody has learned."""
    code = mark[:20]
    kind = AssetKind.objects.create(code=code, name=mark)
    checklist = Checklist.objects.create(code=code, name=mark, kind=kind, every=1, source="Our own")
    ChecklistLine.objects.create(checklist=checklist, line=1, text="Whole", is_critical=True)
    thing = SiteAsset.objects.create(warehouse=site, number=f"THING-{mark}", name=mark, kind=kind, location=bin_)
    camera = Camera.objects.create(asset=thing, channel="1/4")
    if bin_.zone is not None:
        camera.zones.add(bin_.zone)
    door = Door.objects.create(warehouse=site, code=f"DOOR-{mark}", name=mark)
    DoorEvent.objects.create(door=door, event_id=mark, kind="opened", happened_at=at, told_at=at)
    gone = _written_off(site, bin_, who)
    loss = LossCase.objects.create(number=f"LO-{mark}", created_at=at, warehouse=site, reason="gone", opened_by=who)
    LossCaseLine.objects.create(case=loss, posting=gone)
    LossStep.objects.create(case=loss, kind="asked", said="Nobody knows", recorded_at=at, recorded_by=who)
    OddDismissal.objects.create(posting=gone, kind="value", reason="Dear", dismissed_by=who, dismissed_at=at)
    OddRule.objects.create(
        effective_on=at.date() + timedelta(days=OddRule.objects.count()),
        score=3,
        fewest=5,
        repeats=3,
        window_days=9,
        match_days=9,
        source="Our own",
    )
    WorkShift.objects.create(warehouse=site, name=mark[:40], begins="06:00", ends="14:00", weekdays=[0, 1])
    common = {"created_at": at, "warehouse": site, "asset": thing}
    failed = WorkplaceInspection.objects.create(
        number=f"WIF-{mark}",
        checklist=checklist,
        due_on=at.date(),
        state="failed",
        done_at=at,
        done_by=who,
        **common,
    )
    result = CheckResult.objects.create(inspection=failed, line=1, text="Whole", is_critical=True, passed=False)
    made = cleaned(b64decode(A_PIXEL))
    digest = hashlib.sha256(made.content).hexdigest()
    shelf.keep(photo_name(digest), made.content)
    CheckPhoto.objects.create(
        number=f"CP-{mark}", result=result, digest=digest, width=1, height=1, taken_by=who, created_at=at
    )
    CorrectiveAction.objects.create(
        number=f"CA-{mark}", result=result, takes_out=True, owner=who, due_on=at.date(), **common
    )
    WorkplaceInspection.objects.create(number=f"WI-{mark}", checklist=checklist, due_on=at.date(), **common)
    held = CertificateKind.objects.create(code=code, name=mark, valid_months=36, source="Our own")
    Certificate.objects.create(
        number=f"CT-{mark}",
        kind=held,
        person=who,
        trained_on=at.date(),
        evaluated_on=at.date(),
        evaluator="Ms Ito",
        expires_on=at.date(),
        created_at=at,
        entered_by=other,
    )


def _went_wrong(site, mark, bin_, who, at):
    """A near miss with an action, and an injury with all that its forms ask for."""
    common = {"created_at": at, "warehouse": site, "occurred_at": at, "location": bin_, "reported_by": who}
    Incident.objects.create(number=f"INJ-{mark}", kind="injury", **common)
    near = Incident.objects.create(number=f"IN-{mark}", kind="near_miss", what_happened="A pallet slid", **common)
    action = CorrectiveAction.objects.create(
        number=f"CAI-{mark}",
        task="Mark the edge",
        takes_out=False,
        owner=who,
        due_on=at.date(),
        created_at=at,
        warehouse=site,
    )
    IncidentAction.objects.create(incident=near, action=action)
    place, _ = Establishment.objects.get_or_create(
        warehouse=site,
        defaults={
            "name": mark,
            "street": "1 Dock",
            "city": "Leith",
            "region": "OH",
            "postcode": "44101",
            "naics_code": "493110",
        },
    )
    EstablishmentYear.objects.get_or_create(
        establishment=place, year=at.year, defaults={"average_employees": 20, "hours_worked": 40_000}
    )
    case = InjuryCase.objects.create(
        number=f"IC-{mark}",
        incident=Incident.objects.get(number=f"INJ-{mark}"),
        created_at=at,
        year=at.year,
        occurred_on=at.date(),
        case_number=InjuryCase.objects.count() + 1,
        person="Pat Doe",
        told="Cut by a blade",
        is_work_related=True,
        is_new_case=True,
        is_treated=True,
    )
    LostDays.objects.create(case=case, kind="away", first=at.date() + timedelta(days=1))
    SevereEvent.objects.create(case=case, kind="hospital", happened_at=at, learned_at=at, due_at=at + timedelta(days=1))


def _seen(site, mark, dock, at):
    reader = ReaderFactory(location=dock, code=f"RFID-{mark}")
    Asset.objects.create(warehouse=site, number=f"CAGE-{mark}", name="Cage")
    ReadEvent.objects.create(reader=reader, epc=mark, first_at=at, last_at=at, told_at=at)


def _kept(site, item, hold, zone, at, mark):
    """How goods are kept: a rule on excursions, and what was read in the zone."""
    band = zone.storage_condition
    KineticRule.objects.create(
        condition=band,
        window_hours=24,
        most_celsius=8,
        lowest_celsius=2,
        highest_celsius=8,
        spike_celsius=15,
        spike_hours=24,
        source="our own",
        effective_on=at.date(),
    )
    sensor = Sensor.objects.create(warehouse=site, number=f"T-{mark}", name="Door", zone=zone)
    SensorReading.objects.create(sensor=sensor, read_at=at, celsius=9, told_at=at)
    case = ExcursionCase.objects.create(
        number=f"EX-{mark}",
        created_at=at,
        warehouse=site,
        sensor=sensor,
        condition=band,
        measure="temperature",
        high=8,
        first_at=at,
        last_at=at,
        ended_at=at + timedelta(minutes=5),
        lowest=9,
        highest=9,
    )
    ExcursionGoods.objects.create(case=case, item=item, lot=hold.lot, hold=hold)


def _dangerous(site, mark, item, bin_, who, other):
    """What the law says of a hazard, the label of its containers, and what people are told of it."""
    today, hazard = clock.now().date(), item.hazard_class
    a_sheet(item, f"SDS-{mark}", by=who, at=clock.now())
    a_gate(site, since=today + timedelta(days=item.pk))
    SheetRule.objects.create(months=36, source="Our own", effective_on=today - timedelta(days=item.pk))
    GhsPhrase.objects.create(code=f"H225-{mark}", text="Highly flammable", source="29 CFR", effective_on=today)
    ContainerLabel.objects.create(
        item=item,
        identifier=f"Product {mark}",
        hazards=["H225"],
        precautions=["P210"],
        supplier_name="Maker",
        supplier_address="Leith",
        supplier_phone="0131",
        source="SDS",
        revised_on=today,
    )
    SegregationRule.objects.create(first=hazard, second=hazard, apart="bin", source="49 CFR", effective_on=today)
    TransportRule.objects.create(
        table="classes", first=hazard.code, second=hazard.code, mark="X", source="Our own", effective_on=today
    )
    days = timedelta(days=FlammableLimit.objects.count())
    FlammableLimit.objects.create(
        kind="room", categories=[4], litres=200, source="Local code", effective_on=today - days
    )
    override = HazardOverride.objects.create(
        number=f"HO-{mark}",
        created_at=clock.now(),
        of="stored",
        warehouse=site,
        item=item,
        other_class=hazard,
        location=bin_,
        since=today,
        until=today,
        reason="Painting",
        safeguards="A watch",
        asked_by=other,
    )
    used = {"document": "T-1", "where": bin_.code, "quantity": 1, "rule": "apart"}
    OverrideUse.objects.create(override=override, used_at=clock.now(), used_by=who, **used)
    ShippingDescription.objects.create(
        code=mark, un_number="UN1090", proper_shipping_name="Acetone", hazard_class=hazard, packing_group="II"
    )
    HazmatEntry.objects.create(
        row=2 + HazmatEntry.objects.count(),
        un_number="UN1090",
        name="Acetone",
        hazard_class=hazard.code,
        packing_group="II",
        source="49 CFR 172.101",
        effective_on=today,
    )


def _recalled(mark, lot, held, hold, party, who, at):
    """A case with somebody to tell and to check, a drill by plan, and what a partner told."""
    captured(a_document(an_event(eventID=f"urn:uuid:{mark}")), an_actor(UserFactory(roles=[Role.QUALITY])))
    recall = RecallCase.objects.create(number=f"RC-{mark}", created_at=at, reason="glass", opened_by=who)
    recall.lots.add(held)
    recall.holds.add(hold)
    recall.effectiveness_level, recall.sample_seed, recall.sampled_at = "A", mark, at
    recall.save()
    told = RecallConsignee.objects.create(case=recall, party=party)
    EffectivenessCheck.objects.create(consignee=told)
    AuthenticityCheck.objects.create(
        number=f"AQ-{mark}",
        code=mark,
        place="Shop",
        is_outside=True,
        verdict="unknown",
        because="No such serial number was ever made or received here.",
        asked_at=at,
        asked_by=who,
    )
    FoodDetermination.objects.create(
        item=lot.item,
        food=ListedFood.objects.get(code="EGGS-SHELL"),
        effective_on=at.date(),
        basis="its label",
        decided_by=who,
        created_at=at,
    )
    TraceabilityLotCode.objects.create(lot=lot, code=f"T-{mark}", party=party, stated_by=who, created_at=at)
    TraceabilityPlan.objects.create(
        number=f"TP-{mark}",
        effective_on=at.date(),
        records="Here",
        identification="By item",
        assignment="By the maker",
        contact="Quality",
        phone="1",
        published_by=who,
        created_at=at,
    )
    suspect = SuspectCase.objects.create(
        number=f"SU-{mark}", created_at=at, lot=held, source="ours", reason="odd seal", opened_by=who
    )
    suspect.holds.add(hold)
    step = {"kind": "asked", "done_at": at, "who": "Maker", "said": "Is it yours?", "recorded_at": at}
    SuspectStep.objects.create(case=suspect, recorded_by=who, **step)
    SuspectPartner.objects.create(case=suspect, party=party, role="customer")
    LotGrouping.objects.create(number=f"G-{mark}".upper(), name="Of one item", item=lot.item)
    plan = DrillPlan.objects.create(name=f"Drills {mark}", next_on=at.date())
    RecallDrill.objects.create(
        number=f"DR-{mark}",
        plan=plan,
        lot=lot,
        lots_to_draw=1,
        steps=[{"step": "Find stock", "seconds": "0.001"}],
        seconds=Decimal("0.001"),
        figures={"lots": 1},
        percent_reconciled=100,
        passed=True,
        run_at=at,
        run_by=who,
    )


def _guided(site, mark, item, bin_):
    """Where goods should live."""
    PickFace.objects.create(item=item, location=bin_, minimum=1, maximum=9)
    FacePool.objects.create(zone=bin_.zone, minimum=1, maximum=9)
    PutawayRule.objects.create(warehouse=site, code=mark, name=mark, category=item.category, zone=bin_.zone)
    ItemVelocity.objects.create(warehouse=site, item=item, velocity="A")
    area = an_area(site, code=f"CA-{mark}"[:20], places=[bin_], zones=[bin_.zone])
    a_limit(area, 100, 1, 2, 3)
    skill, truck = Skill.objects.create(code=f"S-{mark}", name=mark), EquipmentKind.objects.create(code=mark, name=mark)
    TaskPolicy.objects.get_or_create(warehouse=site)
    TaskRule.objects.create(
        warehouse=site, code=mark, name=mark, zone=bin_.zone, category=item.category, skill=skill, equipment=truck
    )


def _refused_late(site, mark, task, who, device, at):
    Conflict.objects.create(
        number=f"CF-{mark}",
        created_at=at,
        warehouse=site,
        worker=who,
        device=device,
        actor=f"device:{device.pk}",
        key=mark,
        command=f"tasks/{task.number}/confirm",
        said={"quantity": "5"},
        task=task,
        occurred_at=at,
        received_at=at,
        code="task_stale",
        refusal={"code": "task_stale", "title": "It has changed."},
        found={"state": "done"},
    )


def _costs(site, mark, item, lot, party, who, posting, at):
    """A book that has the item's receipt, and freight that was paid for it."""
    move = posting.moves.get()
    ItemCost.objects.create(item=item, method="fifo", standard=2, last_cost=2, quantity=15, value=30)
    layer = {"position": 1, "move": move, "lot": lot, "received": 15, "base": 15, "worth": 30, "rest": 15, "value": 30}
    CostLayer.objects.create(item=item, **layer)
    event = CostEvent.objects.create(kind="landed", item=item, position=1, move=move, amount=3, at=at, by=who)
    entry = {"item": item, "warehouse": site, "position": 1, "at": at, "variance": 0, "move": move, "document": mark}
    CostEntry.objects.create(kind="landed", quantity=0, value=3, event=event, estimated=False, **entry)
    CostEntry.objects.create(kind="received", quantity=15, value=30, lot=lot, estimated=True, **entry)
    WorkInProgress.objects.create(document=f"WO-{mark}", value=5)
    ExchangeRate.objects.create(currency="USD", on=at.date() - timedelta(days=ExchangeRate.objects.count()), rate=1)
    CostRule.objects.create(category=item.category)
    landed = LandedCost.objects.create(
        number=f"LC-{mark}",
        created_at=at,
        warehouse=site,
        supplier=party,
        invoice=mark,
        invoiced_on=at.date(),
        kind="freight",
        basis="value",
        currency="EUR",
        exchange_rate=1,
        invoiced=3,
        amount=3,
        posted_by=who,
    )
    LandedCostLine.objects.create(landed_cost=landed, move=move, weight=30, amount=3)


def _counted(site, mark, bin_, item, lot, who, at):
    number = f"CC-{mark}"
    task = WarehouseTask.objects.create(
        number=f"TC-{mark}",
        created_at=at,
        warehouse=site,
        kind=TaskKind.COUNT,
        document=number,
        quantity=1,
        source=bin_,
    )
    count = CycleCount.objects.create(
        number=number,
        created_at=at,
        warehouse=site,
        location=bin_,
        state=CountState.COUNTED,
        task=task,
        asked_by=who,
        counted_by=who,
        counted_at=at,
    )
    CountLine.objects.create(count=count, item=item, lot=lot, status=StockStatus.AVAILABLE, expected=10, counted=1)
    CountFinding.objects.create(count=count, kind=FindingKind.BARCODE, text=f"X{mark}", quantity=1)
    CountDoubt.objects.create(
        warehouse=site, location=bin_, kind=DoubtKind.SHORT_PICK, item=item, document=number, seen_at=at, seen_by=who
    )
    CountProgram.objects.create(warehouse=site, code=mark[:20], kind=ProgramKind.ZONE, zone=bin_.zone)
    CountTolerance.objects.get_or_create(warehouse=site, abc_class="C", defaults={"percent": 1})
    ApprovalTier.objects.get_or_create(role="auditor")
    _zone_counted(site, mark, who, at)


def _zone_counted(site, mark, who, at):
    """A zone of its own: one is in one inventory at a time."""
    kept = StorageCondition.objects.get(code=f"C{mark}")
    zone = Zone.objects.create(warehouse=site, code=f"PI{mark}"[:20], name=f"Zone of {mark}", storage_condition=kept)
    Inventory.objects.create(number=f"PI-{mark}", created_at=at, warehouse=site, zone=zone, asked_by=who)


def _planned(site, number, item, party, who, at):
    today = at.date()
    CountPlan.objects.get_or_create(warehouse=site)
    CountDay.objects.create(warehouse=site, day=today + timedelta(days=number), due=3, planned_at=at, planned_by=who)
    StockingPolicy.objects.create(warehouse=site, item=item, minimum=20, target=50, supplier=party)
    OrderingCost.objects.create(supplier=party, cost=number + 1)
    HoldingRate.objects.create(category=Category.objects.create(code=f"HR-{site.pk}-{number}", name="Kept"), percent=20)
    rated = {"weeks": 52, "since": today, "rated_at": at}
    ItemClass.objects.create(warehouse=site, item=item, by_value="A", by_lines="B", value=9, lines=2, units=5, **rated)
    told = {"expected": [2] * 13, "low": [0] * 13, "high": [5] * 13, "because": "The mean of few weeks."}
    ItemForecast.objects.create(warehouse=site, item=item, made_on=today, made_at=at, method="mean", weeks=9, **told)
    ReorderProposal.objects.create(
        number=f"RP-{site.code}-{number}",
        created_at=at,
        warehouse=site,
        item=item,
        supplier=party,
        available=6,
        inbound=10,
        raised=0,
        minimum=20,
        target=50,
        quantity=34,
        price=1,
        due_on=today,
        reasons=[{"rule": "order up to target", "because": "It runs short."}],
        proposed_on=today,
    )


def _journal(mark, who, other, at):
    AuditEntry.objects.create(at=at, user=who, verb="approve", kind="purchase order", number=f"PO-{mark}")
    Command.objects.create(actor=f"user:{who.pk}", key=mark, operation="x", request_hash="", user=who, at=at)
    OutboxMessage.objects.create(job="x", created_at=at, due_at=at)
    Approval.objects.create(
        kind="purchase order",
        number=f"PO-{mark}",
        asked_by=who,
        decided_by=other,
        decision=ApprovalDecision.APPROVED,
        at=at,
    )


def _inbound(site, mark, item, lot, party, dock, who, posting, at):
    today = at.date()
    order = PurchaseOrder.objects.create(
        number=f"PO-{mark}",
        created_at=at,
        warehouse=site,
        supplier=party,
        currency="EUR",
        ordered_on=today,
        due_on=today - timedelta(days=2),
        raised_by=who,
    )
    line = PurchaseOrderLine.objects.create(order=order, line=1, item=item, quantity=10, price=2)
    truck = DockAppointment.objects.create(
        number=f"DA-{mark}",
        created_at=at,
        warehouse=site,
        dock=dock,
        direction="inbound",
        state="at_dock",
        starts_at=at,
        ends_at=at + timedelta(hours=1),
        party=party,
        documents=[order.number],
        booked_by=who,
        arrived_at=at,
        at_dock_at=at,
    )
    receipt = Receipt.objects.create(
        number=f"GR-{mark}",
        created_at=at,
        warehouse=site,
        supplier=party,
        notice=_announced(site, mark, item, party, line, who, at),
        dock=dock,
        appointment=truck,
        arrived_at=at,
        received_by=who,
    )
    receipt.orders.add(order)
    ParkedGoods.objects.create(
        number=f"UG-{mark}", created_at=at, receipt=receipt, location=dock, code="???", pieces=1, parked_by=who
    )
    ReceiptLine.objects.create(
        receipt=receipt,
        order_line=line,
        item=item,
        lot=lot,
        status=StockStatus.AVAILABLE,
        quantity=5,
        transaction=posting,
    )
    ExpectedReceipt.objects.create(
        warehouse=site, item=item, document=order.number, line=1, quantity=10, due_on=order.due_on
    )


def _announced(site, mark, item, party, line, who, at):
    notice = ShippingNotice.objects.create(
        number=f"ASN-{mark}",
        created_at=at,
        warehouse=site,
        supplier=party,
        reference=f"D-{mark}",
        expected_on=at.date(),
        noted_by=who,
    )
    pallet = ShippingNoticeUnit.objects.create(notice=notice, sscc=f"1{party.pk:017d}", kind=UnitKind.PALLET)
    carton = ShippingNoticeUnit.objects.create(
        notice=notice, sscc=f"2{party.pk:017d}", kind=UnitKind.CARTON, parent=pallet
    )
    ShippingNoticeLine.objects.create(notice=notice, line=1, unit=carton, order_line=line, item=item, quantity=5)
    return notice


def _told(site, mark, item, zone, dock):
    """How orders go out."""
    channel = Channel.objects.get(code=f"CH-{mark}")
    rule = OutboundRule.objects.create(
        warehouse=site, code=mark, name=mark, about="allocate", item=item, channel=channel, strategy="fifo"
    )
    rule.excluded_zones.add(zone)
    WaveTemplate.objects.create(warehouse=site, code=mark, name=mark, channel=channel, zone=zone)
    FloorLimit.objects.create(warehouse=site, zone=zone, most_open_picks=100)
    _seen(site, mark, dock, clock.now())


def _outbound(site, mark, item, party, who, posting, at):
    channel = Channel.objects.create(code=f"CH-{mark}", name=mark, kind=ChannelKind.WEB)
    RoutingRule.objects.create(code=f"R{site.pk}.{at:%f}"[:20], name=mark, channel=channel)
    listing = ChannelListing.objects.create(channel=channel, item=item, code=mark)
    ChannelAvailability.objects.create(listing=listing, quantity=3, position=listing.pk, changed_at=at)
    order = SalesOrder.objects.create(
        number=f"SO-{mark}",
        created_at=at,
        warehouse=site,
        channel=channel,
        customer=party,
        ship_to=party.name,
        currency="EUR",
        placed_at=at,
        due_on=at.date(),
        created_by=who,
    )
    SalesOrderLine.objects.create(order=order, line=1, item=item, quantity=3, price=4)
    Promise.objects.create(
        warehouse=site, item=item, document=order.number, line=1, quantity=3, due_on=order.due_on, promised_at=at
    )
    OrderHold.objects.create(order=order, kind="credit", reason="over the limit", placed_at=at, placed_by=who)
    wave = Wave.objects.create(number=f"W-{mark}", created_at=at, warehouse=site, released_by=who, released_at=at)
    PickRound.objects.create(
        number=f"RN-{mark}", created_at=at, warehouse=site, wave=wave, method="single", planned_by=who
    )
    # It is gone: only then do carriers tell of its cartons, and do they arrive.
    shipment = Shipment.objects.create(
        number=f"SH-{mark}",
        created_at=at,
        warehouse=site,
        state=ShipmentState.SHIPPED,
        document=order.number,
        party=party,
        ship_to=party.name,
        shipped_at=at,
        transaction=posting,
    )
    unit_id = open_units(warehouse_id=site.pk, kind=UnitKind.CARTON)[0]
    _carried(site, mark, party, shipment, unit_id, who, at)


def _carried(site, mark, party, shipment, unit_id, who, at):
    service = CarrierService.objects.create(carrier=party, code=mark, name=mark)
    ServiceCutOff.objects.create(service=service, weekday=0, until="15:00")
    ServiceRate.objects.create(service=service, valid_from=at.date(), zone="1", up_to_g=1000, price=5)
    kind = CartonType.objects.create(
        code=mark, name=mark, length_mm=300, width_mm=200, height_mm=100, tare_g=100, max_weight_g=9000
    )
    load = Load.objects.create(
        number=f"LD-{mark}", created_at=at, warehouse=site, carrier=party, trailer="AB-1", planned_by=who
    )
    shipment.load, shipment.service = load, service
    shipment.save()
    (pallet_unit,) = open_units(warehouse_id=site.pk, kind=UnitKind.PALLET)
    pallet = ShippingPallet.objects.create(warehouse=site, unit_id=pallet_unit, created_at=at)
    carton = Carton.objects.create(
        shipment=shipment, unit_id=unit_id, sequence=1, carton_type=kind, pallet=pallet, tracking_number=f"TN-{mark}"
    )
    CarrierEvent.objects.create(carton=carton, kind="lost", occurred_at=at, noted_at=at)
    ParcelException.objects.create(number=f"PX-{mark}", created_at=at, carton=carton, kind="lost")


def _inspected(site, mark, item, lot, party, dock, who, posting, at):
    _fit(site, mark, dock, who, UserFactory(), at)
    plan = InspectionPlan.objects.create(item=item, supplier=party, sampling=SamplingKind.ALL, valid_from=at.date())
    PlanCharacteristic.objects.create(plan=plan, line=1, name="Thread")
    inspection = Inspection.objects.create(
        number=f"QI-{mark}",
        created_at=at,
        warehouse=site,
        document=f"GR-{mark}",
        item=item,
        lot=lot,
        supplier=party,
        location=dock,
        quantity=5,
        plan=plan,
        sample_size=5,
        asked_by=who,
    )
    thread = InspectionCharacteristic.objects.create(inspection=inspection, line=1, name="Thread")
    InspectionResult.objects.create(characteristic=thread, sample=1, passed=True, recorded_by=who, recorded_at=at)
    SupplierReturn.objects.create(
        number=f"SR-{mark}", inspection=inspection, returned_at=at, returned_by=who, transaction=posting
    )
    edition = SamplingTable.objects.create(code=f"TABLE-{mark}", source="a standard", effective_on=at.date())
    CodeLetter.objects.create(table=edition, level="II", lot_from=2, letter="A")
    SingleSampling.objects.create(
        table=edition, severity="normal", letter="A", aql=1, sample_size=2, accept_number=0, reject_number=1
    )


def _made_of(mark, who, at):
    """A bill that another has still to put in force; its parts are made of nothing."""
    made, parts = ItemFactory(), [ItemFactory() for _ in range(3)]
    bill = BillOfMaterials.objects.create(
        number=f"BM-{mark}", created_at=at, item=made, version=1, valid_from=at.date(), drafted_by=who
    )
    for line, each in enumerate(parts[:2], start=1):
        row = BillLine.objects.create(bill=bill, line=line, item=each, quantity=2)
        BillAlternative.objects.create(line=row, rank=1, item=parts[2], quantity=3)


def _assembled(site, mark, item, lot, bin_, who, posting, at):
    """An order at a bench, with one component brought there."""
    bench = LocationFactory(warehouse=site, code=f"BENCH-{mark}", kind=LocationKind.PACK)
    order = AssemblyOrder.objects.create(
        number=f"AO-{mark}",
        created_at=at,
        warehouse=site,
        kind="rework",
        state="in_work",
        item=item,
        quantity=2,
        bench=bench,
        due_on=at.date(),
        drafted_by=who,
    )
    goods = AssemblyLine.objects.create(order=order, line=1, role="component", item=item, quantity=2, net=2)
    out = AssemblyLine.objects.create(order=order, line=2, role="output", item=item, quantity=2, net=2)
    issue = AssemblyIssue.objects.create(
        line=goods,
        item=item,
        lot=lot,
        quantity=2,
        source=bin_,
        issued_by=who,
        issued_at=at,
        transaction=posting,
    )
    move = posting.moves.get()
    output = AssemblyOutput.objects.create(line=out, lot=lot, quantity=1, move=move, made_by=who, made_at=at)
    AssemblyGenealogy.objects.create(output=output, issue=issue, input_move=move, quantity=1)


def _returned(site, mark, item, lot, party, dock, who, posting, at):
    document = CustomerReturn.objects.create(
        number=f"RT-{mark}",
        created_at=at,
        warehouse=site,
        order=SalesOrder.objects.get(number=f"SO-{mark}"),
        customer=party,
        state=CustomerReturnState.RECEIVED,
        reason="Not wanted",
        opened_by=who,
        received_at=at,
    )
    line = CustomerReturnLine.objects.create(
        customer_return=document, line=1, item=item, lot=lot, announced=2, received=2, inspected=1
    )
    ReturnArrival.objects.create(
        line=line, location=dock, quantity=2, inspected=1, received_by=who, received_at=at, transaction=posting
    )
    decision = ReturnInspection.objects.create(
        line=line,
        quantity=1,
        disposition=Disposition.SCRAP,
        note="dented",
        inspected_by=who,
        inspected_at=at,
        transaction=posting,
    )
    DisposalCertificate.objects.create(number=f"DC-{mark}", inspection=decision, issued_at=at, disposed_by=who)
    CustomerClaim.objects.create(
        number=f"CM-{mark}",
        created_at=at,
        warehouse=site,
        order_line=SalesOrder.objects.get(number=f"SO-{mark}").lines.all()[0],
        customer=party,
        kind=ClaimKind.DAMAGE,
        quantity=1,
        opened_by=who,
    )
    behind = ReceiptLine.objects.get(receipt__number=f"GR-{mark}", item=item)
    sent_back = ReturnToSupplier.objects.create(
        number=f"VR-{mark}",
        created_at=at,
        warehouse=site,
        supplier=party,
        cause=ReturnToSupplierCause.OVERSTOCK,
        reason="too much",
        currency="USD",
        requested_by=who,
    )
    ReturnToSupplierLine.objects.create(
        return_to_supplier=sent_back,
        line=1,
        receipt_line=behind,
        item=item,
        lot=lot,
        status="available",
        quantity=1,
        price=2,
    )
    reason = ReasonCode.objects.create(kind=ReasonKind.RETURN, code=f"R{mark}"[:20], text=mark)
    ReturnReason.objects.create(reason=reason)
    ReturnPolicy.objects.create(code=f"P{mark}"[:20], name=mark, customer=party, category=item.category, days=30)


def _sent(site, mark, item, lot, who, other, posting, at):
    there = WarehouseFactory(is_active=False)
    TransitTime.objects.create(origin=site, target=there, days=2)
    transfer = Transfer.objects.create(
        number=f"TF-{mark}",
        created_at=at,
        origin=site,
        destination=there,
        state=TransferState.APPROVED,
        needed_on=at.date(),
        reason="They run low",
        drafted_by=who,
        requested_by=who,
        requested_at=at,
        decided_by=other,
        decided_at=at,
        order=SalesOrder.objects.get(number=f"SO-{mark}"),
    )
    line = TransferLine.objects.create(transfer=transfer, line=1, item=item, quantity=3)
    carton = Carton.objects.get(shipment__number=f"SH-{mark}")
    off = {
        "line": line,
        "shipment": carton.shipment,
        "unit": carton.unit,
        "lot": lot,
        "quantity": 1,
        "transaction": posting,
    }
    TransferArrival.objects.create(**off, status=StockStatus.AVAILABLE, received_by=who, received_at=at)
    TransitClosing.objects.create(**off, outcome=TransitOutcome.LOST, note="gone", closed_by=other, closed_at=at)
