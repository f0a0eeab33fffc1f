"""What a process keeps as long as it lives is not looked through for garbage again and again."""

import gc

YOUNG = 20_000
"""So many new objects that hold others are made between two collections: some requests' worth, a few megabytes."""


def keep_what_is_loaded() -> None:
    """Leave all that was made so far out of garbage collections.

    Some hundred thousand objects of Django, the models and the pages live until the end; a full collection looked at
    each of them, which took more than a tenth of a second in the middle of whatever request it fell into. What a
    request leaves behind is nearly all freed without a collection: looked for after each 700 new objects, as Python
    does unasked, that takes some seven hundredths of a worker's time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG)
