"""Putaways to read; they are proposed by receiving and confirmed by scanning."""

from __future__ import annotations

from django.db.models import Prefetch

from apps.core.api.views import ScopedViewSet
from apps.ledger.models import StockMove
from apps.storage.api.filters import PutawayFilter
from apps.storage.api.serializers import PutawaySerializer
from apps.storage.models import Putaway


class PutawayViewSet(ScopedViewSet[Putaway]):
    """Where goods were to go, why, and where they went; looked up by the task's number."""

    queryset = Putaway.objects.select_related(
        "task__warehouse", "task__item", "task__lot", "task__serial", "task__source", "proposed", "transaction"
    ).prefetch_related(Prefetch("transaction__moves", StockMove.objects.select_related("target")))
    serializer_class = PutawaySerializer
    filterset_class = PutawayFilter
    lookup_field = "task__number"
    lookup_url_kwarg = "number"
