"""Labels on containers of hazardous chemicals. Data in, bytes out."""

from apps.safety.pdf.container import ContainerText, container_labels

__all__ = ["ContainerText", "container_labels"]
