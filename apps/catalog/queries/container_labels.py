"""What labels on containers say, with the phrases in force on a day."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from apps.catalog.models import ContainerLabel
from apps.safety.choices import SignalWord
from apps.safety.errors import LabelOutdated
from apps.safety.pdf import ContainerText
from apps.safety.queries import phrases_on
from apps.safety.rules import faults_of_label


def container_texts(labels: QuerySet[ContainerLabel], *, on: date) -> list[ContainerText]:
    """Each label with its statements written out as they read on that day, in order of item numbers.

    All or none: raises `LabelOutdated` for the first label that contradicts the phrases of the day.
    """
    phrases = phrases_on(on)
    texts = []
    for label in labels.select_related("item").order_by("item__number"):
        faults = faults_of_label(label.facts, phrases)
        if faults:
            raise LabelOutdated(item=label.item.number, problem=faults[0].text)
        texts.append(
            ContainerText(
                item=label.item.number,
                product=label.identifier,
                signal_word=SignalWord(label.signal_word).label if label.signal_word else "",
                pictograms=tuple(label.pictograms),
                hazards=tuple(phrases[code].text for code in label.hazards),
                precautions=tuple(phrases[code].text for code in label.precautions),
                supplier=label.supplier_name,
                address=label.supplier_address,
                phone=label.supplier_phone,
                revision=f"SDS {label.revised_on.isoformat()}",
            )
        )
    return texts
