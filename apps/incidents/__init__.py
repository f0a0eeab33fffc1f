"""What went wrong at the workplace: near misses, damage and injuries, with the records that a law asks for.

Who was hurt and how stands apart from the incident, in cases that nobody but the safety role reads. It plans no
inspections (workplace does) and pays no wages.
"""
