"""What the task queue refuses."""

from __future__ import annotations

from dataclasses import dataclass

from apps.core.errors import DomainError


@dataclass(kw_only=True, eq=False)
class TaskTaken(DomainError):
    """Somebody else works on the task until their lease ends."""

    code = "task_taken"
    message = "Task %(task)s is in the hands of %(worker)s."
    recover = ("next_task",)

    task: str
    worker: str


@dataclass(kw_only=True, eq=False)
class TaskStale(DomainError):
    """The command was made from an older version of the task; read it again."""

    code = "task_stale"
    message = "Task %(task)s has changed: you saw version %(seen)s, it is now %(version)s and %(state)s."
    recover = ("refresh",)

    task: str
    seen: int
    version: int
    state: str


@dataclass(kw_only=True, eq=False)
class NoTask(DomainError):
    """The queue has nothing for this worker now."""

    code = "no_task"
    message = "There is nothing to do in %(warehouse)s."
    recover = ("wait",)

    warehouse: str


@dataclass(kw_only=True, eq=False)
class TaskNotYours(DomainError):
    """The task must be done by another than this worker: a recount, by another than the first counter."""

    code = "task_not_yours"
    message = "Task %(task)s is for another than %(worker)s."
    recover = ("next_task", "ask_supervisor")

    task: str
    worker: str


@dataclass(kw_only=True, eq=False)
class NotQualified(DomainError):
    """The task needs a skill that the worker has not learned, or equipment that they may not use."""

    code = "not_qualified"
    message = "Task %(task)s needs %(needs)s; %(worker)s is not set down for it."
    recover = ("next_task", "ask_supervisor")

    task: str
    worker: str
    needs: str


@dataclass(kw_only=True, eq=False)
class WorkerElsewhere(DomainError):
    """A task is given to somebody who works at its site, and still does."""

    code = "worker_elsewhere"
    message = "%(worker)s does not work at %(warehouse)s."
    recover = ("other_worker",)

    worker: str
    warehouse: str


@dataclass(kw_only=True, eq=False)
class TaskBundled(DomainError):
    """A task of a bundle is claimed with the others, as a whole."""

    code = "task_bundled"
    message = "Task %(task)s is of %(bundle)s; claim that as a whole."
    recover = ("claim",)

    task: str
    bundle: str


@dataclass(kw_only=True, eq=False)
class CertificateLapsed(DomainError):
    """The task needs a certificate, and the worker's has expired, was revoked or never was."""

    code = "certificate_lapsed"
    message = "Task %(task)s needs the certificate %(needs)s, which %(worker)s does not hold now."
    recover = ("hand_back", "next_task", "ask_supervisor")

    task: str
    worker: str
    needs: str


@dataclass(kw_only=True, eq=False)
class EquipmentOutOfService(DomainError):
    """All equipment of that kind at the site failed its inspection, and nobody has said yet that it was mended."""

    code = "equipment_out_of_service"
    message = "Task %(task)s needs %(equipment)s, and all of it here is out of service."
    recover = ("hand_back", "next_task", "ask_supervisor")

    task: str
    equipment: str


@dataclass(kw_only=True, eq=False)
class PlaceOutOfService(DomainError):
    """A critical inspection of the place failed, and its corrective action is open."""

    code = "place_out_of_service"
    message = "Task %(task)s leads to %(location)s, which is out of service by %(action)s."
    recover = ("next_task", "ask_supervisor")

    task: str
    location: str
    action: str
