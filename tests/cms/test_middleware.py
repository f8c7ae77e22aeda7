"""Each header is written out here, so that a change of policy is a change of this file; and the door of the admin."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse
from wagtail.models import GroupPagePermission, GroupSitePermission, Site
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permission_policies.sites import SitePermissionPolicy
from wagtail.users.models import UserProfile

from cms.domain.admin_frame import gather
from cms.enums import GroupName
from cms.middleware import SecurityHeadersMiddleware
from cms.models import ArchivePage, Branding, HomePage
from cms.permissions import TreePolicy
from tests.builders import make_user

PUBLIC_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; object-src 'none'"
)
PREVIEW_CSP = PUBLIC_CSP.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
ADMIN_CSP = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'self'; object-src 'none'; media-src 'self'; frame-src 'self'"
)
PERMISSIONS = (
    "browsing-topics=(), camera=(), display-capture=(), geolocation=(), microphone=(), "
    "payment=(), usb=()"
)


def security_headers(response) -> dict[str, str]:
    names = [
        "Content-Security-Policy",
        "Cross-Origin-Opener-Policy",
        "Cross-Origin-Resource-Policy",
        "Permissions-Policy",
        "Referrer-Policy",
        "X-Content-Type-Options",
        "X-Frame-Options",
    ]
    return {name: response.headers.get(name) for name in names}


def expected(*, csp: str, framing: str | None) -> dict[str, str]:
    return {
        "Content-Security-Policy": csp,
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": PERMISSIONS,
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": framing,
    }


def through_the_middleware(path: str, response: HttpResponse) -> HttpResponse:
    return SecurityHeadersMiddleware(lambda request: response)(RequestFactory().get(path))


@pytest.mark.django_db
def test_public_pages_are_strict(client):
    response = client.get("/no-such-page/")

    assert response.status_code == 404
    assert security_headers(response) == expected(csp=PUBLIC_CSP, framing="DENY")


@pytest.mark.django_db
def test_the_admin_gets_what_it_needs_to_work(client):
    client.force_login(get_user_model().objects.create_superuser("admin", password=None))
    response = client.get("/admin/")

    assert response.status_code == 200
    assert security_headers(response) == expected(csp=ADMIN_CSP, framing="DENY")


@pytest.mark.django_db
def test_a_preview_is_as_strict_as_the_page_but_may_be_framed_by_the_admin(client):
    client.force_login(get_user_model().objects.create_superuser("admin", password=None))
    home = HomePage.objects.get()
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[home.pk])
    client.post(address, {"title": "Home", "slug": "home", "introduction": "null"})
    response = client.get(address)

    assert response.status_code == 200
    assert security_headers(response) == expected(csp=PREVIEW_CSP, framing="SAMEORIGIN")


def test_static_files_carry_the_headers(client):
    response = client.get("/static/wagtailadmin/css/core.css")
    b"".join(response.streaming_content)  # the file is closed when it has been read

    assert response.status_code == 200
    assert security_headers(response) == expected(csp=PUBLIC_CSP, framing=None)


def test_a_policy_that_a_view_sets_stays():
    sandboxed = HttpResponse(headers={"Content-Security-Policy": "default-src 'none'; sandbox"})
    response = through_the_middleware("/documents/1/plan.pdf", sandboxed)

    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_path_that_only_begins_like_the_admin_is_public():
    response = through_the_middleware("/administration/", HttpResponse())

    assert response.headers["Content-Security-Policy"] == PUBLIC_CSP


@pytest.mark.parametrize(("status", "policy"), [(200, PUBLIC_CSP), (404, None), (500, None)])
def test_the_debug_pages_of_development_are_left_readable(settings, status, policy):
    settings.DEBUG = True
    response = through_the_middleware("/", HttpResponse(status=status))

    assert response.headers.get("Content-Security-Policy") == policy


@pytest.mark.django_db
def test_what_every_page_of_the_admin_asks_is_fetched_at_once(django_assert_num_queries):
    ann = make_user()
    ann.user_permissions.add(Permission.objects.get(codename="view_site"))
    plain, member = (get_user_model().objects.get(pk=ann.pk) for _number in range(2))

    with django_assert_num_queries(2):
        gather(member)
        gather(member)
    with django_assert_num_queries(0):
        held = member.get_all_permissions()
        assert not hasattr(member, "wagtail_userprofile")
        assert not SitePermissionPolicy(Branding).user_has_permission(member, "change")
    assert held == plain.get_all_permissions()
    assert "wagtailcore.view_site" in held
    UserProfile.get_for_user(ann)
    gather(plain)
    assert plain.wagtail_userprofile.user_id == ann.pk


@pytest.mark.django_db
def test_a_right_to_one_site_is_not_lost():
    ann = make_user()
    right = Permission.objects.get(codename="change_branding")
    site = Site.objects.get()
    GroupSitePermission.objects.create(group=ann.groups.get(), site=site, permission=right)
    member = get_user_model().objects.get(pk=ann.pk)
    gather(member)

    assert SitePermissionPolicy(Branding).user_has_permission(member, "change")


@pytest.mark.django_db
def test_a_right_that_is_taken_away_is_gone_with_the_next_page(client):
    ann = make_user()
    client.force_login(ann)
    images = reverse("wagtailimages:index")
    assert client.get(images).status_code == 200

    ann.groups.set([Group.objects.get(name=GroupName.SPEAKERS)])
    assert client.get(images).status_code == 302


@pytest.mark.django_db
def test_the_root_of_the_explorer_is_the_one_that_wagtail_finds(django_assert_num_queries):
    ann = make_user(group=GroupName.APPROVERS)
    for below in (False, True):
        if below:
            right = Permission.objects.get(codename="change_page")
            for page in (HomePage.objects.get(), ArchivePage.objects.get()):
                GroupPagePermission.objects.get_or_create(
                    group=ann.groups.get(), page=page, permission=right
                )
        one, other = (get_user_model().objects.get(pk=ann.pk) for _number in range(2))
        with django_assert_num_queries(1):
            root = TreePolicy().explorable_root_instance(one)
        assert root == PagePermissionPolicy().explorable_root_instance(other)
