"""What a visitor meets where there is nothing, or nothing for them."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from cms.urls import urlpatterns as own


def forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("A word that nobody may read")


def missing(request: HttpRequest) -> HttpResponse:
    raise Http404("A word that nobody may read")


urlpatterns = [
    path("test-forbidden/", forbidden),
    path("test-broken/", broken),
    path("test-missing/", missing),
    *own,
]


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("address", "status", "heading"),
    [
        ("/test-forbidden/", 403, "This page is not open to you"),
        ("/test-missing/", 404, "This page is not here"),
        ("/test-broken/", 500, "Something went wrong on our side"),
    ],
)
def test_errors_are_said_in_words(address, status, heading):
    response = Client(raise_request_exception=False).get(address)
    html = response.content.decode()

    assert response.status_code == status
    assert html.count(f"<h1>{heading}</h1>") == 1
    assert "A word that nobody may read" not in html


@pytest.mark.django_db
def test_a_form_that_is_out_of_date_is_refused_in_words():
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "ann"})

    assert response.status_code == 403
    assert response.content.decode().count("<h1>This form is out of date</h1>") == 1
