"""Caches that count: several counts in one trip, which Django's own would take two trips each for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from django.utils.functional import cached_property

ADD_ONE_TO_EACH = """
local told = {}
for n, key in ipairs(KEYS) do
    told[n] = redis.call('incr', key)
    if told[n] == 1 then redis.call('expire', key, ARGV[n]) end
end
return told
"""


class SharedCounters(RedisCache):
    """Counts that all processes share; the server adds, so that no two count past each other."""

    def count(self, lives: Mapping[str, int]) -> list[int]:
        """Add one to each count, which ends so many seconds after its first; what they are now."""
        told: list[int] = self._add_one_to_each(list(map(self.make_key, lives)), list(lives.values()))
        return told

    @cached_property
    def _add_one_to_each(self) -> Any:
        return self._cache.get_client(write=True).register_script(ADD_ONE_TO_EACH)


class OwnCounters(LocMemCache):
    """The same within one process, for tests."""

    def count(self, lives: Mapping[str, int]) -> list[int]:
        """Add one to each count, which ends so many seconds after its first; what they are now."""
        for name, life in lives.items():
            self.add(name, 0, timeout=life)
        return [self.incr(name) for name in lives]
