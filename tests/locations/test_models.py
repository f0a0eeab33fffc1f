"""What places say of themselves."""

from apps.locations.models import Location, Zone


def test_zones_are_walked_one_after_the_other():
    last_of_first = Location(zone=Zone(pick_sequence=1), pick_sequence=2_147_483_647)
    first_of_second = Location(zone=Zone(pick_sequence=2), pick_sequence=0)

    assert Location(pick_sequence=7).walking_place < last_of_first.walking_place < first_of_second.walking_place
