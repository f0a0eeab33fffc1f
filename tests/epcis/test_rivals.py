"""A partner's system that sends a document twice at once is told twice that it is kept, and it is kept once."""

import json

from apps.accounts.models import User
from apps.core import clock
from apps.epcis.models import EpcisCapture, EpcisEvent
from apps.epcis.operations import capture_document
from apps.journal.actor import Actor
from tests.concurrency.crowd import together
from tests.factories.accounts import UserFactory
from tests.factories.epcis import a_document


def test_the_same_document_from_two_at_once_is_one_capture(transactional_db):
    officer = UserFactory(roles=["quality"])

    def send(**spelled):
        by = Actor(user=User.objects.get(pk=officer.pk))
        return capture_document(text=json.dumps(a_document(), **spelled), by=by, at=clock.now())

    answers = together(send, lambda: send(indent=2))

    assert sorted(answer.is_repeat for answer in answers) == [False, True]
    assert len({answer.capture.pk for answer in answers}) == 1
    assert (EpcisCapture.objects.count(), EpcisEvent.objects.count()) == (1, 1)
