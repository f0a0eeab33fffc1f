"""What the data on dangerous goods refuses."""

from __future__ import annotations

from dataclasses import dataclass

from apps.core.errors import DomainError


@dataclass(kw_only=True, eq=False)
class NotDescribable(DomainError):
    """What is forbidden in transport, or has no class in the table, is described by hand if at all."""

    code = "not_describable"
    message = "%(entry)s cannot be made a shipping description: %(problem)s."
    recover = ("ask_supervisor",)

    entry: str
    problem: str


@dataclass(kw_only=True, eq=False)
class AlreadyDescribed(DomainError):
    """An entry of the table becomes one shipping description; later ones are made by hand, with a code of their own."""

    code = "already_described"
    message = "%(entry)s is described already, as %(description)s."
    recover = ("refresh",)

    entry: str
    description: str


@dataclass(kw_only=True, eq=False)
class LabelTooFull(DomainError):
    """All statements of a container's label stand on it, or it is not printed."""

    code = "label_too_full"
    message = "The label of %(item)s has more statements than fit in type that can be read."
    recover = ("ask_supervisor",)

    item: str


@dataclass(kw_only=True, eq=False)
class LabelOutdated(DomainError):
    """A container's label is printed only while its codes stand and nothing on it contradicts them."""

    code = "label_outdated"
    message = "The label of %(item)s is not printed: %(problem)s"
    recover = ("ask_supervisor",)

    item: str
    problem: str


@dataclass(kw_only=True, eq=False)
class LabelMissing(DomainError):
    """Dangerous goods leave quality and the site only with the labels that the site requires from that day."""

    code = "label_missing"
    message = "%(item)s is not released: it has no %(label)s. %(todo)s"
    recover = ("ask_supervisor",)

    item: str
    label: str
    todo: str


@dataclass(kw_only=True, eq=False)
class NoTransportLabel(DomainError):
    """Labels of poisons by inhalation, radioactive and infectious goods are not drawn here, rather than by halves."""

    code = "no_transport_label"
    message = "There is no label of class %(hazard_class)s here for %(goods)s: order it from your supplier of labels."
    recover = ("ask_supervisor",)

    goods: str
    hazard_class: str


@dataclass(kw_only=True, eq=False)
class NothingDangerous(DomainError):
    """Goods that are not dangerous bear no label of dangerous goods."""

    code = "nothing_dangerous"
    message = "There is nothing dangerous in %(container)s: it bears no such label."
    recover = ("ask_supervisor",)

    container: str
