"""The rules on hazards as they stand on a day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from apps.safety.choices import Apart, TransportTable
from apps.safety.models import GhsPhrase, SegregationRule, TransportRule
from apps.safety.rules import ApartRule, Phrase, Segregation, TableRule, TransportRules


def segregation_on(day: date) -> Segregation:
    """Which hazard classes are stored apart on that day: of each pair the last rule in force, of two the stricter."""
    found: dict[frozenset[str], tuple[tuple[date, int, Decimal], ApartRule]] = {}
    for rule in SegregationRule.objects.filter(effective_on__lte=day).select_related("first", "second"):
        pair = frozenset((rule.first.code, rule.second.code))
        rank = (rule.effective_on, Apart.values.index(rule.apart), rule.metres or Decimal(0))
        if pair not in found or rank > found[pair][0]:
            found[pair] = (
                rank,
                ApartRule(
                    codes=(rule.first.code, rule.second.code),
                    apart=rule.apart,
                    metres=rule.metres,
                    source=rule.source,
                    is_verified=rule.is_verified,
                ),
            )
    return Segregation(rules={pair: rule for pair, (_, rule) in found.items()})


def transport_rules_on(day: date) -> TransportRules:
    """What may ride on one vehicle on that day: of each pair of rows the text in force last."""
    found: dict[str, dict[frozenset[str], TableRule]] = {table: {} for table in TransportTable.values}
    in_force = TransportRule.objects.filter(effective_on__lte=day).order_by("effective_on", "pk")
    cells = in_force.values_list("table", "first", "second", "mark", "source", "is_verified")
    for table, first, second, mark, source, is_verified in cells:
        found[table][frozenset((first, second))] = TableRule(mark=mark, source=source, is_verified=is_verified)
    return TransportRules(classes=found[TransportTable.CLASSES], explosives=found[TransportTable.EXPLOSIVES])


def phrases_on(day: date) -> dict[str, Phrase]:
    """Each phrase of labels as its text in force on that day has it, by code."""
    return {
        phrase.code: Phrase(
            code=phrase.code,
            text=phrase.text,
            signal_word=phrase.signal_word,
            pictogram=phrase.pictogram,
            is_verified=phrase.is_verified,
        )
        for phrase in GhsPhrase.objects.filter(effective_on__lte=day).order_by("effective_on")
    }
