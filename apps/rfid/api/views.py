"""Readers and assets are read; what readers saw is told and read."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api.views import ScopedViewSet
from apps.journal.api.commands import CommandMixin
from apps.journal.api.schema import command_schema
from apps.rfid.api.filters import AssetFilter, ReaderFilter, ReadEventFilter
from apps.rfid.api.serializers import (
    AssetSerializer,
    ReaderSerializer,
    ReadEventSerializer,
    ReadsSerializer,
    ReadsToldSerializer,
)
from apps.rfid.models import Asset, Reader, ReadEvent
from apps.rfid.operations import TagRead, record_reads


class ReaderViewSet(ScopedViewSet[Reader]):
    """Readers, and what each watches."""

    queryset = Reader.objects.select_related("warehouse", "zone", "location", "device")
    serializer_class = ReaderSerializer
    filterset_class = ReaderFilter
    lookup_field = "code"


class AssetViewSet(ScopedViewSet[Asset]):
    """Assets with tags of their own."""

    queryset = Asset.objects.select_related("warehouse", "unit")
    serializer_class = AssetSerializer
    filterset_class = AssetFilter


class ReadEventViewSet(CommandMixin, ScopedViewSet[ReadEvent]):
    """What readers saw, the latest first."""

    queryset = ReadEvent.objects.select_related("reader", "unit", "item", "serial", "location", "asset", "task")
    serializer_class = ReadEventSerializer
    filterset_class = ReadEventFilter
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"

    @command_schema(request=ReadsSerializer, response=ReadsToldSerializer)
    def create(self, request: Request) -> Response:
        """Tell what a reader saw, up to a thousand reads at once; what comes twice or late does no harm."""
        del request
        form = self.parse(ReadsSerializer)
        reader = Reader.objects.by_number(form["reader"], self.user)
        return self.command(
            record_reads,
            render=lambda told: ReadsToldSerializer(told).data,
            reader_id=reader.pk,
            tag_reads=[TagRead(**read) for read in form["reads"]],
        )
