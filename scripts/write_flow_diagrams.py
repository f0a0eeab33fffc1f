"""Write docs/flows/*.mmd: each document's states and what may follow what, drawn from its Flow."""

import importlib
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
FOLDER = CHECKOUT / "docs" / "flows"


def diagrams() -> dict[str, str]:
    """Every flow of every app as a Mermaid diagram, by file name: SALES_ORDER_FLOW is sales_order.mmd."""
    from apps.core.flows import Flow  # noqa: PLC0415 - when run as a program, the checkout joins the path first

    drawn = {}
    for path in sorted((CHECKOUT / "apps").glob("*/states.py")):
        module = importlib.import_module(f"apps.{path.parent.name}.states")
        for name, value in vars(module).items():
            if isinstance(value, Flow):
                drawn[f"{name.removesuffix('_FLOW').lower()}.mmd"] = value.as_mermaid()
    return drawn


def main() -> None:
    """Write what is new, remove what is gone."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    drawn = diagrams()
    for path in FOLDER.glob("*.mmd"):
        if path.name not in drawn:
            path.unlink()
    for name, text in drawn.items():
        (FOLDER / name).write_text(text, "utf-8")


if __name__ == "__main__":
    sys.path.insert(0, str(CHECKOUT))
    main()
