"""A queue of commands that a device kept while it had no answer."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.core import clock
from apps.core.api.parsers import BoundedJSONParser, check_fields
from apps.core.api.problems import MEDIA_TYPE, ProblemSerializer
from apps.journal.api.commands import KEY_LENGTH, instant
from apps.scanner.api.replay import Entry, replay
from apps.scanner.errors import QueueOfAnother

if TYPE_CHECKING:
    from rest_framework.request import Request

    from apps.accounts.models import User

MOST_ENTRIES = 100
LONGEST_PATH = 200


class EntrySerializer(serializers.Serializer[dict[str, Any]]):
    """A command as it would be sent by itself."""

    key = serializers.CharField(max_length=KEY_LENGTH, help_text="Its Idempotency-Key, made when it was done")
    path = serializers.CharField(
        max_length=LONGEST_PATH, help_text="Where it is posted, below /api/v1: tasks/T-00000012/confirm"
    )
    body = serializers.DictField(required=False, default=dict, help_text="As it would be by itself")
    occurred_at = serializers.CharField(
        max_length=40, required=False, allow_null=True, help_text="Its Occurred-At: when it was done, by the device"
    )
    chain = serializers.CharField(
        max_length=80,
        required=False,
        allow_blank=True,
        help_text="What it must not overtake; else the task or document in its path",
    )

    def validate_key(self, key: str) -> str:
        """As the header may be."""
        return _printable(key)

    def validate_path(self, path: str) -> str:
        """An address as it would be in a request, without a question."""
        return _printable(path)


class QueueSerializer(serializers.Serializer[dict[str, Any]]):
    """What was done without an answer, in the order in which it was done."""

    worker = serializers.CharField(
        max_length=150, required=False, help_text="Whose it is; refused when another is signed on"
    )
    sent_at = serializers.CharField(
        max_length=40,
        required=False,
        allow_null=True,
        help_text="The device's clock as it sends: by how much it runs wrong, each Occurred-At is set right",
    )
    entries = serializers.ListField(child=EntrySerializer(), min_length=1, max_length=MOST_ENTRIES)


class ResultSerializer(serializers.Serializer[Any]):
    """What became of one entry."""

    key = serializers.CharField()
    status = serializers.IntegerField(help_text="As it would have been by itself; 424: an entry before it was not done")
    code = serializers.CharField(help_text="Of the problem; empty when it was done")
    body = serializers.JSONField(help_text="As it would have been by itself")
    conflict = serializers.CharField(allow_null=True, help_text="Its number in the conflict inbox, when it left one")


class ReplayedSerializer(serializers.Serializer[Any]):
    """A result for each entry, in the same order."""

    received_at = serializers.DateTimeField(help_text="By the warehouse's clock")
    results = ResultSerializer(many=True)


class QueueParser(BoundedJSONParser):
    """What an entry brings is judged when its own view reads it: one that is malformed holds up no other."""

    def check(self, document: dict[str, Any]) -> None:
        """All but the entries' bodies."""
        entries = document.get("entries")
        if isinstance(entries, list):
            document = document | {"entries": [_without_body(each) for each in entries]}
        check_fields(document)


def _without_body(entry: Any) -> Any:
    return {name: value for name, value in entry.items() if name != "body"} if isinstance(entry, dict) else entry


class QueueView(APIView):
    """Tells what was done out of reach."""

    parser_classes = (QueueParser,)

    @extend_schema(
        request=QueueSerializer,
        responses={200: ReplayedSerializer, (409, MEDIA_TYPE): ProblemSerializer},
    )
    def post(self, request: Request) -> Response:
        """Carry out a queue in order, each entry once under its key; no key of its own: a repeat does nothing more.

        An entry that is not done stops the rest of its chain; other chains go on.
        """
        form = QueueSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        user = cast("User", request.user)
        queue = form.validated_data
        whose = queue.get("worker", user.get_username())
        if whose != user.get_username():
            raise QueueOfAnother(worker=whose, signed_on=user.get_username())
        received_at = clock.now()
        late = _wrong_by(queue.get("sent_at"), received_at)
        results = replay([_entry(entry, late) for entry in queue["entries"]], request=request)
        return Response(ReplayedSerializer({"received_at": received_at, "results": results}).data)


def _wrong_by(sent_at: str | None, received_at: datetime) -> timedelta:
    """How much the device's clock is behind ours; nothing where it does not say, or says no instant."""
    told = instant(sent_at) if sent_at else None
    return received_at - told if told is not None else timedelta(0)


def _entry(entry: dict[str, Any], late: timedelta) -> Entry:
    """As it came, its time by our clock; what is no instant is its own view's to refuse."""
    told = instant(entry.get("occurred_at") or "")
    if told is None or not late:
        return Entry(**entry)
    try:
        return Entry(**entry | {"occurred_at": (told + late).isoformat()})
    except OverflowError:
        return Entry(**entry)


def _printable(text: str) -> str:
    if not text.isprintable():
        message = "Send printable characters only."
        raise serializers.ValidationError(message)
    return text
