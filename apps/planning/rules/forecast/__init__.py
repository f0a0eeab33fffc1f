"""What will be asked for: forecasts of many items at once, as arithmetic on tables of series x periods.

`forecast` is the way in. The methods stand in `smoothing`, `intermittent` and `seasonal`, how one is chosen in
`choice`, how sure it is in `intervals`, how good it was in `measures`, what
moves demand from outside in `drivers`, and what people add to it in `judgement`.
"""

from apps.planning.rules.forecast.choice import COMBINED, METHODS, USUAL
from apps.planning.rules.forecast.engine import NONE, Forecasts, Record, Score, forecast

__all__ = ["COMBINED", "METHODS", "NONE", "USUAL", "Forecasts", "Record", "Score", "forecast"]
