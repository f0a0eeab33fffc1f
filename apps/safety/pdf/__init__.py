"""Labels on containers of hazardous chemicals and of dangerous goods in transport, and signs. Data in, bytes out."""

from apps.safety.pdf.container import ContainerText, container_labels
from apps.safety.pdf.signs import safety_signs
from apps.safety.pdf.transport import TransportLabel, labels_of, transport_labels

__all__ = ["ContainerText", "TransportLabel", "container_labels", "labels_of", "safety_signs", "transport_labels"]
