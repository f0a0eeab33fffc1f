"""What an EPCIS document must be like, what its identifiers name, and which events our movements are."""

from apps.epcis.rules.building import events_of
from apps.epcis.rules.checking import faults_in
from apps.epcis.rules.faults import Fault
from apps.epcis.rules.identifiers import Identifier, Names, read_identifier
from apps.epcis.rules.moving import Moved, Party, Place, Posting, Shipped, Unit
from apps.epcis.rules.reading import Told, canonical, read_text, told_by

__all__ = [
    "Fault",
    "Identifier",
    "Moved",
    "Names",
    "Party",
    "Place",
    "Posting",
    "Shipped",
    "Told",
    "Unit",
    "canonical",
    "events_of",
    "faults_in",
    "read_identifier",
    "read_text",
    "told_by",
]
