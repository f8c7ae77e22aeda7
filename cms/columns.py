"""Columns of the admin's lists."""

from __future__ import annotations

from wagtail.admin.ui.tables import NumberColumn


class CountColumn(NumberColumn):
    """A number that says what it counts where a phone shows no headings."""

    cell_template_name = "cms/admin/count_cell.html"
