"""What is done to sites and to who works in them, and with trucks at their doors."""

from apps.locations.operations.appointments import (
    MAY_BOOK,
    MAY_HANDLE,
    book_appointment,
    cancel_appointment,
    check_in_truck,
    finish_appointment,
    load_truck,
    note_departure,
    note_no_show,
    reschedule_appointment,
    start_appointment,
    unload_truck,
)
from apps.locations.operations.enrol_device import (
    enrol_device,
    enrol_handheld,
    reenrol_handheld,
    renew_device,
    revoke_device,
)
from apps.locations.operations.give_pin import give_pin
from apps.locations.operations.open_warehouse import open_warehouse
from apps.locations.operations.own_site import prepare_own_site

__all__ = [
    "MAY_BOOK",
    "MAY_HANDLE",
    "book_appointment",
    "cancel_appointment",
    "check_in_truck",
    "enrol_device",
    "enrol_handheld",
    "finish_appointment",
    "give_pin",
    "load_truck",
    "note_departure",
    "note_no_show",
    "open_warehouse",
    "prepare_own_site",
    "reenrol_handheld",
    "renew_device",
    "reschedule_appointment",
    "revoke_device",
    "start_appointment",
    "unload_truck",
]
