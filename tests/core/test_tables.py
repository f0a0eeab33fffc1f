"""Tables of an app are made in one operation, and their models are rendered once."""

from django.db import migrations, models
from django.db.migrations.state import ProjectState, StateApps

from apps.core.tables import CreateTables

KEY = ("id", models.BigAutoField(primary_key=True))


def _refers(name, to):
    field = models.ForeignKey(f"garden.{to}", models.PROTECT, related_name=name.lower(), null=True)
    return migrations.CreateModel(name, fields=[KEY, (to.lower(), field)])


def test_models_refer_to_each_other_in_any_order_and_are_rendered_once(monkeypatch):
    rendered = []
    render_multiple = StateApps.render_multiple

    def render(self, states):
        rendered.append([each.name for each in states])
        render_multiple(self, states)

    monkeypatch.setattr(StateApps, "render_multiple", render)
    state = ProjectState()
    migrations.CreateModel("Gate", fields=[KEY]).state_forwards("garden", state)
    before = state.apps
    rendered.clear()

    CreateTables([_refers("Bed", "Path"), _refers("Path", "Bed"), _refers("Lock", "Gate")]).state_forwards(
        "garden", state
    )

    bed, path, gate = (state.apps.get_model("garden", name) for name in ("Bed", "Path", "Gate"))
    assert rendered == [["Gate", "Bed", "Path", "Lock"]]
    assert bed._meta.get_field("path").related_model is path
    assert path._meta.get_field("bed").related_model is bed
    assert [each.name for each in gate._meta.related_objects] == ["lock"]
    assert [each.__name__ for each in before.get_models()] == ["Gate"]
