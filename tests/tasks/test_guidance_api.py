"""Task rules, policies, skills and equipment as the API shows them."""

from apps.tasks.models import EquipmentKind, Skill, TaskPolicy, TaskRule
from tests.factories.accounts import UserFactory
from tests.factories.api import a_person, refused
from tests.factories.locations import WarehouseFactory, works_at


def test_a_sites_rules_and_policy_are_read_by_who_works_there(db):
    site, other = WarehouseFactory(code="MAIN"), WarehouseFactory(code="EAST")
    lift = EquipmentKind.objects.create(code="REACH", name="Reach truck")
    for where in (site, other):
        TaskRule.objects.create(warehouse=where, code="HIGH", name="High bins", min_level=3, equipment=lift, points=5)
        TaskPolicy.objects.create(warehouse=where, lease_minutes=20)
    desk = a_person(site)

    (rule,) = desk.get("/task-rules", equipment="REACH", warehouse="MAIN").json()["results"]
    (policy,) = desk.get("/task-policies").json()["results"]

    assert (rule["code"], rule["min_level"], rule["equipment"], rule["points"], rule["kind"]) == (
        "HIGH",
        3,
        "REACH",
        5,
        "",
    )
    assert (policy["warehouse"], policy["lease_minutes"]) == ("MAIN", 20)
    refused(desk.get(f"/task-rules/{TaskRule.objects.get(warehouse=other).pk}"), 404, "not_found")
    assert desk.get("/task-rules", kind="pick").json()["results"] == []


def test_who_has_a_skill_is_told_of_ones_own_site(db):
    site, other = WarehouseFactory(), WarehouseFactory()
    near, far = (works_at(UserFactory(username=name), where) for name, where in (("near", site), ("far", other)))
    for kind, code in ((Skill, "HAZMAT"), (EquipmentKind, "REACH")):
        kind.objects.create(code=code, name=code.title()).workers.set([near, far])
        kind.objects.create(code="OTHER", name="Other")
    desk = a_person(site)

    for path, code in (("/skills", "HAZMAT"), ("/equipment-kinds", "REACH")):
        assert desk.get(f"{path}/{code}").json() == {"code": code, "name": code.title(), "workers": ["near"]}
        assert [row["code"] for row in desk.get(path, worker="near").json()["results"]] == [code]
        assert desk.get(path, worker="far").json()["results"] == []
        refused(desk.get(f"{path}/NONE"), 404, "not_found")
