"""GS1's own vectors through the scan: none is known here, so each is unknown, with how it reads, or refused."""

import pytest

from tests.core.test_gs1_vectors import carried, element_vectors
from tests.factories.api import a_worker
from tests.factories.locations import WarehouseFactory

REFUSED = {"malformed_code", "wrong_check_digit", "malformed"}
"""By what it says, by its check digit, or for characters that no request may bring."""


@pytest.fixture
def worker(db, settings):
    return a_worker(WarehouseFactory())


def test_each_code_with_a_vectors_value_reads_or_is_refused_as_it_says(worker):
    wrong = []
    codes = carried()
    for code, passes, _ in codes:
        response = worker.post("/scan", {"code": code})
        said = response.json()["code"]
        if (response.status_code, said) != (404, "unknown_code") if passes else said not in REFUSED:
            wrong.append((code, response.status_code, said))

    assert wrong == []
    assert len(codes) == 546


def test_each_element_string_reads_or_is_refused_as_it_says(worker):
    for valid, written, scanned in element_vectors():
        response = worker.post("/scan", {"code": written})
        body = response.json()
        if valid:
            elements = body["facts"]["parsed"]["elements"]
            assert "".join(each["identifier"] + each["value"] for each in elements) == scanned.replace("^", "")
        else:
            assert body["code"] in REFUSED or body["facts"]["parsed"]["kind"] == "plain"
