"""Real Chromium against a live server: pages, sign-in, accessibility, and no complaint in the console."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.sessions.backends.db import SessionStore
from django.core.handlers.base import BaseHandler
from django.core.signals import request_finished, request_started
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    sync_playwright,
)

from cms.pdf import fonts

# Playwright's synchronous interface runs inside an event loop, in which Django refuses its database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

CHROMIUM_NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--font-render-hinting=none",
]
GRAVE = {"serious", "critical"}
# Wagtail tells the server when an editor is left; the word would arrive after the test's database is gone.
NO_FAREWELL = "navigator.sendBeacon = () => true"
EXPECTED_NOISE = (
    # The browser notes every answer that is not 2xx, also where the test asks for one.
    "Failed to load resource: the server responded with a status of",
    # The user bar's advice to editors, such as a missing search description.
    "axe.run results",
)


def chromium() -> str | None:
    """The system's, or None for the one that Playwright itself installed."""
    return next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


@pytest.fixture(scope="session", autouse=True)
def web_fonts() -> None:
    """Made once for an installation; a page that asks first would wait half a minute for them."""
    fonts.ensure_fonts()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def complaints() -> list[str]:
    """Errors that the console of `page` showed; a test that provokes one takes it off the list."""
    return []


@pytest.fixture
def answered(live_server) -> Iterator[Callable[[], None]]:
    """`answered()` waits until the server has finished every request."""
    running: set[int] = set()
    quiet = threading.Condition()

    def begin(**_signal) -> None:
        with quiet:
            running.add(threading.get_ident())

    def end(**_signal) -> None:
        with quiet:
            running.discard(threading.get_ident())
            quiet.notify_all()

    def wait() -> None:
        with quiet:
            assert quiet.wait_for(lambda: not running, timeout=60)

    request_started.connect(begin)
    request_finished.connect(end)
    yield wait
    request_started.disconnect(begin)
    request_finished.disconnect(end)


@pytest.fixture(autouse=True)
def only_scripts_and_styles_are_kept(monkeypatch) -> None:
    """A page that a browser may keep for a minute would be shown to the next test, of another database."""
    answer = BaseHandler.get_response  # which static files do not pass

    def fresh(handler: BaseHandler, request: HttpRequest) -> HttpResponseBase:
        response = answer(handler, request)
        response["Cache-Control"] = "no-store"
        return response

    monkeypatch.setattr(BaseHandler, "get_response", fresh)


@pytest.fixture(scope="session")
def context(browser: Browser, live_server) -> Iterator[BrowserContext]:
    """One for all tests: a context of one's own would read and compile every script anew, which takes
    longer than most tests."""
    context = browser.new_context(
        base_url=live_server.url,
        viewport={"width": 1280, "height": 900},
        locale="en-US",
        reduced_motion="reduce",
    )
    context.set_default_timeout(60_000)
    context.add_init_script(NO_FAREWELL)
    yield context
    context.close()


def forget(context: BrowserContext, origin: str) -> None:
    """What a test left in the browser, except for scripts and styles."""
    context.clear_cookies()
    page = context.new_page()
    session = context.new_cdp_session(page)
    stored = "local_storage,indexeddb,service_workers,cache_storage"
    session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": stored})
    page.close()


@pytest.fixture
def page(context: BrowserContext, live_server, complaints: list[str], answered) -> Iterator[Page]:
    """A page whose addresses are relative to the live server.

    The test fails when the console shows an error: a script's own, or one of the security policy.
    """

    def note(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(EXPECTED_NOISE):
            complaints.append(message.text)

    page = context.new_page()
    page.on("console", note)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    page.goto("about:blank")
    answered()
    for opened in context.pages:
        opened.close()
    forget(context, live_server.url)
    assert complaints == []


@pytest.fixture
def login(live_server) -> Callable[[Page, str], None]:
    """`login(page, username)` signs a user in without the form."""

    def sign_in(page: Page, username: str) -> None:
        user = get_user_model().objects.get(username=username)
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key}
        page.context.add_cookies([{**cookie, "url": live_server.url}])

    return sign_in


@pytest.fixture(scope="session")
def assert_accessible() -> Callable[..., None]:
    """`assert_accessible(page)`: axe finds nothing serious or critical.

    `without` names, by CSS selector, parts that are Wagtail's own and have a known fault.
    """
    axe = Axe()

    def check(page: Page, without: tuple[str, ...] = ()) -> None:
        context = {"exclude": [[selector] for selector in without]} if without else None
        # Of what passes axe would send each element with its text, which takes longer than the check.
        options = {"resultTypes": ["violations"]}
        violations = axe.run(page, context=context, options=options).response["violations"]
        grave = [
            f"{violation['id']} ({violation['impact']}): {node['html'][:200]}"
            for violation in violations
            if violation["impact"] in GRAVE
            for node in violation["nodes"]
        ]
        assert grave == []

    return check
