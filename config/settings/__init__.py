"""Settings by environment: `base` holds what is always so; `demo`, `test` and `prod` the rest."""
