"""People at the desk."""

import pytest

from apps.accounts.roles import Role
from tests.factories.accounts import UserFactory
from tests.factories.locations import works_at


@pytest.fixture
def manager(client, db):
    """A browser with a superuser signed in, who has the safety role too: without it nobody sees an injury."""
    client.force_login(UserFactory(is_superuser=True, roles=[Role.SAFETY]))
    return client


@pytest.fixture
def desk_of(client, db):
    """Signs somebody with these roles in, who works at these warehouses; the browser."""

    def sign_in(*roles, at=()):
        client.force_login(works_at(UserFactory(roles=[role.value for role in roles]), *at))
        return client

    return sign_in
