"""Addresses of a large section that moved: kept in batches that every database takes."""

from __future__ import annotations

import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.redirects.signal_handlers import BatchRedirectCreator
from wagtail.models import Site


@pytest.mark.django_db
def test_more_addresses_than_one_expression_holds_are_kept():
    site = Site.objects.get()
    batch = BatchRedirectCreator(max_size=2000, ignore_conflicts=True)
    for number in range(1001):
        batch.add(old_path=f"/archive/{number}", site=site, automatically_created=True)
    batch.process()

    assert Redirect.objects.count() == 1001
