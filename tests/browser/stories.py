"""Content that the browser tests share: something of everything that a page can show."""

from __future__ import annotations

from decimal import Decimal

from cms.models import Branding
from testimony.models import TestimonyPage
from tests.builders import (
    embed,
    make_event,
    make_fact_sheet,
    make_point,
    make_source,
    make_statistic,
    make_testimony,
    paragraph,
)


def chart(source) -> tuple[str, dict]:
    rows = [{"label": str(year), "value": Decimal(year - 2000)} for year in range(2014, 2020)]
    return "chart", {
        "title": "Access to leave has grown slowly",
        "kind": "line",
        "unit": "%",
        "rows": rows,
        "source": source,
        "alt": "A line that rises from 14 to 19 percent.",
    }


def table() -> tuple[str, object]:
    block = TestimonyPage.body.field.stream_block.child_blocks["table"]
    value = {
        "caption": "Leave by wage",
        "columns": [{"type": "text", "heading": "Wage"}, {"type": "number", "heading": "Percent"}],
        "rows": [{"values": ["Lowest tenth", "6"]}, {"values": ["Highest tenth", "43"]}],
    }
    return "table", block.to_python(value)


def publish_everything() -> dict[str, str]:
    """One document of each kind, with blocks of each kind; their addresses by name."""
    branding = Branding.objects.get()
    branding.contact_email = "press@test.example"
    branding.save()
    source = make_source("National survey", url="https://survey.example/leave")
    statistic = make_statistic(source=source)
    point = make_point(text=f"<p>Only {embed(statistic)} have leave.</p>")
    event = make_event()
    body = [
        ("heading", "Who has leave"),
        paragraph(f"<p>A claim{embed(source)} and a <b>second</b> one{embed(source)}.</p>"),
        ("subheading", "In our county"),
        ("talking_point", point),
        ("statistic", {"statistic": statistic, "emphasis": ""}),
        chart(source),
        table(),
        ("quote", {"text": "My shift starts early.", "attribution": "A nurse"}),
        ("preformatted", "Year   Rate\n2019   10.5"),
        ("ask", "<p>Please vote yes on HB 1147.</p>"),
    ]
    everything = make_testimony(
        "Testimony with everything", body, event=event, vehicle=event.vehicle, summary="In short."
    )
    spanish = make_testimony("Testimonio en español", language="es", event=event)
    sheet = make_fact_sheet(
        "Who has leave",
        [("heading", "The line"), chart(source), ("talking_point", point)],
        key_figure=statistic,
        ask="<p>Vote yes.</p>",
    )
    return {"everything": everything.url, "spanish": spanish.url, "fact sheet": sheet.url}
