"""The life of a reorder proposal, and the choices of a stocking policy."""

from __future__ import annotations

from django.db import models

from apps.core.flows import Flow


class Steadiness(models.TextChoices):
    """How steady an item's demand is from week to week."""

    X = "X", "X: steady"
    Y = "Y", "Y: varying"
    Z = "Z", "Z: erratic"


class PolicyMethod(models.TextChoices):
    """Who says at which stock an item is reordered."""

    HAND = "hand", "Set by hand"
    SERVICE = "service", "From a service level"


class ServiceKind(models.TextChoices):
    """What a service level is a share of."""

    CYCLE = "cycle", "Cycles without a stockout"
    FILL = "fill", "Units served from stock"


class DemandModel(models.TextChoices):
    """How demand until goods come is spread."""

    AUTO = "auto", "Whatever suits"
    NORMAL = "normal", "Normal"
    POISSON = "poisson", "Poisson"
    NEGATIVE_BINOMIAL = "negbin", "Negative binomial"
    EMPIRICAL = "empirical", "As in the past"


class ProposalState(models.TextChoices):
    """Where a reorder proposal stands."""

    PROPOSED = "proposed", "Proposed"
    ORDERED = "ordered", "On a purchase order"
    DISMISSED = "dismissed", "Dismissed"
    WITHDRAWN = "withdrawn", "No longer needed"


PROPOSAL_FLOW = Flow(
    {
        ProposalState.PROPOSED: {ProposalState.ORDERED, ProposalState.DISMISSED, ProposalState.WITHDRAWN},
        ProposalState.ORDERED: set(),
        ProposalState.DISMISSED: set(),
        ProposalState.WITHDRAWN: set(),
    }
)
