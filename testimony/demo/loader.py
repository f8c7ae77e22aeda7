"""Loads the demo: a fictional county health department with real figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.contrib.auth.models import Group
from django.core.files.images import ImageFile
from django.utils import timezone
from wagtail.users.models import UserProfile

from cms.enums import GroupName
from cms.models import (
    ArchivePage,
    Branding,
    CreditedImage,
    HomePage,
    Issue,
    Organization,
    Person,
    StandardPage,
    User,
)
from events.domain.presentations import add_presentation, confirm, deliver, withdraw
from events.domain.times import local_to_utc
from events.enums import PresentationStatus
from events.models import Event, Vehicle
from testimony.demo.adaptations import adapt_documents
from testimony.demo.agenda import AgendaDemo
from testimony.demo.bodies import load_bodies
from testimony.demo.changes import change_library
from testimony.demo.documents import Documents
from testimony.demo.hearings import change_hearings, open_comment_periods
from testimony.demo.library import Library
from testimony.demo.message_maps import load_message_maps
from testimony.demo.reader import FOLDER, rows, table
from testimony.demo.terms import load_terms

PASSWORD = "rostrum-demo"  # noqa: S105  (printed by bin/demo; exists under development settings only)
ACCOUNTS = {
    "author": GroupName.AUTHORS,
    "approver": GroupName.APPROVERS,
    "admin": GroupName.ADMINISTRATORS,
}
OFFICE = {"admin": ("Wren", "Abbott")}  # who has an account and never speaks; the others are people
SATURDAY = 5

Progress = Callable[[str], None]


class Demo:
    """`load()` fills an installation that holds nothing but what the migrations made."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress

    def load(self) -> None:
        self.progress("Accounts and people")
        self._accounts()
        self._people()
        self.progress("Branding and pages")
        self._branding()
        self._pages()
        self.progress("Bodies, bills and events")
        self._events()
        self.progress("Sources, statistics, talking points and message maps")
        self._library()
        self.progress("Agenda, positions and outcomes")
        AgendaDemo(
            users=self.users, issues=self.issues, vehicles=self.vehicles, events=self.events
        ).load()
        self.progress("Testimony and fact sheets")
        self._documents()
        self.progress("Presentations and records of what was delivered")
        self._presentations()
        self.progress("Hearings that were moved and cancelled, and who sees to deadlines")
        change_hearings(self.events, self.users, _day)
        self.progress("Changes in the library")
        change_library(self.library)
        adapt_documents(self.documents)

    def _accounts(self) -> None:
        self.users: dict[str, User] = {}
        zone = table("organization")["staff"]["timezone"]
        for username, group in ACCOUNTS.items():
            first, last = OFFICE.get(username, ("", ""))
            user = User(username=username, first_name=first, last_name=last)
            user.email = f"{username}@larkmoor.example"
            user.set_password(PASSWORD)
            user.save()
            user.groups.add(Group.objects.get(name=group))
            UserProfile.objects.create(user=user, current_time_zone=zone)
            self.users[username] = user

    def _people(self) -> None:
        self.organizations = {
            row["key"]: Organization.objects.create(**_fields(row, "name acronym kind url"))
            for row in rows("organizations")
        }
        names = "name sort_name honorific pronunciation role_title email phone bio"
        self.people: dict[str, Person] = {}
        for row in rows("people"):
            user = self.users.get(row["account"])
            if user:
                user.first_name, _space, user.last_name = row["name"].rpartition(" ")
                user.save()
            self.people[row["key"]] = Person.objects.create(
                organization=self.organizations.get(row["organization"]),
                user=user,
                **_fields(row, names),
            )

    def _branding(self) -> None:
        row = table("organization")["branding"]
        branding = Branding.objects.get()
        with (FOLDER / row["logo"]).open("rb") as file:
            branding.logo = CreditedImage.objects.create(
                title=row["logo_title"],
                description=row["logo_description"],
                credit=row["logo_credit"],
                file=ImageFile(file, name=row["logo"]),
            )
        names = "organization_name tagline notice primary_color accent_color contact_name"
        for name, value in _fields(row, f"{names} contact_email contact_phone").items():
            setattr(branding, name, value)
        branding.letterhead_lines = "\n".join(row["letterhead_lines"])
        branding.address = "\n".join(row["address"])
        branding.full_clean()
        branding.save()

    def _pages(self) -> None:
        content = table("organization")
        home, archive = HomePage.objects.get(), ArchivePage.objects.get()
        for page, row in ((home, content["home"]), (archive, content["archive"])):
            page.title, page.introduction = row["title"], " ".join(row["introduction"].split())
            self._publish(page)
        for row in content["pages"]:
            page = StandardPage(**_fields(row, "title slug introduction"), live=False)
            page.body = " ".join(row["body"].split())
            page.show_in_menus = True
            home.add_child(instance=page)
            self._publish(page)

    def _publish(self, page) -> None:
        page.save_revision(user=self.users["admin"]).publish(user=self.users["admin"])

    def _events(self) -> None:
        self.bodies = load_bodies()
        self.vehicles = {
            row["key"]: Vehicle.objects.create(
                body=self.bodies.get(row["body"]),
                **_fields(row, "kind identifier title version position url"),
            )
            for row in rows("vehicles")
        }
        names = "kind title timezone place video_url speaking_limit_seconds status notes"
        self.events = {
            row["key"]: Event.objects.create(
                body=self.bodies.get(row["body"]),
                vehicle=self.vehicles.get(row["vehicle"]),
                starts_at=local_to_utc(
                    dt.datetime.combine(_day(row), row["local_time"]), row["timezone"]
                ),
                **_fields(row, names),
                **self._details(row.get("details", {})),
            )
            for row in rows("events")
        }
        open_comment_periods(self.events)

    def _details(self, row: dict) -> dict:
        """What only one kind of event has; keys of people and organizations become what they name."""
        found = {"press_contact": self.people, "host": self.organizations}
        return {name: found[name][it] if name in found else it for name, it in row.items()}

    def _library(self) -> None:
        self.issues: dict[str, Issue] = {}
        for row in rows("issues"):
            self.issues[row["key"]] = Issue.objects.update_or_create(
                slug=row["slug"],
                defaults={
                    **_fields(row, "name description"),
                    "synonyms": "\n".join(row["synonyms"]),
                },
            )[0]
        owners = {key: person.user for key, person in self.people.items() if person.user}
        self.library = Library(
            user=self.users["author"],
            publisher=self.users["approver"],
            owners=owners,
            people=self.people,
            issues=self.issues,
        )
        self.library.load()
        load_message_maps(self.library)
        load_terms(self.organizations)

    def _documents(self) -> None:
        self.documents = Documents(
            user=self.users["author"],
            publisher=self.users["approver"],
            library=self.library,
            issues=self.issues,
            people=self.people,
            vehicles=self.vehicles,
            events=self.events,
        )
        self.documents.load()

    def _presentations(self) -> None:
        user = self.users["approver"]
        for row in rows("events"):
            event = self.events[row["key"]]
            for item in row["presentations"]:
                presentation = add_presentation(
                    event,
                    speaker=self.people[item["speaker"]],
                    pages=[self.documents.pages[key] for key in item["materials"]],
                    user=user,
                )
                status = item["status"]
                if status in {PresentationStatus.CONFIRMED, PresentationStatus.DELIVERED}:
                    confirm(presentation, user=user)
                if status == PresentationStatus.DELIVERED:
                    self.progress(f"Record of {presentation.speaker}")
                    deliver(presentation, user=user, delivered_at=event.starts_at)
                if status == PresentationStatus.WITHDRAWN:
                    withdraw(presentation, user=user)


def _fields(row: dict, names: str) -> dict:
    return {name: row[name] for name in names.split()}


def _day(row: dict) -> dt.date:
    """Today plus the offset, moved away from today when it falls on a weekend."""
    day = timezone.localdate() + dt.timedelta(days=row["day_offset"])
    step = dt.timedelta(days=1 if row["day_offset"] > 0 else -1)
    while row["weekdays_only"] and day.weekday() >= SATURDAY:
        day += step
    return day
