"""Every address of the API, found by walking the URL resolver: a new endpoint is tested without being named."""

import re
from dataclasses import dataclass

from django.urls import URLPattern, get_resolver, resolve
from django.urls.exceptions import Resolver404

API = "api/v1/"
METHODS = ("get", "post", "put", "patch", "delete")
OPEN = ("enrol",)
"""What anybody may call: a device that is not known yet has nothing but its code."""
WITHOUT_A_WORKER = ("device/rotate", "enrol", "sign-on", "sign-off")
"""What a handheld may call that nobody holds."""
EVERYBODYS = (
    "authenticity-checks",
    "bills-of-materials",
    "channel-listings",
    "carrier-services",
    "carton-types",
    "certificate-kinds",
    "channels",
    "checklists",
    "cost-layers",
    "drill-plans",
    "epcis-captures",
    "epcis-events",
    "equipment-kinds",
    "food-determinations",
    "holds",
    "inspection-plans",
    "item-costs",
    "items",
    "listed-foods",
    "lot-groupings",
    "lots",
    "parties",
    "reason-codes",
    "recall-drills",
    "recalls",
    "return-policies",
    "return-reasons",
    "routing-rules",
    "safety-sheets",
    "skills",
    "traceability-lot-codes",
    "traceability-plans",
)
"""Lists of what all warehouses share; the rest is empty for whoever works nowhere."""

_GROUP = re.compile(r"\(\?P<\w+>[^)]*\)")
_CONVERTER = re.compile(r"<[^>]+>")
_NAME = re.compile(r"\(\?P<(\w+)>[^)]*\)|<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Endpoint:
    """An address with its parameters filled in, and what may be asked of it."""

    path: str
    methods: tuple[str, ...]
    is_list: bool
    template: str
    """The path below the API's root, with the names of its parameters: `tasks/{number}/confirm`."""
    view: type

    def __str__(self):
        return self.path

    @property
    def name(self):
        """The path below the API's root."""
        return self.path.removeprefix(f"/{API}")


def endpoints():
    """All of them, by path."""
    found = [_endpoint(route, callback) for route, callback in _walk(get_resolver(), "") if route.startswith(API)]
    assert found
    return sorted(found, key=str)


def lists():
    """Those that show pages of rows."""
    return [endpoint for endpoint in endpoints() if endpoint.is_list]


def _walk(resolver, prefix):
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield route, entry.callback
        else:
            yield from _walk(entry, route)


def _endpoint(route, callback):
    actions = getattr(callback, "actions", None)
    methods = tuple(method for method in METHODS if (method in actions if actions else hasattr(callback.cls, method)))
    return Endpoint(
        path=_filled(route),
        methods=methods,
        is_list=(actions or {}).get("get") == "list",
        template=_NAME.sub(r"{\1\2}", _bare(route)).replace("{pk}", "{id}").removeprefix(API),
        view=callback.cls,
    )


def _bare(route):
    return route.replace("^", "").replace("$", "").replace("\\Z", "").replace("\\", "")


def _filled(route):
    """A path that the pattern matches: numbers, names and SSCCs are tried."""
    bare = _bare(route)
    for value in ("1", "X-1", "0" * 18):
        path = "/" + _CONVERTER.sub(value, _GROUP.sub(value, bare))
        try:
            resolve(path)
        except Resolver404:
            continue
        return path
    msg = f"no value fits {route}"
    raise AssertionError(msg)
