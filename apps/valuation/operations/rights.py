"""Who says something about costs."""

from apps.accounts.roles import Role

MAY_VALUE = (Role.INVENTORY_MANAGER, Role.ADMIN)
MAY_SEE_COSTS = (Role.INVENTORY_MANAGER, Role.AUDITOR, Role.ADMIN)
