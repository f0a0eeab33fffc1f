"""The mill says that a lot is bad."""

from __future__ import annotations

from apps.demo.day.context import Day

BAD = "OATS-B"


def recall(day: Day) -> None:
    """The lot is held at once; the trace names every place, order and customer, and adds up."""
    quality = day["quality"]
    (lot,) = quality.get("/lots", number=BAD)["results"]
    case = quality.post("/recalls", lots=[lot["id"]], reason="metal found at the mill", reported_by="MILL")
    trace = quality.get(f"/lots/{lot['id']}/trace")
    day.print("quality", f"/recalls/{case['number']}/report/{lot['id']}", f"{case['number']}-{lot['item']}-{BAD}")
    day.facts |= {"recall": case["number"], "trace": trace}
    balance = trace["balance"]
    day.tell(f"15:30  The mill reports lot {BAD}: recall {case['number']} is opened and the lot is held at once.")
    day.tell(
        f"15:31  Trace of {BAD}: received {balance['received']} = on hand {balance['on_hand']} + shipped "
        f"{balance['shipped']} + scrapped {balance['scrapped']} + adjusted {balance['adjusted']}; "
        f"to tell: {', '.join(trace['customers'])}."
    )
    for row in trace["shipments"]:
        day.tell(f"       {row['quantity']} to {row['customer_name']} by {row['shipment']} for {row['order']}")
    for row in trace["places"]:
        day.tell(f"       {row['quantity']} at {row['location']} ({row['status']})")
