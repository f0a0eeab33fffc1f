"""Why goods come back and on what terms: reasons with what they imply, and the policies of returns."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from apps.catalog.models import Category, Party, ReasonCode
from apps.core.querysets import SharedQuerySet, values_check
from apps.orders.models import Channel
from apps.returns.states import Disposition, Fault, ReturnCondition


class ReturnReasonQuerySet(SharedQuerySet["ReturnReason"]):
    """What reasons imply, by the code of the reason."""

    def number_field(self) -> str:
        """It is known by its reason's code."""
        return "reason__code"


class ReturnReason(models.Model):
    """What a reason of kind `return` implies: who bears it, whether policy binds, what inspection is likely to say."""

    reason = models.OneToOneField(
        ReasonCode, models.PROTECT, related_name="return_terms", limit_choices_to={"kind": "return"}
    )
    fault = models.CharField(max_length=8, choices=Fault.choices, default=Fault.CUSTOMER)
    bound_by_policy = models.BooleanField(
        default=True, help_text="Off: taken back however late and in whatever condition"
    )
    proposes = models.CharField(
        max_length=10, choices=Disposition.choices, blank=True, help_text="What inspection is likely to decide"
    )

    objects: ClassVar[ReturnReasonQuerySet] = ReturnReasonQuerySet.as_manager()  # type: ignore[assignment]
    history = HistoricalRecords()

    class Meta:
        ordering = ("reason__code",)
        verbose_name = "return reason"
        constraints = (
            values_check("fault", Fault, "return_reason_fault_known"),
            models.CheckConstraint(
                name="return_reason_proposes_known", condition=Q(proposes__in=["", *Disposition.values])
            ),
        )

    def __str__(self) -> str:
        return str(self.reason)


class ReturnPolicyQuerySet(SharedQuerySet["ReturnPolicy"]):
    """Policies that all sites share: goods come back to any of them."""

    def in_use(self) -> ReturnPolicyQuerySet:
        """Those that are followed."""
        return self.filter(is_active=True)


class ReturnPolicy(models.Model):
    """Goods that are like this may come back so many days after delivery and in this condition, for this fee.

    Of the policies that match, the one of the highest priority decides, then the one that names more.
    """

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=80)
    priority = models.PositiveSmallIntegerField(default=50, help_text="Higher goes first; of equals, what names more")
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+", help_text="With all below it"
    )
    customer = models.ForeignKey(Party, models.CASCADE, null=True, blank=True, related_name="+")
    channel = models.ForeignKey(Channel, models.CASCADE, null=True, blank=True, related_name="+")
    days = models.PositiveSmallIntegerField(null=True, blank=True, help_text="After delivery; empty: at any time")
    worst_condition = models.CharField(
        max_length=8, choices=ReturnCondition.choices, blank=True, help_text="Taken back so or better; empty: in any"
    )
    fee_percent = models.DecimalField(
        "restocking fee, %",
        max_digits=5,
        decimal_places=2,
        default=0,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text="Of the price, where the customer bears the reason",
    )
    is_active = models.BooleanField(default=True)

    objects: ClassVar[ReturnPolicyQuerySet] = ReturnPolicyQuerySet.as_manager()  # type: ignore[assignment]
    history = HistoricalRecords()

    class Meta:
        ordering = ("-priority", "code")
        verbose_name = "return policy"
        verbose_name_plural = "return policies"
        constraints = (
            models.CheckConstraint(
                name="return_policy_condition_known", condition=Q(worst_condition__in=["", *ReturnCondition.values])
            ),
            models.CheckConstraint(
                name="return_policy_fee_is_a_part", condition=Q(fee_percent__gte=0, fee_percent__lte=100)
            ),
        )

    def __str__(self) -> str:
        return self.code
