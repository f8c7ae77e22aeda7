"""A message map with everything in it, and the addresses of maps."""

from __future__ import annotations

from bs4 import BeautifulSoup
from django.urls import reverse

from cms.models import Issue
from testimony.models import MessageMap
from tests.builders import make_map, make_message, make_point, make_source, make_statistic


def own_url(name: str, *args) -> str:
    return reverse(MessageMap.snippet_viewset.get_url_name(name), args=args)


def soup_of(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def full_map(issue: Issue, **fields) -> MessageMap:
    own = make_statistic("of workers have leave", "27", source=make_source("Survey of benefits"))
    cited = make_statistic("go without", "73", source=make_source("Second survey"))
    text = f'<p><embed embedtype="statistic" id="{cited.pk}"/></p>'
    point = make_point("Carried by this point", text)
    return make_map(
        issue,
        make_message("Most have none", points=[point], proofs=[own]),
        make_message("Bare claim", released=False),
        make_message("Third", proofs=[own], released=False),
        narrative="<p>The roof of the house.</p>",
        audience_note="Whom we speak to.",
        **fields,
    )
