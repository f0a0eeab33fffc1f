"""Who may work where."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from apps.accounts.models import Device
from apps.locations.models.site import Warehouse


class WarehouseAccess(models.Model):
    """A person works at this warehouse and sees what is in it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="warehouse_access")
    warehouse = models.ForeignKey(Warehouse, models.CASCADE, related_name="access")

    class Meta:
        verbose_name_plural = "warehouse access"
        constraints = (models.UniqueConstraint(fields=["user", "warehouse"], name="warehouse_access_once"),)

    def __str__(self) -> str:
        return f"{self.user} at {self.warehouse}"


class DeviceAccess(models.Model):
    """A device is used at this warehouse and nowhere else."""

    device = models.OneToOneField(Device, models.CASCADE, related_name="warehouse_access")
    warehouse = models.ForeignKey(Warehouse, models.CASCADE, related_name="device_access")

    class Meta:
        verbose_name_plural = "device access"

    def __str__(self) -> str:
        return f"{self.device} at {self.warehouse}"
