"""The demonstration: complete, believable, loaded once."""

from __future__ import annotations

import io

import pytest
from bs4 import BeautifulSoup
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import TestCase, override_settings
from django.test.utils import CaptureQueriesContext

from cms.models import ArchiveEntry, Branding, Issue, Person, User
from events.domain.agendas import shown
from events.domain.authority import authority_of
from events.enums import PresentationStatus
from events.models import Agenda, Event, Position, Presentation, Record, Vehicle
from testimony.demo.loader import ACCOUNTS, PASSWORD
from testimony.domain.cuts import cut
from testimony.domain.figures import superseded_in
from testimony.domain.naming import names_bill, states_position
from testimony.domain.printing import make_pdf
from testimony.domain.resolve import resolve
from testimony.models import FactSheetPage, Source, Statistic, TalkingPoint, TestimonyPage
from tests.test_scale import DOCUMENT_QUERIES

LOCAL_MEMORY = "django.core.cache.backends.locmem.LocMemCache"


def load() -> str:
    output = io.StringIO()
    call_command("load_demo", stdout=output)
    return output.getvalue()


class DemoTests(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        cls.output = load()

    def test_everything_that_was_promised_is_there(self):
        models = (Event, Person, TalkingPoint, TestimonyPage, FactSheetPage, Source, Statistic)
        assert [model.objects.count() for model in models] == [9, 8, 24, 11, 6, 12, 34]
        assert Issue.objects.filter(archive_entries__isnull=False).distinct().count() == 3
        languages = ArchiveEntry.objects.filter(language="es").values_list("kind", flat=True)
        assert sorted(languages) == ["fact-sheet", "testimony"]

    def test_positions_rest_on_planks_a_decision_and_one_exception(self):
        positions = Position.objects.with_authority().order_by("vehicle__identifier")
        assert [(it.vehicle.identifier, authority_of(it).kind) for it in positions] == [
            ("Docket HCD-0093", "override"),
            ("HB 1147", "plank"),
            ("Ordinance 418", "plank"),
            ("SB 212", "decision"),
        ]
        agenda = Agenda.objects.public().get()
        told = shown(agenda)
        assert [len(row.positions) for row in told.planks] == [1, 1, 0]
        assert [it.vehicle.identifier for it in told.decided] == ["SB 212"]
        assert [len(row.separately) for row in told.planks] == [0, 0, 1]
        assert (told.progress.passed, told.progress.pending) == (0, 3)
        assert Vehicle.objects.get(identifier="HB 1147").outcome == "passed_chamber"
        assert Vehicle.objects.get(identifier="Docket HCD-0093").questions.count() == 3

    def test_documents_are_in_different_stages(self):
        assert TestimonyPage.objects.live().count() == 7
        waiting = [page for page in TestimonyPage.objects.all() if page.workflow_in_progress]
        assert [page.slug for page in waiting] == ["sb-212-evidence"]
        assert TestimonyPage.objects.filter(live=False).count() == 4

    @override_settings(CACHES={"default": {"BACKEND": LOCAL_MEMORY}})
    def test_no_document_costs_more_queries_than_a_page_may(self):
        """As a server answers that is under way: pictures and addresses of the site are known."""
        asked = {}
        for model in (TestimonyPage, FactSheetPage):
            for page in model.objects.live():
                self.client.get(page.url)
                with CaptureQueriesContext(connection) as queries:
                    assert self.client.get(page.url).status_code == 200
                asked[page.slug] = len(queries)
        assert {slug: count for slug, count in asked.items() if count > DOCUMENT_QUERIES} == {}
        assert len(asked) == 13

    def test_past_presentations_have_records_and_coming_ones_do_not(self):
        delivered = Presentation.objects.filter(status=PresentationStatus.DELIVERED)
        assert delivered.count() == 5
        assert set(Record.objects.values_list("presentation", flat=True)) == set(
            delivered.values_list("pk", flat=True)
        )

    def test_a_record_says_which_of_its_figures_a_later_one_superseded(self):
        record = Record.objects.get(page__slug="hb-1147-family-nursing")
        found = superseded_in(record.payload)
        assert [(it.then, it.now) for it in found] == [("24%", "27%")]
        html = BeautifulSoup(self.client.get(record.url).content, "html.parser")
        (correction,) = html.select(".corrections li")
        assert "Superseded by a later figure: 24% when said, 27% today." in " ".join(
            correction.get_text().split()
        )
        page = TestimonyPage.objects.get(slug="hb-1147-family-nursing")
        assert "27% of private industry workers" in resolve(page).text

    def test_every_testimony_has_a_minute_that_holds_bill_position_and_ask(self):
        for page in TestimonyPage.objects.all():
            newest = page.get_latest_revision_as_object()
            minute = cut(newest, seconds=60)
            said = " ".join(block.text for block in minute.blocks)
            assert minute.meter.over_by == 0, page.slug
            if newest.language == "en":
                assert names_bill(newest, said), page.slug
                assert states_position(newest, said), page.slug
            assert "ask" in {block.marked.kind for block in minute.blocks}, page.slug

    def test_site_says_that_it_is_fictional(self):
        assert "fictional" in Branding.objects.get().notice
        assert "fictional" in self.client.get("/").content.decode()

    def test_accounts_can_sign_in(self):
        for username, group in ACCOUNTS.items():
            assert self.client.login(username=username, password=PASSWORD)
            user = User.objects.get(username=username)
            assert [g.name for g in user.groups.all()] == [group.value]
            # In the county's zone: nobody there reads by the clock of Greenwich.
            assert user.wagtail_userprofile.current_time_zone == "America/Chicago"

    def test_no_published_document_has_a_gap(self):
        for model in (TestimonyPage, FactSheetPage):
            for page in model.objects.live():
                assert 'class="gap' not in resolve(page, show_gaps=True).html, page.title

    def test_every_fact_sheet_prints_on_two_pages(self):
        sheets = FactSheetPage.objects.live()
        assert {page.slug: make_pdf(page).pages for page in sheets} == {
            page.slug: 2 for page in sheets
        }

    def test_loading_again_changes_nothing(self):
        page = TestimonyPage.objects.live().first()
        page.title = "Changed by me"
        page.save_revision().publish()
        assert "already loaded" in load()
        page.refresh_from_db()
        assert page.title == "Changed by me"
        assert TestimonyPage.objects.count() == 11


@pytest.mark.django_db
@override_settings(ROSTRUM_DEMO_ALLOWED=False)
def test_demo_is_refused_outside_development():
    with pytest.raises(CommandError, match="development settings only"):
        load()


@pytest.mark.django_db
def test_demo_is_refused_where_there_is_content():
    User.objects.create_user("somebody")
    with pytest.raises(CommandError, match="holds content of its own"):
        load()
