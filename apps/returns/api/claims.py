"""Claims without a return, and how accurate orders were."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.core import clock
from apps.core.api.fields import QuantityField
from apps.core.api.views import ScopedViewSet
from apps.core.errors import NotFound
from apps.journal.api.commands import CommandMixin
from apps.journal.api.schema import command_schema
from apps.orders.models import SalesOrder
from apps.returns import operations
from apps.returns.api.filters import CustomerClaimFilter
from apps.returns.models import CustomerClaim
from apps.returns.queries.claims import handled_by, order_accuracy
from apps.returns.states import ClaimKind
from apps.shipping.models import Carton

if TYPE_CHECKING:
    from apps.accounts.models import User

PERIOD = timedelta(days=90)


class CustomerClaimListSerializer(serializers.ListSerializer[Any]):
    """Reads who picked and packed for all claims of a page at once."""

    def to_representation(self, data: Any) -> Any:
        """With who handled each."""
        claims = list(data)
        cast("dict[str, Any]", self.context)["handled"] = handled_by(claims)
        return super().to_representation(claims)


class CustomerClaimSerializer(serializers.ModelSerializer[CustomerClaim]):
    """What was wrong with a line that was shipped, and who picked and packed it."""

    warehouse = serializers.SlugRelatedField[Any]("code", read_only=True)
    order = serializers.CharField(source="order_line.order.number", read_only=True)
    line = serializers.IntegerField(source="order_line.line", read_only=True)
    item = serializers.CharField(source="order_line.item.number", read_only=True)
    customer = serializers.SlugRelatedField[Any]("number", read_only=True)
    sscc = serializers.CharField(source="carton.unit.number", default=None, read_only=True, allow_null=True)
    quantity = QuantityField(read_only=True)
    opened_by = serializers.SlugRelatedField[Any]("username", read_only=True)
    decided_by = serializers.SlugRelatedField[Any]("username", read_only=True)
    pickers = serializers.SerializerMethodField()
    packers = serializers.SerializerMethodField()

    class Meta:
        model = CustomerClaim
        list_serializer_class = CustomerClaimListSerializer
        fields = (
            "number",
            "state",
            "kind",
            "warehouse",
            "order",
            "line",
            "item",
            "customer",
            "sscc",
            "quantity",
            "note",
            "pickers",
            "packers",
            "opened_by",
            "created_at",
            "credit",
            "decided_by",
            "decided_at",
            "decision",
        )

    def get_pickers(self, claim: CustomerClaim) -> list[str]:
        """By the picks of the line; in the carton, where one is named."""
        return list(self._handled(claim).pickers)

    def get_packers(self, claim: CustomerClaim) -> list[str]:
        """By the cartons."""
        return list(self._handled(claim).packers)

    def _handled(self, claim: CustomerClaim) -> Any:
        known = cast("dict[str, Any]", self.context).setdefault("handled", {})
        if claim.pk not in known:
            known |= handled_by([claim])
        return known[claim.pk]


class OpenClaimSerializer(serializers.Serializer[Any]):
    """What was wrong with so much of an order's line; base units."""

    order = serializers.CharField(max_length=40)
    line = serializers.IntegerField(min_value=1, max_value=2**31 - 1)
    kind = serializers.ChoiceField(choices=ClaimKind.choices)
    quantity = QuantityField(help_text="Base units that are affected")
    sscc = serializers.CharField(max_length=18, required=False, help_text="Of the carton it came in")
    note = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class DecideClaimSerializer(serializers.Serializer[Any]):
    """Why."""

    reason = serializers.CharField(max_length=200)


class AcceptClaimSerializer(DecideClaimSerializer):
    """Why, and what the customer gets."""

    credit = serializers.DecimalField(max_digits=18, decimal_places=2, min_value=Decimal(0), required=False)


CLAIMS = CustomerClaim.objects.select_related(
    "warehouse", "order_line__order", "order_line__item", "customer", "carton__unit", "opened_by", "decided_by"
)


class CustomerClaimViewSet(CommandMixin, ScopedViewSet[CustomerClaim]):
    """What customers complain about without sending anything back."""

    queryset = CLAIMS
    serializer_class = CustomerClaimSerializer
    filterset_class = CustomerClaimFilter

    @command_schema(request=OpenClaimSerializer, response=CustomerClaimSerializer, success=201)
    def create(self, request: Request) -> Response:
        """Open a claim against a line that was shipped."""
        form = self.parse(OpenClaimSerializer)
        order = SalesOrder.objects.by_number(form["order"], self.user)
        line = order.lines.filter(line=form["line"]).first()
        if line is None:
            raise NotFound(kind="order line", number=f"{order.number}/{form['line']}")
        carton = Carton.objects.by_number(form["sscc"], self.user).pk if "sscc" in form else None
        return self.command(
            operations.open_claim,
            render=_shown,
            success=201,
            order_line_id=line.pk,
            kind=form["kind"],
            quantity=form["quantity"],
            carton_id=carton,
            remark=form["note"],
        )

    @command_schema(request=AcceptClaimSerializer, response=CustomerClaimSerializer)
    @action(methods=["post"], detail=True)
    def accept(self, request: Request, number: str) -> Response:
        """The customer is right."""
        return self._tell(operations.accept_claim, number, AcceptClaimSerializer)

    @command_schema(request=DecideClaimSerializer, response=CustomerClaimSerializer)
    @action(methods=["post"], detail=True)
    def reject(self, request: Request, number: str) -> Response:
        """The customer is not."""
        return self._tell(operations.reject_claim, number, DecideClaimSerializer)

    def _tell(self, operation: Any, number: str, form: type[serializers.Serializer[Any]]) -> Response:
        claim = CustomerClaim.objects.by_number(number, self.user)
        return self.command(operation, render=_shown, claim_id=claim.pk, **self.parse(form))


def _shown(claim: CustomerClaim) -> Any:
    return CustomerClaimSerializer(CLAIMS.get(pk=claim.pk)).data


class AccuracyPeriodSerializer(serializers.Serializer[Any]):
    """Of what left from one day to another, at one site or at all of the caller's."""

    since = serializers.DateField(default=None, allow_null=True, help_text="Else for 90 days")
    until = serializers.DateField(default=None, allow_null=True, help_text="Else up to today")
    warehouse = serializers.CharField(max_length=20, default="", allow_blank=True)


class OrderAccuracySerializer(serializers.Serializer[Any]):
    """How much of what left nobody complained about; what is not known is null."""

    since = serializers.DateField()
    until = serializers.DateField()
    lines = serializers.IntegerField()
    lines_claimed = serializers.IntegerField()
    line_percent = QuantityField(allow_null=True)
    orders = serializers.IntegerField()
    orders_claimed = serializers.IntegerField()
    order_percent = QuantityField(allow_null=True)


class OrderAccuracyView(APIView):
    """Of the lines and orders that left, those without a claim; one that was rejected does not count."""

    @extend_schema(parameters=[AccuracyPeriodSerializer], responses=OrderAccuracySerializer)
    def get(self, request: Request) -> Response:
        """By the day the goods left."""
        ask = AccuracyPeriodSerializer(data=request.query_params)
        ask.is_valid(raise_exception=True)
        until = ask.validated_data["until"] or clock.now().date()
        since = ask.validated_data["since"] or until - PERIOD
        user = cast("User", request.user)
        figures = order_accuracy(user, since=since, until=until, warehouse=ask.validated_data["warehouse"])
        fields = ("lines", "lines_claimed", "line_percent", "orders", "orders_claimed", "order_percent")
        told = {field: getattr(figures, field) for field in fields}
        return Response(OrderAccuracySerializer({"since": since, "until": until, **told}).data)
