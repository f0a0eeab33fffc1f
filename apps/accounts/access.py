"""Who sees and who changes what at the desk: one table for the whole admin. Pickers work on the handheld instead."""

from __future__ import annotations

from apps.accounts.roles import Role
from apps.core.admin import Access

EVERY_DESK = (
    Role.SUPERVISOR,
    Role.INVENTORY_MANAGER,
    Role.BUYER,
    Role.SALES,
    Role.QUALITY,
    Role.SAFETY,
    Role.AUDITOR,
    Role.ADMIN,
)
"""All but the picker. An auditor sees everything and changes nothing."""

PEOPLE = Access(see=(Role.AUDITOR,), change=(Role.ADMIN,))
MACHINERY = Access(see=(Role.AUDITOR, Role.ADMIN))
SCHEDULES = Access(see=(Role.AUDITOR,), change=(Role.ADMIN,))
AUDIT_TRAIL = Access(see=(Role.AUDITOR, Role.ADMIN, Role.INVENTORY_MANAGER, Role.QUALITY))

SAFETY_DATA = Access(see=EVERY_DESK, change=(Role.SAFETY, Role.ADMIN))
ITEMS = Access(see=EVERY_DESK, change=(Role.INVENTORY_MANAGER, Role.BUYER, Role.ADMIN))
REASONS = Access(see=EVERY_DESK, change=(Role.SUPERVISOR, Role.INVENTORY_MANAGER, Role.ADMIN))
PARTIES = Access(see=EVERY_DESK, change=(Role.BUYER, Role.SALES, Role.INVENTORY_MANAGER, Role.ADMIN))
SITES = Access(see=EVERY_DESK, change=(Role.ADMIN,))
PLACES = Access(see=EVERY_DESK, change=(Role.INVENTORY_MANAGER, Role.ADMIN))
WORK_RULES = Access(see=EVERY_DESK, change=(Role.SUPERVISOR, Role.INVENTORY_MANAGER, Role.ADMIN))
PRICES = Access(see=(Role.INVENTORY_MANAGER, Role.AUDITOR), change=(Role.BUYER, Role.ADMIN))
COSTS = Access(see=(Role.AUDITOR,), change=(Role.INVENTORY_MANAGER, Role.ADMIN))
APPROVALS = Access(see=EVERY_DESK, change=(Role.INVENTORY_MANAGER, Role.ADMIN))
POLICIES = Access(see=EVERY_DESK, change=(Role.INVENTORY_MANAGER, Role.BUYER, Role.ADMIN))
QUALITY_DATA = Access(see=EVERY_DESK, change=(Role.QUALITY, Role.INVENTORY_MANAGER, Role.ADMIN))
CARRIERS = Access(see=EVERY_DESK, change=(Role.SUPERVISOR, Role.INVENTORY_MANAGER, Role.ADMIN))
CHANNELS = Access(see=EVERY_DESK, change=(Role.SALES, Role.ADMIN))

STOCK = Access(see=EVERY_DESK)
LOTS = Access(see=EVERY_DESK)
FLOOR = Access(see=(Role.SUPERVISOR, Role.INVENTORY_MANAGER, Role.AUDITOR, Role.ADMIN))
INBOUND = Access(see=(Role.BUYER, Role.SUPERVISOR, Role.INVENTORY_MANAGER, Role.QUALITY, Role.AUDITOR, Role.ADMIN))
OUTBOUND = Access(see=(Role.SALES, Role.SUPERVISOR, Role.INVENTORY_MANAGER, Role.QUALITY, Role.AUDITOR, Role.ADMIN))
TRANSFERS = Access(
    see=(
        Role.BUYER,
        Role.SALES,
        Role.SUPERVISOR,
        Role.INVENTORY_MANAGER,
        Role.QUALITY,
        Role.AUDITOR,
        Role.ADMIN,
    )
)
DOCKS = Access(see=EVERY_DESK)
RECALLS = Access(see=EVERY_DESK)
PARTNERS_EVENTS = Access(see=(Role.AUDITOR, Role.INVENTORY_MANAGER, Role.QUALITY, Role.ADMIN))
AUTHENTICITY = Access(see=EVERY_DESK)
GROUPINGS = Access(see=EVERY_DESK, change=(Role.QUALITY, Role.INVENTORY_MANAGER, Role.ADMIN))
LOSSES = Access(see=(Role.SUPERVISOR, Role.INVENTORY_MANAGER, Role.SAFETY, Role.AUDITOR), change=(Role.ADMIN,))
OVERRIDES = Access(see=EVERY_DESK)
FOODS = Access(see=EVERY_DESK, change=(Role.QUALITY, Role.ADMIN))
FOOD_PLANS = Access(see=EVERY_DESK)
RECALL_DRILLS = Access(see=(Role.AUDITOR, Role.INVENTORY_MANAGER), change=(Role.QUALITY, Role.ADMIN))

WORKPLACE = Access(see=EVERY_DESK, change=(Role.SAFETY, Role.ADMIN))
TRAINING = Access(see=(Role.SAFETY, Role.SUPERVISOR, Role.INVENTORY_MANAGER, Role.AUDITOR, Role.ADMIN))
MEDICAL = Access(see=(Role.SAFETY,))
