"""Changes at the door of the room: one tap, logged, on the speaker's own page."""

from __future__ import annotations

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from cms.models import Person
from events.domain.arrangements import Arrangement
from events.domain.day_of import set_limit, set_remote, undo_limit
from events.domain.errors import PresentationRefused
from events.domain.last_change import last_change
from events.domain.limits import limit_of
from events.domain.presentations import add_presentation, confirm, withdraw
from events.models import Body, DayOfChange, Event, Presentation
from tests.builders import make_event


@pytest.fixture
def today(db):
    start = timezone.now() + dt.timedelta(hours=1)
    url = "https://video.example/1"
    return make_event(starts_at=start, speaking_limit_seconds=180, video_url=url)


@pytest.fixture
def speaking(today, person, page, author):
    return add_presentation(today, person, user=author, pages=[page])


@pytest.fixture
def staff(client, author):
    client.force_login(author)
    return client


def tap(client, event, **answers):
    return client.post(reverse("events:day_of", args=[event.pk]), answers, follow=True)


def limits(event) -> list[str]:
    event = Event.objects.get(pk=event.pk)
    return [limit_of(event, item).words for item in event.presentations.all()]


def test_one_tap_cuts_everybody_s_limit_and_one_gives_it_back(staff, today, speaking, author):
    lin, kim = Person.objects.create(name="Lin Park"), Person.objects.create(name="Kim Ode")
    for speaker, own in ((lin, 300), (kim, 30)):
        arrangement = Arrangement(limit_seconds=own)
        add_presentation(today, speaker, user=author, arrangement=arrangement)
    cut = tap(staff, today, limit="60")

    assert limits(today) == ["1:00", "1:00", "0:30"]
    assert "Everybody: The limit is 1 minute now." in cut.text
    assert "Raise limit to 3 minutes" in cut.text
    tap(staff, today, limit="180")
    assert limits(today)[0] == "3:00"


def test_one_speaker_alone_gets_another_limit(staff, today, speaking, author):
    add_presentation(today, Person.objects.create(name="Lin Park"), user=author)
    tap(staff, today, limit="120", presentation=speaking.pk)

    assert limits(today) == ["2:00", "3:00"]


def test_remote_now_is_for_everybody_or_one_and_needs_the_link(staff, today, speaking, author):
    add_presentation(today, Person.objects.create(name="Lin Park"), user=author)
    by_video = Presentation.objects.order_by("pk").values_list("is_remote", flat=True)
    tap(staff, today, remote="yes", presentation=speaking.pk)
    assert list(by_video.all()) == [True, False]
    tap(staff, today, remote="yes")
    assert list(by_video.all()) == [True, True]
    tap(staff, today, remote="no")
    assert list(by_video.all()) == [False, False]

    Event.objects.update(video_url="")
    told = tap(staff, today, remote="yes")
    assert "Add the video link to the event first: speakers need it." in told.text


def test_each_change_is_in_the_log_and_is_the_speaker_s_last_change(today, speaking, author):
    assert last_change(speaking) is None
    confirm(speaking, user=author)
    assert last_change(speaking).words == "You are on the list of speakers."
    set_limit(today, 60, user=author)
    assert last_change(speaking).words == "The limit is 1 minute now."
    set_remote(today, True, user=author, presentation=speaking)
    assert last_change(speaking).words == "You speak by video now."

    entries = ModelLogEntry.objects.filter(action__startswith="events.day_of").order_by("pk")
    assert [str(entry.formatter.format_message(entry)) for entry in entries] == [
        "Limit of 1 minute from now on: everybody",
        "By video from now on: Ada Okafor",
    ]


def test_what_concerns_another_speaker_is_not_mine(today, speaking, author):
    lin = add_presentation(today, Person.objects.create(name="Lin Park"), user=author)
    set_limit(today, 60, user=author, presentation=lin)

    assert last_change(speaking) is None


def test_what_is_over_or_not_offered_is_refused(today, speaking, author, speaker_user):
    with pytest.raises(PresentationRefused, match="none of those that are offered"):
        set_limit(today, 59, user=author)
    with pytest.raises(PermissionDenied):
        set_limit(today, 60, user=speaker_user)
    withdraw(speaking, user=author)
    with pytest.raises(PresentationRefused, match="over or withdrawn"):
        set_limit(today, 60, user=author, presentation=speaking)
    assert DayOfChange.objects.count() == 0


@pytest.mark.parametrize("answers", [{"limit": "x"}, {"limit": "9" * 40}, {"presentation": "x"}])
def test_a_forged_form_changes_nothing(staff, today, speaking, answers):
    assert tap(staff, today, **answers).status_code == 200
    assert DayOfChange.objects.count() == 0


@pytest.mark.parametrize(("hours", "offered"), [(-30, 0), (-20, 2), (30, 2), (40, 0)])
def test_the_taps_are_offered_on_the_day_only(staff, today, speaking, hours, offered):
    today.starts_at = timezone.now() + dt.timedelta(hours=hours)
    today.save()
    response = staff.get(reverse("events:room", args=[today.pk]))

    assert len(response.context["on_the_day"]) == offered


def test_speakers_are_offered_none_and_may_not(client, today, speaking, speaker_user):
    client.force_login(speaker_user)
    response = client.get(reverse("events:room", args=[today.pk]))

    assert response.context["on_the_day"] == []
    assert tap(client, today, limit="60").redirect_chain != []
    assert limits(today) == ["3:00"]


def test_one_tap_undoes_the_cut_and_gives_each_limit_back(staff, today, speaking, author):
    lin = Person.objects.create(name="Lin Park")
    add_presentation(today, lin, user=author, arrangement=Arrangement(limit_seconds=300))
    told = tap(staff, today, limit="60")
    change = DayOfChange.objects.get()
    assert limits(today) == ["1:00", "1:00"]
    assert f'name="undo" value="{change.pk}"' in told.text

    undone = tap(staff, today, undo=change.pk)

    assert limits(today) == ["3:00", "5:00"]
    assert "Everybody: The limit is 3 minutes now." in undone.text
    assert 'name="undo"' not in undone.text
    assert last_change(speaking).words == "The limit is 3 minutes now."
    entry = ModelLogEntry.objects.get(action="events.day_of.undo")
    said = str(entry.formatter.format_message(entry))
    assert said == "The limit as it was before, 3 minutes: everybody"


def test_the_limit_of_the_body_holds_again_after_undoing(staff, today, speaking):
    today.body.speaking_limit_seconds = 240
    today.body.save()
    Event.objects.update(speaking_limit_seconds=None)
    tap(staff, today, limit="60")
    tap(staff, today, undo=DayOfChange.objects.get().pk)

    assert (limits(today), Event.objects.get().speaking_limit_seconds) == (["4:00"], None)


def test_one_speaker_s_cut_is_undone_alone(staff, today, speaking):
    told = tap(staff, today, limit="60", presentation=speaking.pk)
    assert f'<input type="hidden" name="presentation" value="{speaking.pk}">' in told.text
    tap(staff, today, undo=DayOfChange.objects.get().pk, presentation=speaking.pk)

    speaking.refresh_from_db()
    assert (limits(today), speaking.limit_seconds) == (["3:00"], None)


def test_what_was_changed_since_is_not_undone(staff, today, speaking):
    tap(staff, today, limit="60")
    first = DayOfChange.objects.get()
    tap(staff, today, limit="120")

    told = tap(staff, today, undo=first.pk)

    assert "The limit was changed since then" in told.text
    assert limits(today) == ["2:00"]
    newest = DayOfChange.objects.first()
    Event.objects.update(speaking_limit_seconds=600)
    with pytest.raises(PresentationRefused, match="changed since then"):
        undo_limit(newest, user=speaking.changed_by)
    assert staff.post(reverse("events:day_of", args=[today.pk]), {"undo": "x"}).status_code == 404


@pytest.mark.parametrize(("hours", "is_folded"), [(30, True), (-1, False)])
def test_before_the_day_the_taps_are_folded_away(staff, today, speaking, hours, is_folded):
    today.starts_at = timezone.now() + dt.timedelta(hours=hours)
    today.save()
    page = BeautifulSoup(staff.get(reverse("events:room", args=[today.pk])).content, "html.parser")
    button = page.select_one('.room button[name="limit"]')

    assert (button.find_parent("details") is not None) == is_folded


def test_undoing_where_there_was_no_limit_says_so(staff, today, speaking):
    Event.objects.update(speaking_limit_seconds=None)
    Body.objects.update(speaking_limit_seconds=None)
    tap(staff, today, limit="60")
    tap(staff, today, undo=DayOfChange.objects.get().pk)

    entry = ModelLogEntry.objects.get(action="events.day_of.undo")
    said = str(entry.formatter.format_message(entry))
    assert said == "No limit again, as it was before: everybody"
