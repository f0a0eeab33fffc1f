"""Enrolment, sign-on and who one is."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from apps.accounts.models import User


class EnrolSerializer(serializers.Serializer[dict[str, Any]]):
    """What the enrolment code on the desk's screen holds after `#enrol=`."""

    code = serializers.CharField(max_length=100, write_only=True)


class TokenSerializer(serializers.Serializer[dict[str, Any]]):
    """A device's token, told once."""

    device = serializers.CharField(help_text="The device's number")
    name = serializers.CharField()
    token = serializers.CharField(help_text="Send it as `Authorization: Bearer`; keep it nowhere else")
    expires_at = serializers.DateTimeField()


class SignOnSerializer(serializers.Serializer[dict[str, Any]]):
    """A badge or a name, and the PIN."""

    username = serializers.CharField(max_length=150, required=False)
    badge = serializers.CharField(max_length=40, required=False)
    pin = serializers.CharField(max_length=8, write_only=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """One of badge and name is enough, and both might contradict each other."""
        if bool(attrs.get("username")) == bool(attrs.get("badge")):
            message = "Send either a badge or a username."
            raise serializers.ValidationError(message)
        return attrs


class MeSerializer(serializers.ModelSerializer[User]):
    """The person, their roles and the device in their hand."""

    name = serializers.CharField(source="get_full_name", read_only=True)
    roles = serializers.SerializerMethodField()
    device = serializers.SerializerMethodField()

    class Meta:
        model = User
        fields = ("username", "name", "roles", "device")

    def get_roles(self, user: User) -> list[str]:
        """Names of roles, sorted."""
        return sorted(user.roles)

    def get_device(self, user: User) -> str | None:
        """The device's number, null in a browser."""
        return user.device.number if user.device is not None else None
