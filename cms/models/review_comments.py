"""A reviewer's comments are no edit: they are kept with the submitted revision, and it stays as it is.

Wagtail makes a revision for each comment that is saved. The reviewer would then be who edited last,
and could approve neither that revision nor the one that was read.
"""

from __future__ import annotations

import re

from wagtail.models import COMMENTS_RELATION_NAME, Page, Revision

# What the editor adds to text that was not written in it, by loading it: names of paragraphs, and no
# white space between them. In a StreamField, quotation marks and line ends are escaped.
PARAGRAPH_NAME = re.compile(r' data-block-key=\\?"[^"\\]*\\?"')
BETWEEN_PARAGRAPHS = re.compile(r"(?:\s|\\n)*(</?(?:p|h[1-6]|[ou]l|li|blockquote)>)(?:\s|\\n)*")


def comments_only(page: Page, latest: Revision, user) -> bool:
    """Is `page` what somebody else submitted, word for word, but for comments?"""
    if latest is None or user is None or latest.user_id == user.pk or not page.workflow_in_progress:
        return False
    return words(page) == words(latest.as_object())


def words(page: Page) -> dict:
    """What a revision would keep, without comments and without the numbers of dependent rows."""
    data = page.serializable_data()
    del data[COMMENTS_RELATION_NAME]
    return {name: _plain(value) for name, value in data.items()}


def _plain(value: object) -> object:
    if isinstance(value, str):
        return BETWEEN_PARAGRAPHS.sub(r"\1", PARAGRAPH_NAME.sub("", value))
    if isinstance(value, list):
        return [
            {**row, "pk": None} if isinstance(row, dict) and "pk" in row else row for row in value
        ]
    return value


def keep_comments(page: Page, latest: Revision) -> None:
    """Save the comments of `page`, and where they stand, with `latest`."""
    comments = getattr(page, COMMENTS_RELATION_NAME)
    for comment in comments.filter(pk__isnull=True):
        comment.revision_created = latest
        comment.save()
    page.save(update_fields=[COMMENTS_RELATION_NAME], clean=False)
    kept = page.serializable_data()[COMMENTS_RELATION_NAME]
    latest.content = {**latest.content, COMMENTS_RELATION_NAME: kept}
    Revision.objects.filter(pk=latest.pk).update(content=latest.content)
