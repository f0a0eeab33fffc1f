"""The desk's pages of stock are closed to whoever has a count in hand: they would tell the book."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from apps.ledger.errors import CountInHand
from apps.ledger.queries.blind import check_not_counting

APPS = frozenset({"ledger", "valuation", "traceability"})
"""Of these, every list and page of the admin, with their exports and histories."""
PAGES = frozenset({"desk-stock-as-of", "desk-stock-position", "desk-stock-value", "desk-trace"})


class ClosedWhileCounting:
    """Answers 409 on a page that shows what the book has, until the count is told or handed back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """What the page answers."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Before the page asks anything; other pages cost no query."""
        del view, args, kwargs
        if not shows_stock(request) or not request.user.is_authenticated:
            return None
        try:
            check_not_counting(request.user)
        except CountInHand:
            return render(request, "admin/stillage/counting.html", status=409)
        return None


def shows_stock(request: HttpRequest) -> bool:
    """Whether the address is one of the desk where quantities of stock are read."""
    found = request.resolver_match
    if found is None or not found.url_name:
        return False
    if found.app_name == "admin":
        return found.url_name.partition("_")[0] in APPS
    return found.url_name in PAGES
