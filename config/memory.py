"""What a process keeps as long as it lives is not looked through for garbage again and again."""

import gc


def keep_what_is_loaded() -> None:
    """Leave all that was made so far out of garbage collections.

    Some hundred thousand objects of Django, the models and the pages live until the end; a full collection looked at
    each of them, which took more than a tenth of a second in the middle of whatever request it fell into.
    """
    gc.collect()
    gc.freeze()
