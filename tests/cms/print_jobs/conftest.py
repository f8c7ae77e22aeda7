from __future__ import annotations

import pytest

from tests.cms.print_jobs import paper


@pytest.fixture(autouse=True)
def engine(monkeypatch):
    paper.forget()
    monkeypatch.setattr("cms.pdf.service.render", paper.render)
    return paper
