"""Telling channels what they may sell: counted anew for what changed, a row for each listing with another figure."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, cast

from apps.journal.actor import Actor
from apps.ledger.queries.position import Position, seen_now
from apps.orders.errors import ListingThere
from apps.orders.models import Channel, ChannelAvailability, ChannelFeed, ChannelListing, ListingStatus
from apps.orders.operations.trail import check_may_list
from apps.orders.queries.feed import items_changed
from apps.supply.queries import sellable
from apps.supply.rules import Listed, told

ZERO = Decimal(0)
EVERYTHING = timedelta(seconds=60)
"""So often all listings are counted: days pass, reservations run out, and nobody writes that down."""
FEED = 1


def publish_availability(*, at: datetime, everything: bool = False) -> int:
    """Tell the channels what changed since the last time; how many listings have another figure now.

    It reads what is committed and writes no stock; nobody who posts waits for it, and two at once take turns.
    """
    ChannelFeed.objects.get_or_create(pk=FEED)
    if not everything and not _anything(ChannelFeed.objects.get(pk=FEED), at):
        return 0
    feed = ChannelFeed.objects.lock_one(FEED)
    seen = seen_now()
    whole = everything or _is_due(feed, at)
    items = _listed() if whole else items_changed(Position(**feed.seen), since=_read_at(feed, at))
    changed = _tell(feed, items, at)
    feed.seen, feed.read_at = seen.detail, at
    feed.everything_at = at if whole else feed.everything_at
    feed.save()
    return changed


def _is_due(feed: ChannelFeed, at: datetime) -> bool:
    return not feed.seen or feed.everything_at is None or at - feed.everything_at >= EVERYTHING


def _read_at(feed: ChannelFeed, at: datetime) -> datetime:
    return feed.read_at or at


def _anything(feed: ChannelFeed, at: datetime) -> bool:
    """Whether it is worth taking the lock; a second in which nothing happened writes nothing."""
    return _is_due(feed, at) or bool(items_changed(Position(**feed.seen), since=_read_at(feed, at)))


def _listed() -> set[int]:
    return set(ChannelListing.objects.order_by().values_list("item", flat=True).distinct())


def _tell(feed: ChannelFeed, item_ids: Collection[int], at: datetime) -> int:
    listings = list(
        ChannelListing.objects.filter(item__in=item_ids).select_related("channel", "item").order_by("item", "pk")
    )
    figures = _figures(listings, at)
    known = {row.listing_id: row for row in ChannelAvailability.objects.filter(listing__in=listings)}
    rows = []
    for listing in listings:
        row = known.get(listing.pk)
        if row is None or row.quantity != figures[listing.pk]:
            feed.position += 1
            rows.append(
                ChannelAvailability(
                    listing=listing, quantity=figures[listing.pk], position=feed.position, changed_at=at
                )
            )
    ChannelAvailability.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["listing"],
        update_fields=["quantity", "position", "changed_at"],
    )
    return len(rows)


def _figures(listings: Collection[ChannelListing], at: datetime) -> dict[int, Decimal]:
    """What each listing is told now; what is paused or ended is told nothing, and leaves its share to the others."""
    there: dict[int, dict[int, Decimal]] = {}
    for (site, item), quantity in sellable(item_ids={each.item_id for each in listings}, at=at).items():
        there.setdefault(item, {})[site] = quantity
    sites: dict[int, set[int]] = {}
    for channel, site in Channel.sites.through.objects.values_list("channel_id", "warehouse_id"):
        sites.setdefault(channel, set()).add(site)
    figures = {each.pk: ZERO for each in listings}
    of_item: dict[int, list[ChannelListing]] = {}
    for each in listings:
        if each.status == ListingStatus.ACTIVE and each.channel.is_active:
            of_item.setdefault(each.item_id, []).append(each)
    for item, active in of_item.items():
        listed = [
            Listed(
                key=each.pk,
                share=each.share,
                buffer=each.buffer,
                sites=frozenset(sites.get(each.channel_id, ())),
                minimum=each.minimum,
                maximum=each.maximum,
            )
            for each in active
        ]
        figures |= told(there.get(item, {}), listed, scale=active[0].item.scale)
    return figures


def list_item(
    *,
    channel_id: int,
    item_id: int,
    code: str,
    by: Actor,
    at: datetime,
    status: ListingStatus = ListingStatus.ACTIVE,
    buffer: Decimal = ZERO,
    share: Decimal = Decimal(100),
    minimum: Decimal | None = None,
    maximum: Decimal | None = None,
) -> ChannelListing:
    """Offer an item on a channel under the channel's code, or offer it otherwise than before.

    Raises `ListingThere`, `NotAllowed`.
    """
    del at
    channel = Channel.objects.lock_one(channel_id)
    check_may_list(by, f"list items on {channel.code}")
    other = ChannelListing.objects.filter(channel=channel, code=code).exclude(item=item_id).first()
    if other is not None:
        raise ListingThere(channel=channel.code, listing=code, item=other.item.number)
    listing = ChannelListing.objects.filter(channel=channel, item=item_id).first()
    if listing is None:
        listing = ChannelListing(channel=channel, item_id=item_id)
    listing.code, listing.status, listing.buffer, listing.share = code, status, buffer, share
    listing.minimum, listing.maximum = minimum, maximum
    cast("Any", listing)._history_user = by.user  # noqa: SLF001 - simple-history's documented name
    listing.save()
    return listing
