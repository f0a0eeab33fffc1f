"""A device gets its token, a worker signs on and off, and who one is."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts import operations
from apps.accounts.api.permissions import HasDevice
from apps.accounts.api.serializers import EnrolSerializer, MeSerializer, SignOnSerializer, TokenSerializer
from apps.accounts.api.throttles import caller_address
from apps.core import clock
from apps.core.api.problems import MEDIA_TYPE, ProblemSerializer

if TYPE_CHECKING:
    from datetime import datetime

    from rest_framework.request import Request

    from apps.accounts.models import Device, User
    from apps.accounts.operations import Registered


class EnrolView(APIView):
    """A handheld exchanges the code that it read off the desk's screen for its token."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(
        request=EnrolSerializer,
        responses={
            status.HTTP_201_CREATED: TokenSerializer,
            (status.HTTP_404_NOT_FOUND, MEDIA_TYPE): OpenApiResponse(ProblemSerializer, "No device waits for it."),
            (status.HTTP_409_CONFLICT, MEDIA_TYPE): OpenApiResponse(ProblemSerializer, "It has been used."),
            (status.HTTP_410_GONE, MEDIA_TYPE): OpenApiResponse(ProblemSerializer, "It is no longer good."),
        },
        auth=[],
    )
    def post(self, request: Request) -> Response:
        """Get this device's token, once and within ten minutes. It is in this answer and nowhere else."""
        form = EnrolSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        registered = operations.enrol_by_code(code=form.validated_data["code"], at=clock.now())
        return token_answer(registered, registered.device.expires_at, status.HTTP_201_CREATED)


class RotateView(APIView):
    """This device's next token."""

    permission_classes = (HasDevice,)

    @extend_schema(request=None, responses=TokenSerializer)
    def post(self, request: Request) -> Response:
        """Get the next token; the one in use is good until the next one is first used, so no lost answer hurts."""
        registered = operations.rotate_token(device_id=cast("Device", request.auth).pk, at=clock.now())
        return token_answer(registered, registered.device.next_expires_at)


def token_answer(registered: Registered, until: datetime | None, code: int = status.HTTP_200_OK) -> Response:
    """A token on its way to its device; nothing in between may keep it."""
    device = registered.device
    told = {"device": device.number, "name": device.name, "token": registered.token, "expires_at": until}
    return Response(TokenSerializer(told).data, status=code, headers={"Cache-Control": "no-store"})


class SignOnView(APIView):
    """Put this handheld into a worker's hands."""

    permission_classes = (HasDevice,)

    @extend_schema(request=SignOnSerializer, responses=MeSerializer)
    def post(self, request: Request) -> Response:
        """Sign a worker on by badge or name and PIN. A repeat changes nothing, so no key is asked for."""
        form = SignOnSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        device = cast("Device", request.auth)
        started = operations.sign_on(
            device_id=device.pk, at=clock.now(), address=caller_address(request), **form.validated_data
        )
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
