"""Where this checkout keeps what it makes while running; nothing else may spell these out."""

from pathlib import Path
from typing import Final

CHECKOUT: Final = Path(__file__).resolve().parent.parent
VAR: Final = CHECKOUT / "var"
ANCHORS: Final = VAR / "anchor"
