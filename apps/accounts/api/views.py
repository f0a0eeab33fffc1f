"""Sign-on, sign-off and who one is."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts import operations
from apps.accounts.api.permissions import HasDevice
from apps.accounts.api.serializers import MeSerializer, SignOnSerializer
from apps.core import clock

if TYPE_CHECKING:
    from rest_framework.request import Request

    from apps.accounts.models import Device, User


class SignOnView(APIView):
    """Put this handheld into a worker's hands."""

    permission_classes = (HasDevice,)

    @extend_schema(request=SignOnSerializer, responses=MeSerializer)
    def post(self, request: Request) -> Response:
        """Sign a worker on by badge or name and PIN. A repeat changes nothing, so no key is asked for."""
        form = SignOnSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        device = cast("Device", request.auth)
        started = operations.sign_on(device_id=device.pk, at=clock.now(), **form.validated_data)
        started.user.device = device
        return Response(MeSerializer(started.user).data)


class SignOffView(APIView):
    """Let this handheld go."""

    permission_classes = (HasDevice,)

    @extend_schema(request=None, responses={status.HTTP_204_NO_CONTENT: None})
    def post(self, request: Request) -> Response:
        """Sign off whoever holds the device."""
        operations.sign_off(device_id=cast("Device", request.auth).pk, at=clock.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


class MeView(APIView):
    """Who is calling."""

    @extend_schema(responses=MeSerializer)
    def get(self, request: Request) -> Response:
        """The person, their roles and their device."""
        return Response(MeSerializer(cast("User", request.user)).data)
