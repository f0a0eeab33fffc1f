"""Files to import, and the commands run on them."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.factories.accounts import UserFactory


@pytest.fixture
def bring_in(tmp_path, db):
    """Run an import of this text (or these bytes), as somebody who works everywhere unless told; what it said."""
    UserFactory(username="importer", is_superuser=True)

    def run(kind, content, *, commit=True, out=None, user="importer", **options):
        file = tmp_path / "file.csv"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        out = out or StringIO()
        call_command(f"import_{kind}", str(file), commit=commit, stdout=out, user=user, **options)
        return out.getvalue()

    return run


@pytest.fixture
def refused(bring_in):
    """Run an import that must be refused; what it said was wrong, line by line."""

    def run(kind, content, **options):
        out = StringIO()
        with pytest.raises(CommandError, match=r"Nothing was imported: \d+ to put right\."):
            bring_in(kind, content, out=out, **options)
        return out.getvalue().splitlines()

    return run
