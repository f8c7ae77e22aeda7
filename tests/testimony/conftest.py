"""What many tests of this package begin with. A file that needs another beginning has its own fixture of the name."""

from __future__ import annotations

import pytest

from cms.models import Issue, User
from tests.builders import make_user


@pytest.fixture
def issue(db) -> Issue:
    return Issue.objects.get(slug="paid-leave")


@pytest.fixture
def author(client, db) -> User:
    """Signed in."""
    user = make_user()
    client.force_login(user)
    return user
