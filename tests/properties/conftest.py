"""How long properties are searched: the same examples each time in CI, new ones at a desk."""

import os

from hypothesis import HealthCheck, Phase, settings

ALWAYS = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])

settings.register_profile("desk", ALWAYS, max_examples=20, stateful_step_count=25)
settings.register_profile("ci", ALWAYS, max_examples=25, stateful_step_count=25, derandomize=True, database=None)
settings.register_profile("long", ALWAYS, max_examples=1000, stateful_step_count=60)
# Fast to the first failure: shrinking a long history can take minutes.
settings.register_profile(
    "look", ALWAYS, max_examples=200, stateful_step_count=40, phases=[Phase.reuse, Phase.generate]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "desk"))
