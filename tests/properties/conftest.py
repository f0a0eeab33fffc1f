"""How long properties are searched: the same examples each time in CI, new ones at a desk."""

import os

from hypothesis import HealthCheck, Phase, settings

ALWAYS = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]}

settings.register_profile("desk", max_examples=20, stateful_step_count=25, **ALWAYS)
settings.register_profile("ci", max_examples=25, stateful_step_count=25, derandomize=True, database=None, **ALWAYS)
settings.register_profile("long", max_examples=1000, stateful_step_count=60, **ALWAYS)
settings.register_profile(
    "look", max_examples=40, stateful_step_count=25, phases=[Phase.reuse, Phase.generate], **ALWAYS
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "desk"))
