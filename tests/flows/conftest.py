"""The demo company, and callers that reach the API in process: the same views, without a port."""

from types import SimpleNamespace

import pytest
from django.test import Client

from apps.core import clock
from apps.demo.client import Caller
from apps.demo.company import load_company
from apps.demo.day.context import Day


def in_process(method, path, body, headers):
    """A transport for `Caller`: through middleware, authentication and views, in this thread's transaction."""
    sent = {name: value for name, value in headers.items() if name != "Content-Type"}
    answer = Client().generic(method, path, data=body or b"", content_type="application/json", headers=sent)
    return answer.status_code, answer.content, answer.headers["Content-Type"].split(";")[0]


@pytest.fixture
def day(db):
    """A day about to begin; `story` and `papers` collect what is told and printed."""
    company = load_company(at=clock.now())
    today = company.today.isoformat()
    callers = {who: Caller(in_process, token, who, today) for who, token in company.tokens.items()}
    for who, pin in company.pins.items():
        callers[who].post("/sign-on", username=who, pin=pin)
    kept = SimpleNamespace(story=[], papers={})
    made = Day(
        warehouse=company.warehouse,
        depot=company.depot,
        today=company.today,
        callers=callers,
        tell=kept.story.append,
        keep=kept.papers.__setitem__,
    )
    return SimpleNamespace(day=made, story=kept.story, papers=kept.papers)
