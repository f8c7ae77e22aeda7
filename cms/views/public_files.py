"""Pictures and documents in the admin: instead of "no permission", why a public file stays as it is, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.localization import get_localized_response
from wagtail.models import Page, ReferenceIndex

from cms.domain.file_rights import CHANGE, DELETE, policy_of
from cms.domain.visibility import public_pages_with
from cms.models import Attachment, Branding, CreditedImage

LISTS = {CreditedImage: "wagtailimages:index", Attachment: "wagtaildocs:index"}
VIEWS: dict[str, tuple[type[Model], str]] = {
    "wagtailimages:edit": (CreditedImage, CHANGE),
    "wagtailimages:image_usage": (CreditedImage, CHANGE),
    "wagtailimages:delete": (CreditedImage, DELETE),
    "wagtaildocs:edit": (Attachment, CHANGE),
    "wagtaildocs:document_usage": (Attachment, CHANGE),
    "wagtaildocs:delete": (Attachment, DELETE),
}


@dataclass(frozen=True)
class Place:
    """Something that holds a file. `address` is where the public reads it, "" for what is not a public page."""

    title: str
    kind: str
    edit_url: str
    address: str


def places_of(file: Model, user: Any) -> list[Place]:
    """Public pages first. Wagtail keeps no references of settings, so the logo of a site is asked for."""
    finder = AdminURLFinder(user)
    public = {page.pk: page for page in public_pages_with(file)}
    found = []
    for holder, _references in ReferenceIndex.get_grouped_references_to(file):
        page = public.get(holder.pk) if isinstance(holder, Page) else None
        found.append(
            Place(
                title=str(holder),
                kind=str(holder._meta.verbose_name),
                edit_url=finder.get_edit_url(holder) or "",
                address=(page.get_url() or "") if page else "",
            )
        )
    if isinstance(file, CreditedImage):
        for branding in Branding.objects.filter(logo=file):
            edit_url = finder.get_edit_url(branding) or ""
            kind = str(branding._meta.verbose_name)
            found.append(Place(_("Logo of the site"), kind, edit_url, ""))
    return sorted(found, key=lambda place: not place.address)


def explain(request: HttpRequest, view_name: str, kwargs: Mapping[str, Any]) -> HttpResponse | None:
    """The answer where a view of Wagtail would change or delete a file that is kept; None to go on to the view."""
    model, action = VIEWS.get(view_name, (None, ""))
    if model is None or not request.user.has_perm("wagtailadmin.access_admin"):
        return None
    (number,) = kwargs.values()
    file = model._default_manager.filter(pk=number).first()
    if file is None or not policy_of(model).keeps(request.user, action, file):
        return None
    return get_localized_response(_refusal, request, file, action)


def _refusal(request: HttpRequest, file: Model, action: str) -> TemplateResponse:
    context = {
        "file": file,
        "is_picture": isinstance(file, CreditedImage),
        "to_delete": action == DELETE,
        "places": places_of(file, request.user),
        "listing": LISTS[type(file)],
    }
    return TemplateResponse(request, "cms/admin/public_file.html", context, status=403)
