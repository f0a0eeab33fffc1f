"""Items, parties and bills of materials at the desk."""

from apps.catalog.admin.bills import BillOfMaterialsAdmin
from apps.catalog.admin.container_labels import ContainerLabelAdmin
from apps.catalog.admin.goods import CategoryAdmin, ItemAdmin, PartyAdmin, ReasonCodeAdmin, UnitAdmin
from apps.catalog.admin.sheets import SafetySheetAdmin, SheetRuleAdmin

__all__ = [
    "BillOfMaterialsAdmin",
    "CategoryAdmin",
    "ContainerLabelAdmin",
    "ItemAdmin",
    "PartyAdmin",
    "ReasonCodeAdmin",
    "SafetySheetAdmin",
    "SheetRuleAdmin",
    "UnitAdmin",
]
