"""How far apart hazards are stored, and what the law says of two on one vehicle."""

from __future__ import annotations

from django.db import models


class Apart(models.TextChoices):
    """What goods of two hazard classes may not share; the stricter the later."""

    TOGETHER = "together", "May stand together"
    BIN = "bin", "Not in one bin"
    BAY = "bay", "Not in one bay"
    ZONE = "zone", "Not in one zone"
    AREA = "area", "Not in one fire area"


class AreaKind(models.TextChoices):
    """What keeps flammable liquids in: limits of the law differ by it."""

    OPEN = "open", "Open floor: outside of rooms and cabinets"
    CABINET = "cabinet", "Storage cabinet"
    ROOM = "room", "Inside storage room"
    OTHER = "other", "Other, as the local code names it"


class LiquidCategory(models.IntegerChoices):
    """The category of a flammable liquid by its flash and boiling point (29 CFR 1910.106(a)(19))."""

    ONE = 1, "Category 1"
    TWO = 2, "Category 2"
    THREE = 3, "Category 3"
    FOUR = 4, "Category 4"


class TransportTable(models.TextChoices):
    """Which table of the regulation a rule is a cell of."""

    CLASSES = "classes", "Hazard classes, 177.848(d)"
    EXPLOSIVES = "explosives", "Explosives by compatibility group, 177.848(f)"


class TransportMark(models.TextChoices):
    """What stands in a cell of the tables of 49 CFR 177.848."""

    NONE = "-", "No restriction"
    NEVER = "X", "Not on one vehicle"
    APART = "O", "Apart, so that what leaks does not mix"
    BY_GROUP = "*", "By compatibility group"
    IDENTICAL = "1", "Only with the identical explosive"
    AS_E = "2", "Together, as compatibility group E"
    AS_D = "3", "Together, as compatibility group D"
    DETONATORS = "X(4)", "Not on one vehicle; detonators by 177.835(g)"
    FIREWORKS = "4/5", "Detonators by 177.835(g); 1.4S fireworks not with 1.1 or 1.2"
    ARTICLES = "6", "Articles only, and no explosive substance on the vehicle"


class PackingGroup(models.TextChoices):
    """How dangerous the substance is within its class (49 CFR 173)."""

    I = "I", "I, great danger"  # noqa: E741 - as the regulation writes it
    II = "II", "II, medium danger"
    III = "III", "III, minor danger"


class HazardZone(models.TextChoices):
    """How poisonous by inhalation (49 CFR 173.116 and 173.133); A is worst."""

    A = "A", "A"
    B = "B", "B"
    C = "C", "C"
    D = "D", "D"


class SignalWord(models.TextChoices):
    """How severe a label says the hazard is (29 CFR 1910.1200(c)); a label bears one of them or none."""

    DANGER = "danger", "Danger"
    WARNING = "warning", "Warning"


class Pictogram(models.TextChoices):
    """The nine pictograms of the GHS, by the code and the symbol."""

    BOMB = "GHS01", "GHS01, exploding bomb"
    FLAME = "GHS02", "GHS02, flame"
    FLAME_OVER_CIRCLE = "GHS03", "GHS03, flame over circle"
    CYLINDER = "GHS04", "GHS04, gas cylinder"
    CORROSION = "GHS05", "GHS05, corrosion"
    SKULL = "GHS06", "GHS06, skull and crossbones"
    EXCLAMATION = "GHS07", "GHS07, exclamation mark"
    HEALTH = "GHS08", "GHS08, health hazard"
    ENVIRONMENT = "GHS09", "GHS09, environment"


class RequiredLabel(models.TextChoices):
    """A label without which dangerous goods are not released where a site says so."""

    CONTAINER = "container", "Container label"
    TRANSPORT = "transport", "Transport label"


class SignMeaning(models.TextChoices):
    """What a safety sign says to whoever sees it: each has its shape and colour (ISO 3864-1)."""

    PROHIBITION = "prohibition", "Prohibition"
    MANDATORY = "mandatory", "Mandatory action"
    WARNING = "warning", "Warning"
    SAFE = "safe", "Safe condition"
    FIRE = "fire", "Fire equipment"
