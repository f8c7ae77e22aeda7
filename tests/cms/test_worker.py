"""Where tasks wait and nobody does them, staff are told."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import checks
from django.core.checks.registry import registry
from django.test import RequestFactory
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from cms.domain import worker
from cms.pdf.waiting import InTheMaking
from cms.views.pdf import in_the_making
from tests.builders import make_user

pytestmark = pytest.mark.django_db
DATABASE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@task()
def nothing() -> None:
    return


@pytest.fixture
def waiting_task(settings) -> DBTaskResult:
    """One that has waited for two minutes."""
    settings.TASKS = DATABASE
    nothing.enqueue()
    DBTaskResult.objects.update(enqueued_at=ago(120))
    return DBTaskResult.objects.get()


def ago(seconds: int) -> dt.datetime:
    return timezone.now() - dt.timedelta(seconds=seconds)


def shown(user) -> str:
    request = RequestFactory().get("/x/pdf/")
    request.user = user
    return in_the_making(request, InTheMaking(by_worker=True)).content.decode()


def test_a_task_that_nobody_begins_gives_it_away(waiting_task):
    (said,) = [
        one
        for one in registry.run_checks(tags=[checks.Tags.database], databases=["default"])
        if one.id == "rostrum.W003"
    ]
    staff, visitor = shown(make_user()), shown(AnonymousUser())

    assert "the worker is not running" in said.msg
    assert ("manage.py db_worker" in staff, "manage.py" in visitor) == (True, False)
    assert "This takes longer than usual" in visitor


@pytest.mark.parametrize("change", [
    {"enqueued_at": 10}, {"status": "SUCCESSFUL", "finished_at": 500},
    {"status": "RUNNING", "started_at": 100},
])  # fmt: skip
def test_a_worker_that_is_at_work_is_not_missed(waiting_task, change):
    fields = {name: value if name == "status" else ago(value) for name, value in change.items()}
    if "started_at" in change:  # one runs, another waits for it
        nothing.enqueue()
        DBTaskResult.objects.exclude(pk=waiting_task.pk).update(**fields)
    else:
        DBTaskResult.objects.update(**fields)

    assert worker.is_silent() is False


def test_one_that_ended_in_the_middle_of_a_task_is_missed(waiting_task):
    nothing.enqueue()
    left = DBTaskResult.objects.exclude(pk=waiting_task.pk)
    left.update(status="RUNNING", started_at=ago(900))

    assert worker.is_silent() is True


def test_where_tasks_are_done_on_the_spot_there_is_none():
    assert worker.is_silent() is False
