"""What the chooser of blocks shows of a chart and of a table: invented, as short as can be."""

from __future__ import annotations

from testimony.enums import ChartKind

CHART = {
    "title": "More have leave",
    "kind": ChartKind.BAR,
    "unit": "percent",
    "rows": [
        {"label": "2014", "value": 12},
        {"label": "2019", "value": 19},
        {"label": "2024", "value": 27},
    ],
}
TABLE = {
    "caption": "Leave in three counties",
    "columns": [{"type": "text", "heading": "County"}, {"type": "number", "heading": "Weeks"}],
    "rows": [{"values": ["Harbor", 12]}, {"values": ["Lake", 8]}, {"values": ["Prairie", 6]}],
}
