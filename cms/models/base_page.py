"""What every page of the site shares."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Length, Substr
from wagtail.admin.panels import CommentPanel
from wagtail.models import Page, PageViewRestriction, Revision

from cms.models.kept_revisions import KeepsRevisions
from cms.models.review_comments import comments_only, keep_comments
from cms.panels import SchedulePanel
from cms.permissions import PagePermissions


def restrictions_on(path: str) -> QuerySet[PageViewRestriction]:
    """Privacy settings that hold for the page at a tree path: its own, those above it, and, as Wagtail has
    it, those of the page that an alias on the way repeats (also where that is an alias itself)."""
    condition = Q()
    for page in ("page", "page__aliases", "page__aliases__aliases"):
        condition |= Q(**{f"{page}__path": Substr(Value(path), 1, Length(f"{page}__path"))})
    return PageViewRestriction.objects.filter(condition)


def under_restriction(path: str) -> Exists:
    """The same for many pages at once: true for a row whose tree path, in column `path`, is under one.

    The restricted pages are found first, once for the query. With joins, or aliases looked up row by row,
    SQLite that has statistics (ANALYZE) reads all pages for each of them: seconds at 5,000 pages.
    """
    own = PageViewRestriction.objects.order_by().values("page_id")
    pages = Page.objects.order_by().values("pk")
    aliases = pages.filter(alias_of__in=own), pages.filter(alias_of__alias_of__in=own)
    restricted = own.union(*aliases, all=True)
    prefix = Substr(OuterRef(path), 1, Length("path"))
    return Exists(Page.objects.filter(pk__in=restricted, path=prefix))


class BasePage(KeepsRevisions, Page):
    """Abstract. What is expired by the clock is refused in `cms.wagtail_hooks`, for every route of a page."""

    show_in_menus_default = False
    settings_panels = [SchedulePanel(), CommentPanel()]

    class Meta:
        abstract = True

    @classmethod
    def for_serving(cls) -> QuerySet:
        """Rows with what their page shows of related ones, so that serving one costs few queries."""
        return cls._default_manager.all()

    @staticmethod
    def _slug_is_available(slug: str, parent_page: Page | None, page: Page | None = None) -> bool:
        """Wagtail asks here before it saves, and when it makes a slug of a title."""
        reserved = getattr(parent_page and parent_page.specific_class, "reserved_slugs", ())
        return slug not in reserved and Page._slug_is_available(slug, parent_page, page)

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """One query where Wagtail reads the ancestors first; asked before every page that is served."""
        return restrictions_on(self.path).distinct()

    def save_revision(self, user=None, *, overwrite_revision=None, **options) -> Revision:
        latest = self.get_latest_revision()
        if comments_only(self, latest, user):
            keep_comments(self, latest)
            return latest
        if latest and overwrite_revision == latest and latest.user_id != (user and user.pk):
            # The editor knows the revision that kept its comments; words make one of their own.
            overwrite_revision = None
        return super().save_revision(user=user, overwrite_revision=overwrite_revision, **options)

    def permissions_for_user(self, user) -> PagePermissions:
        return PagePermissions(user, self)
