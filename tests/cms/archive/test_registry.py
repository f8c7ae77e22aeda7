from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from cms.archive import registry
from cms.models import HomePage, StandardPage


class Leaflet(StandardPage):
    class Meta:
        proxy = True
        app_label = "cms"


def test_a_second_source_for_a_page_type_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="StandardPage already has an archive source"):
        registry.register_source(StandardPage, lambda page: None)


def test_a_page_type_without_source_inherits_its_ancestors() -> None:
    assert registry.source_for(Leaflet) == registry.source_for(StandardPage)
    assert registry.source_for(HomePage) is None
    assert registry.source_for(None) is None


def test_words_of_kinds_and_positions_come_from_the_sources() -> None:
    assert registry.kind_label("fact_sheet") == "Fact sheet"
    assert registry.kind_label("opening_statement") == "Opening statement"
    assert registry.position_label("support") == "Support"
    assert registry.position_label("") == ""
