"""Aggregates that both databases know under other names. A leaf module."""

from __future__ import annotations

from django.db.models import Aggregate, JSONField


class JsonPairs(Aggregate):
    """Two columns of every row as a list of [first, second], in no order; read as Python lists.

    Reads the few words a page shows of its related rows in the query that reads the page.
    """

    function = "JSON_GROUP_ARRAY"
    template = "JSON_GROUP_ARRAY(JSON_ARRAY(%(expressions)s))"
    output_field = JSONField()
    arity = 2

    def as_postgresql(self, compiler, connection, **context):
        template = "JSONB_AGG(JSONB_BUILD_ARRAY(%(expressions)s))"
        return self.as_sql(compiler, connection, template=template, **context)
