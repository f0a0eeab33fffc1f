"""What is done to bills of materials and to safety data sheets."""

from apps.catalog.operations.bills import (
    MAY_ACTIVATE,
    MAY_DRAFT,
    Alternative,
    NewLine,
    activate_bill,
    discard_bill,
    draft_bill,
    end_bill,
    revise_bill,
)
from apps.catalog.operations.sheets import MAY_FILE, check_sheet, file_sheet, sheet_name

__all__ = [
    "MAY_ACTIVATE",
    "MAY_DRAFT",
    "MAY_FILE",
    "Alternative",
    "NewLine",
    "activate_bill",
    "check_sheet",
    "discard_bill",
    "draft_bill",
    "end_bill",
    "file_sheet",
    "revise_bill",
    "sheet_name",
]
