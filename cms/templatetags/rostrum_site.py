"""Template tags of the site's frame: the main menu, and whether to offer the staff bar."""

from __future__ import annotations

from dataclasses import dataclass

from django import template
from django.conf import settings
from django.http import HttpRequest
from wagtail.models import Page, Site

from cms.domain.site_links import menu_links
from cms.domain.visibility import public_pages
from cms.models import ArchivePage

register = template.Library()


@dataclass(frozen=True)
class MenuItem:
    """One entry of the menu; `current` is "page" or "true" as `aria-current` wants it, or empty."""

    title: str
    url: str
    current: str


@dataclass(frozen=True)
class Menu:
    home_url: str
    archive_url: str
    items: tuple[MenuItem, ...]


@register.simple_tag(takes_context=True)
def site_menu(context: template.Context) -> Menu:
    """The archive, the pages that ask to be in menus, and registered links; only what anybody may read.

    Two queries at most whatever the number of pages, once for each request. Without a request or a site
    (error pages, an empty installation) there is a link to the front page and nothing else.
    """
    request: HttpRequest | None = context.get("request")
    known: Menu | None = getattr(request, "_site_menu", None)
    if known is not None:
        return known
    menu = make_menu(request)
    if request is not None:
        request._site_menu = menu  # type: ignore[attr-defined]  # a memo for this request's other templates
    return menu


def make_menu(request: HttpRequest | None) -> Menu:
    site = Site.find_for_request(request) if request else None
    if request is None or site is None:
        return Menu("/", "", ())
    archive_type = ArchivePage.__name__.lower()
    archive_url, items = "", []
    links = menu_links()
    asked = {f"link_{place}": it.shown() for place, it in enumerate(links) if it.shown}
    rows = public_pages(Page.objects.child_of(site.root_page)).select_related("content_type")
    children = list(rows.annotate(**asked))
    for page in children:
        is_archive = page.content_type.model == archive_type
        if not (is_archive or page.show_in_menus):
            continue
        url = page.get_url(request) or "/"
        archive_url = url if is_archive else archive_url
        items.append(MenuItem(page.title, url, _current(request.path, url)))
    for place, link in enumerate(links):
        if link.shown and not any(getattr(page, f"link_{place}") for page in children[:1]):
            continue
        items.append(MenuItem(str(link.label), link.url, _current(request.path, link.url)))
    return Menu(site.root_page.get_url(request) or "/", archive_url, tuple(items))


@register.simple_tag(takes_context=True)
def has_session(context: template.Context) -> bool:
    """Whether the visitor may be a member of staff. Asks for the cookie only: to ask who it is would
    make every public page vary by cookie, so that no cache could share it."""
    request: HttpRequest | None = context.get("request")
    if request is None:
        return False
    return settings.SESSION_COOKIE_NAME in request.COOKIES or getattr(request, "is_preview", False)


def _current(path: str, url: str) -> str:
    own = "/" + url.split("://")[-1].partition("/")[2] if "://" in url else url
    if path == own:
        return "page"
    return "true" if path.startswith(own) else ""
