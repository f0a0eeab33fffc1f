"""The life of a reorder proposal."""

from __future__ import annotations

from django.db import models

from apps.core.flows import Flow


class Steadiness(models.TextChoices):
    """How steady an item's demand is from week to week."""

    X = "X", "X: steady"
    Y = "Y", "Y: varying"
    Z = "Z", "Z: erratic"


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
