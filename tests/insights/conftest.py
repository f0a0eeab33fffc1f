"""The people of the admin's tests."""

from tests.admin.conftest import desk_of, manager

__all__ = ["desk_of", "manager"]
