"""Changes what documents show, after they were published and delivered, as an office does in its everyday work."""

from __future__ import annotations

from decimal import Decimal

from testimony.demo.library import Library
from testimony.demo.reader import table


def change_library(library: Library) -> None:
    content = table("changes")
    for row in content["changes"]:
        point = library.talking_points[row["key"]]
        point.refresh_from_db()
        point.text = library.rich_text(row["text"])
        library.publish_anew(point)
    for row in content["figures"]:
        figure = library.statistics[row["key"]]
        figure.refresh_from_db()
        figure.value, figure.period = Decimal(row["value"]), row["period"]
        figure.spoken = row["spoken"]
        library.publish_anew(figure)
