"""Kinds of certificates are read; certificates are entered and revoked."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api.views import ScopedViewSet
from apps.journal.api.commands import CommandMixin
from apps.journal.api.schema import command_schema
from apps.locations.queries import worker_at_own_site
from apps.workplace import operations
from apps.workplace.api.filters import CertificateFilter
from apps.workplace.models import Certificate, CertificateKind

CERTIFICATES = Certificate.objects.select_related("kind", "person", "entered_by", "revoked_by")


class CertificateKindSerializer(serializers.ModelSerializer[CertificateKind]):
    """A kind with the paragraph it comes from, and whether anybody compared the text."""

    class Meta:
        model = CertificateKind
        fields = ("code", "name", "valid_months", "source", "effective_on", "is_verified", "note")


class CertificateSerializer(serializers.ModelSerializer[Certificate]):
    """A certificate, for whoever may see its holder's."""

    kind = serializers.SlugRelatedField[Any]("code", read_only=True)
    person = serializers.SlugRelatedField[Any]("username", read_only=True)
    entered_by = serializers.SlugRelatedField[Any]("username", read_only=True)
    revoked_by = serializers.SlugRelatedField[Any]("username", read_only=True)

    class Meta:
        model = Certificate
        fields = (
            "number",
            "kind",
            "person",
            "trained_on",
            "evaluated_on",
            "evaluator",
            "expires_on",
            "created_at",
            "entered_by",
            "revoked_at",
            "revoked_by",
            "reason",
        )


class AddCertificateSerializer(serializers.Serializer[Any]):
    """Who was trained and evaluated for what, when and by whom."""

    person = serializers.CharField(max_length=150, help_text="Username")
    kind = serializers.CharField(max_length=20)
    trained_on = serializers.DateField()
    evaluated_on = serializers.DateField()
    evaluator = serializers.CharField(max_length=120)


class RevokeSerializer(serializers.Serializer[Any]):
    """Why."""

    reason = serializers.CharField(max_length=200)


class CertificateKindViewSet(ScopedViewSet[CertificateKind]):
    """What people are certified for, and for how long that counts."""

    queryset = CertificateKind.objects.all()
    serializer_class = CertificateKindSerializer
    lookup_field = "code"


class CertificateViewSet(CommandMixin, ScopedViewSet[Certificate]):
    """Who holds which certificate: one's own, and of colleagues for those who answer for them."""

    queryset = CERTIFICATES
    serializer_class = CertificateSerializer
    filterset_class = CertificateFilter

    @command_schema(request=AddCertificateSerializer, response=CertificateSerializer, success=201)
    def create(self, request: Request) -> Response:
        """Somebody was trained and evaluated; when it expires follows from its kind."""
        del request
        form = self.parse(AddCertificateSerializer)
        return self.command(
            operations.add_certificate,
            render=_show,
            success=201,
            person_id=worker_at_own_site(form["person"], self.user).pk,
            kind_id=CertificateKind.objects.by_number(form["kind"], self.user).pk,
            trained_on=form["trained_on"],
            evaluated_on=form["evaluated_on"],
            evaluator=form["evaluator"],
        )

    @command_schema(request=RevokeSerializer, response=CertificateSerializer)
    @action(methods=["post"], detail=True)
    def revoke(self, request: Request, number: str) -> Response:
        """It does not count from now on."""
        del request
        return self.command(
            operations.revoke_certificate,
            render=_show,
            certificate_id=Certificate.objects.by_number(number, self.user).pk,
            reason=self.parse(RevokeSerializer)["reason"],
        )


def _show(certificate: Certificate) -> Any:
    return CertificateSerializer(CERTIFICATES.get(pk=certificate.pk)).data
