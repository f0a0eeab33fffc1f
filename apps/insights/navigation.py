"""The admin's menu: by job, and only what the person may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse


@dataclass(frozen=True, slots=True)
class Entry:
    """A list in the menu, by its model's label; or a page of its own, for whoever may see that list."""

    title: str
    icon: str
    model: str
    page: str = ""

    @property
    def address(self) -> str:
        """Where it leads."""
        return reverse(self.page) if self.page else address_of(self.model)


MENU: dict[str, tuple[Entry, ...]] = {
    "Stock": (
        Entry("Stock position", "monitoring", "ledger.StockBalance", page="desk-stock-position"),
        Entry("Stock at a moment", "history_toggle_off", "ledger.StockBalance", page="desk-stock-as-of"),
        Entry("On hand", "inventory_2", "ledger.StockBalance"),
        Entry("Moves", "swap_horiz", "ledger.StockMove"),
        Entry("Postings", "receipt_long", "ledger.StockTransaction"),
        Entry("Reservations", "bookmark", "ledger.Reservation"),
        Entry("Handling units", "pallet", "ledger.HandlingUnit"),
        Entry("Serial numbers", "tag", "ledger.SerialNumber"),
    ),
    "Inbound": (
        Entry("Suppliers", "storefront", "purchasing.Supplier"),
        Entry("Dock board", "view_column", "locations.DockAppointment", page="desk-dock-board"),
        Entry("Dock appointments", "event", "locations.DockAppointment"),
        Entry("Purchase orders", "shopping_cart", "purchasing.PurchaseOrder"),
        Entry("Shipping notices", "mark_email_unread", "purchasing.ShippingNotice"),
        Entry("Receipts", "local_shipping", "purchasing.Receipt"),
        Entry("Set aside", "help", "purchasing.ParkedGoods"),
        Entry("Expected", "schedule", "supply.ExpectedReceipt"),
    ),
    "Outbound": (
        Entry("Sales orders", "shopping_bag", "orders.SalesOrder"),
        Entry("Wave board", "view_kanban", "orders.Wave", page="desk-wave-board"),
        Entry("Waves", "waves", "orders.Wave"),
        Entry("Shipments", "outbound", "shipping.Shipment"),
        Entry("Cartons", "package_2", "shipping.Carton"),
        Entry("Transfers", "sync_alt", "transfers.Transfer"),
        Entry("In transit", "moving", "transfers.Transfer", page="desk-in-transit"),
        Entry("To be put back", "undo", "orders.PutBack"),
        Entry("Pallets to ship", "pallet", "shipping.ShippingPallet"),
        Entry("Loads", "local_shipping", "shipping.Load"),
        Entry("Parcels to look into", "report", "shipping.ParcelException"),
        Entry("What carriers report", "travel_explore", "shipping.CarrierEvent"),
        Entry("Returns", "assignment_return", "returns.CustomerReturn"),
        Entry("Claims", "feedback", "returns.CustomerClaim"),
        Entry("Return rates", "percent", "returns.CustomerReturn", page="desk-return-rates"),
        Entry("Scrapped and given away", "delete_forever", "returns.DisposalCertificate"),
        Entry("Promises", "handshake", "supply.Promise"),
        Entry("What would it get?", "explore", "orders.SalesOrder", page="desk-outbound-dry-run"),
    ),
    "Floor": (
        Entry("Tasks", "checklist", "tasks.WarehouseTask"),
        Entry("Putaway", "shelves", "storage.Putaway"),
        Entry("Where would it go?", "explore", "storage.Putaway", page="desk-putaway-ranking"),
        Entry("Replenishment", "move_up", "storage.Replenishment"),
        Entry("Picks", "front_hand", "orders.Pick"),
        Entry("Pick rounds", "shopping_cart", "orders.PickRound"),
        Entry("Assembly orders", "precision_manufacturing", "assembly.AssemblyOrder"),
        Entry("Cycle counts", "fact_check", "counting.CycleCount"),
        Entry("Inventories", "inventory", "counting.Inventory"),
        Entry("Count accuracy", "percent", "counting.CycleCount", page="desk-count-accuracy"),
        Entry("Doubts", "help", "counting.CountDoubt"),
        Entry("Conflicts", "sync_problem", "tasks.Conflict"),
        Entry("Devices in use", "barcode_scanner", "accounts.SignOn"),
        Entry("RFID reads", "sensors", "rfid.ReadEvent"),
    ),
    "Quality and safety": (
        Entry("Inspections", "search_check", "compliance.Inspection"),
        Entry("Supplier returns", "assignment_returned", "compliance.SupplierReturn"),
        Entry("Back to suppliers", "keyboard_return", "returns.ReturnToSupplier"),
        Entry("Climate of zones", "device_thermostat", "compliance.WatchedZone"),
        Entry("Excursions", "thermostat_auto", "compliance.ExcursionCase"),
        Entry("Sensor readings", "monitoring", "compliance.SensorReading"),
        Entry("Flammable liquids", "local_fire_department", "storage.WatchedArea"),
        Entry("Overrides of hazards", "warning", "overrides.HazardOverride"),
        Entry("Lots", "science", "ledger.Lot"),
        Entry("Holds", "block", "ledger.Hold"),
        Entry("Recalls", "campaign", "traceability.RecallCase"),
        Entry("Trace", "account_tree", "traceability.RecallCase", page="desk-trace"),
        Entry("What complaints share", "join_inner", "traceability.RecallCase", page="desk-common-origins"),
        Entry("Partners' events", "hub", "epcis.EpcisEvent"),
        Entry("Partners' documents", "folder_shared", "epcis.EpcisCapture"),
        Entry("Genuine or not", "verified", "traceability.AuthenticityCheck"),
        Entry("Suspect goods", "gpp_maybe", "traceability.SuspectCase"),
        Entry("Groupings of lots", "stacks", "traceability.LotGrouping"),
        Entry("Food records", "restaurant", "food.FoodDetermination", page="desk-food-records"),
        Entry("Items that are listed foods", "nutrition", "food.FoodDetermination"),
        Entry("Foods of the list", "list_alt", "food.ListedFood"),
        Entry("Traceability lot codes", "qr_code_2", "food.TraceabilityLotCode"),
        Entry("Traceability plans", "assignment", "food.TraceabilityPlan"),
        Entry("Recall drills", "timer", "traceability.RecallDrill"),
        Entry("Drill plans", "event_repeat", "traceability.DrillPlan"),
        Entry("Labels and signs", "signpost", "locations.Location", page="desk-signs"),
        Entry("Workplace inspections", "health_and_safety", "workplace.WorkplaceInspection"),
        Entry("Corrective actions", "construction", "workplace.CorrectiveAction"),
        Entry("Certificates", "workspace_premium", "workplace.Certificate"),
        Entry("Incidents", "report", "incidents.Incident"),
        Entry("Injury cases", "personal_injury", "incidents.InjuryCase"),
        Entry("Shrinkage", "trending_down", "losses.DoorEvent", page="desk-shrinkage"),
        Entry("Odd adjustments", "troubleshoot", "losses.DoorEvent", page="desk-odd-adjustments"),
        Entry("Cases of losses", "policy", "losses.LossCase"),
        Entry("Access log", "badge", "losses.DoorEvent", page="desk-access-log"),
        Entry("Not odd after all", "task_alt", "losses.OddDismissal"),
        Entry("Odd rules", "tune", "losses.OddRule"),
        Entry("Cameras", "videocam", "losses.Camera"),
        Entry("Doors", "door_front", "losses.Door"),
        Entry("At the doors", "sensor_door", "losses.DoorEvent"),
        Entry("Shifts", "schedule", "losses.WorkShift"),
        Entry("Audit trail", "history", "journal.AuditEntry"),
        Entry("Sealed blocks", "encrypted", "ledger.Block"),
    ),
    "Costs": (
        Entry("Inventory value", "account_balance", "valuation.ItemCost", page="desk-stock-value"),
        Entry("Costs of items", "price_change", "valuation.ItemCost"),
        Entry("Cost entries", "receipt_long", "valuation.CostEntry"),
        Entry("Cost layers", "layers", "valuation.CostLayer"),
        Entry("Landed costs", "directions_boat", "valuation.LandedCost"),
        Entry("Work in progress", "construction", "valuation.WorkInProgress"),
        Entry("Said about costs", "history_edu", "valuation.CostEvent"),
    ),
    "Planning": (
        Entry("Reorder proposals", "shopping_cart_checkout", "planning.ReorderProposal"),
        Entry("Stocking policies", "rule", "planning.StockingPolicy"),
        Entry("Ordering costs", "request_quote", "planning.OrderingCost"),
        Entry("Holding rates", "percent", "planning.HoldingRate"),
        Entry("Forecasts", "query_stats", "planning.ItemForecast"),
        Entry("Classes of items", "stacked_bar_chart", "planning.ItemClass"),
        Entry("Count days", "event_available", "counting.CountDay"),
        Entry("Count plans", "event_repeat", "counting.CountPlan"),
        Entry("Count programs", "playlist_add_check", "counting.CountProgram"),
        Entry("Count tolerances", "rule", "counting.CountTolerance"),
        Entry("Approval tiers", "verified_user", "counting.ApprovalTier"),
    ),
    "Set-up": (
        Entry("Items", "category", "catalog.Item"),
        Entry("Bills of materials", "account_tree", "catalog.BillOfMaterials"),
        Entry("Categories", "folder", "catalog.Category"),
        Entry("Reasons", "help", "catalog.ReasonCode"),
        Entry("Units", "straighten", "catalog.Unit"),
        Entry("Parties", "groups", "catalog.Party"),
        Entry("Supplier prices", "sell", "purchasing.SupplierItem"),
        Entry("Cost rules", "functions", "valuation.CostRule"),
        Entry("Exchange rates", "currency_exchange", "valuation.ExchangeRate"),
        Entry("Accounts", "account_tree", "valuation.Account"),
        Entry("Approval limits", "price_check", "purchasing.ApprovalLimit"),
        Entry("Return reasons", "assignment_return", "returns.ReturnReason"),
        Entry("Return policies", "policy", "returns.ReturnPolicy"),
        Entry("Channels", "storefront", "orders.Channel"),
        Entry("Channel listings", "list_alt", "orders.ChannelListing"),
        Entry("Told to channels", "campaign", "orders.ChannelAvailability"),
        Entry("Routing rules", "alt_route", "orders.RoutingRule"),
        Entry("Carrier services", "conveyor_belt", "shipping.CarrierService"),
        Entry("Carrier prices", "price_change", "shipping.ServiceRate"),
        Entry("Carton types", "deployed_code", "shipping.CartonType"),
        Entry("Warehouses", "warehouse", "locations.Warehouse"),
        Entry("Transit times", "route", "locations.TransitTime"),
        Entry("Zones", "grid_view", "locations.Zone"),
        Entry("Aisles", "road", "locations.Aisle"),
        Entry("Locations", "location_on", "locations.Location"),
        Entry("Task rules", "low_priority", "tasks.TaskRule"),
        Entry("Task policies", "timer", "tasks.TaskPolicy"),
        Entry("Skills", "school", "tasks.Skill"),
        Entry("Equipment", "forklift", "tasks.EquipmentKind"),
        Entry("Things to inspect", "fire_extinguisher", "workplace.SiteAsset"),
        Entry("Kinds of things", "category", "workplace.AssetKind"),
        Entry("Checklists", "checklist", "workplace.Checklist"),
        Entry("Kinds of certificates", "card_membership", "workplace.CertificateKind"),
        Entry("Establishments", "domain", "incidents.Establishment"),
        Entry("Rules of records", "gavel", "incidents.RecordRule"),
        Entry("Pick faces", "pin_drop", "storage.PickFace"),
        Entry("Face pools", "workspaces", "storage.FacePool"),
        Entry("Inspection plans", "checklist_rtl", "compliance.InspectionPlan"),
        Entry("Sampling tables", "table_chart", "compliance.SamplingTable"),
        Entry("Code letters", "abc", "compliance.CodeLetter"),
        Entry("Single sampling plans", "table_rows", "compliance.SingleSampling"),
        Entry("Putaway rules", "rule_settings", "storage.PutawayRule"),
        Entry("Outbound rules", "rule", "orders.OutboundRule"),
        Entry("Wave templates", "waves", "orders.WaveTemplate"),
        Entry("Floor limits", "speed_camera", "orders.FloorLimit"),
        Entry("Item velocities", "speed", "storage.ItemVelocity"),
        Entry("Storage conditions", "thermostat", "safety.StorageCondition"),
        Entry("Rules on excursions", "functions", "safety.KineticRule"),
        Entry("Sensors", "sensors", "compliance.Sensor"),
        Entry("Hazard classes", "warning", "safety.HazardClass"),
        Entry("Hazards kept apart", "call_split", "safety.SegregationRule"),
        Entry("Control areas", "fireplace", "storage.ControlArea"),
        Entry("Limits of areas", "gas_meter", "storage.AreaLimit"),
        Entry("Limits of flammable liquids", "local_fire_department", "safety.FlammableLimit"),
        Entry("Hazards on one vehicle", "rv_hookup", "safety.TransportRule"),
        Entry("Shipping descriptions", "label_important", "safety.ShippingDescription"),
        Entry("Container labels", "label", "catalog.ContainerLabel"),
        Entry("Safety data sheets", "description", "catalog.SafetySheet"),
        Entry("Review of sheets", "event_repeat", "catalog.SheetRule"),
        Entry("Labels required", "new_label", "locations.LabelGate"),
        Entry("GHS phrases", "format_quote", "safety.GhsPhrase"),
        Entry("Hazmat table", "menu_book", "safety.HazmatEntry"),
        Entry("Company", "apartment", "locations.Company"),
        Entry("People", "person", "accounts.User"),
        Entry("Roles", "badge", "auth.Group"),
        Entry("Who works where", "key", "locations.WarehouseAccess"),
        Entry("Devices", "devices", "accounts.Device"),
        Entry("Enrolments", "qr_code", "accounts.Enrolment"),
        Entry("Device places", "pin_invoke", "locations.DeviceAccess"),
        Entry("RFID readers", "settings_input_antenna", "rfid.Reader"),
        Entry("Tagged assets", "trolley", "rfid.Asset"),
        Entry("Schedules", "alarm", "django_celery_beat.PeriodicTask"),
        Entry("Outbox", "outbox", "journal.OutboxMessage"),
        Entry("Commands", "terminal", "journal.Command"),
        Entry("Failed sign-ins", "gpp_maybe", "axes.AccessAttempt"),
    ),
}


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """Today, then each job's lists that the person may see; a job with none is left out."""
    groups: list[dict[str, Any]] = [{"items": [{"title": "Today", "icon": "today", "link": reverse("admin:index")}]}]
    for title, entries in MENU.items():
        items = [
            {"title": entry.title, "icon": entry.icon, "link": entry.address}
            for entry in entries
            if may_see(request, entry.model)
        ]
        if items:
            groups.append({"title": title, "separator": True, "items": items})
    # Set-up is long and seldom needed: it opens on demand.
    if groups[-1].get("title") == "Set-up":
        groups[-1]["collapsible"] = True
    return groups


def may_see(request: HttpRequest, model: str) -> bool:
    """Whether the person may look at that list."""
    return bool(admin.site.get_model_admin(apps.get_model(model)).has_view_permission(request))


def address_of(model: str) -> str:
    """The list of a model, by its label."""
    return reverse(f"admin:{model.lower().replace('.', '_')}_changelist")
