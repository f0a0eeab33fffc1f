"""A camera's frame, sent by a browser that cannot read codes itself: read here, then resolved as any scan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Any, cast

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.models import User
from apps.core import clock
from apps.core.api.parsers import BodyTooLarge
from apps.core.codes.frames import Seen, read_frame
from apps.core.errors import DomainError
from apps.scanner.api.serializers import ResolutionSerializer, answer
from apps.scanner.queries import resolve
from apps.tasks.models import WarehouseTask

LONGEST_FRAME = 2 * 1024 * 1024


class JpegParser(BaseParser):
    """Reads at most `LONGEST_FRAME` bytes, as they are."""

    media_type = "image/jpeg"

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        """The picture's bytes. Raises `BodyTooLarge`."""
        del media_type, parser_context
        content: bytes = stream.read(LONGEST_FRAME + 1)
        if len(content) > LONGEST_FRAME:
            raise BodyTooLarge(f"A frame has at most {LONGEST_FRAME} bytes.")
        return content


class PngParser(JpegParser):
    """The same of a PNG."""

    media_type = "image/png"


class FrameProblemSerializer(serializers.Serializer[Any]):
    """Why a code of the frame stands for nothing, as a scan of it would be refused."""

    code = serializers.CharField()
    title = serializers.CharField()
    facts = serializers.DictField()
    recover = serializers.ListField(child=serializers.CharField())


class SeenSerializer(serializers.Serializer[Any]):
    """One code of the frame: what it stands for, or why it stands for nothing."""

    code = serializers.CharField(help_text="As a scanner would send it, symbology identifier first")
    symbology = serializers.CharField()
    resolution = ResolutionSerializer(allow_null=True)
    problem = FrameProblemSerializer(allow_null=True)


class FrameSerializer(serializers.Serializer[Any]):
    """What is in the frame, from top to bottom; nothing, when no code is to be read in it."""

    codes = SeenSerializer(many=True)


class FrameView(APIView):
    """Asks what a camera sees."""

    parser_classes = (JpegParser, PngParser)

    @extend_schema(
        request={"image/jpeg": OpenApiTypes.BINARY, "image/png": OpenApiTypes.BINARY},
        responses=FrameSerializer,
        parameters=[OpenApiParameter("task", str, description="The task in hand, whose things are expected")],
    )
    def post(self, request: Request) -> Response:
        """Say what is in a picture; a question, so it changes nothing and needs no key."""
        content: Any = request.data
        if not isinstance(content, bytes):
            message = "Send the picture as the body."
            raise ParseError(message)
        user = cast("User", request.user)
        number = request.query_params.get("task")
        task = WarehouseTask.objects.by_number(number, user) if number else None
        return Response({"codes": [_told(seen, user, task) for seen in read_frame(content)]})


def _told(seen: Seen, user: User, task: WarehouseTask | None) -> dict[str, Any]:
    told: dict[str, Any] = {"code": seen.code, "symbology": seen.symbology, "resolution": None, "problem": None}
    try:
        told["resolution"] = answer(resolve(seen.code, user=user, task=task, today=clock.now().date()))
    except DomainError as refusal:
        told["problem"] = {
            "code": refusal.code,
            "title": str(refusal),
            "facts": refusal.facts,
            "recover": list(refusal.recover),
        }
    return told
