"""Pure rules on hazard and temperature: what is stored apart, what rides on one vehicle, what papers and labels say."""

from apps.safety.rules.container import why_not_in_one
from apps.safety.rules.flammable import NOT_FLAMMABLE, Liquid, Quota, category_of
from apps.safety.rules.ghs import Fault, LabelFacts, Phrase, faults_of_label
from apps.safety.rules.papers import CERTIFICATION, EMERGENCY_PHONE, Regulation, needing_phone
from apps.safety.rules.required import labels_lacking
from apps.safety.rules.sheets import faults_of_sheet
from apps.safety.rules.signs import SIGNS, SafetySign
from apps.safety.rules.storage import NONE_APART, ApartRule, Classes, Near, Segregation, TemperatureRange, keeps
from apps.safety.rules.transport import (
    Hazard,
    Mixing,
    TableRule,
    TransportRules,
    Verdict,
    may_load_together,
    rows_of,
)
from apps.safety.rules.vehicle import Pair, what_rides_together

__all__ = [
    "CERTIFICATION",
    "EMERGENCY_PHONE",
    "NONE_APART",
    "NOT_FLAMMABLE",
    "SIGNS",
    "ApartRule",
    "Classes",
    "Fault",
    "Hazard",
    "LabelFacts",
    "Liquid",
    "Mixing",
    "Near",
    "Pair",
    "Phrase",
    "Quota",
    "Regulation",
    "SafetySign",
    "Segregation",
    "TableRule",
    "TemperatureRange",
    "TransportRules",
    "Verdict",
    "category_of",
    "faults_of_label",
    "faults_of_sheet",
    "keeps",
    "labels_lacking",
    "may_load_together",
    "needing_phone",
    "rows_of",
    "what_rides_together",
    "why_not_in_one",
]
