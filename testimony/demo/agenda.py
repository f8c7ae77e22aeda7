"""Loads the demo's adopted agenda, the positions that rest on it, one exception, outcomes, and a docket's questions."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from cms.models import Issue, User
from events.domain.positions import current_version, override, put_in_force
from events.models import Agenda, Event, Plank, Position, Vehicle, VehicleAction, VehicleQuestion
from testimony.demo.reader import table

EARLIEST_DAYS = 120  # nothing in the files is older: the agenda covers all of it


class AgendaDemo:
    def __init__(
        self,
        *,
        users: dict[str, User],
        issues: dict[str, Issue],
        vehicles: dict[str, Vehicle],
        events: dict[str, Event],
    ) -> None:
        self.users, self.issues = users, issues
        self.vehicles, self.events = vehicles, events
        self.today = timezone.localdate()
        self.planks: dict[str, Plank] = {}

    def load(self) -> None:
        content = table("agenda")
        self._agenda(content["agenda"], content["planks"])
        self._docket(content["docket"])
        for row in content["histories"]:
            self._history(row)
        for row in content["positions"]:
            self._position(row)

    def _day(self, offset: int) -> dt.date:
        return self.today + dt.timedelta(days=offset)

    def _agenda(self, row: dict[str, Any], planks: list[dict[str, Any]]) -> None:
        first = self._day(-EARLIEST_DAYS).year
        years = f"{first}" if first == self.today.year else f"{first}–{self.today.year}"
        agenda = Agenda(
            **{**row, "title": f"{row['title']} {years}"},
            period_from=dt.date(first, 1, 1),
            period_to=dt.date(self.today.year, 12, 31),
            adopted_on=dt.date(first - 1, 12, 15),
        )
        agenda.full_clean()
        agenda.save()
        for order, item in enumerate(planks):
            plank = Plank(agenda=agenda, number=item["number"], text=item["text"], sort_order=order)
            plank.issues.set([self.issues[key] for key in item["issues"]])
            plank.save()
            self.planks[item["number"]] = plank

    def _position(self, row: dict[str, Any]) -> None:
        """The stance came with the vehicle; here it gets what it rests on."""
        vehicle = self.vehicles[row["vehicle"]]
        position = Position.objects.get(vehicle=vehicle)
        position.recorded_by = self.users["author"]
        position.taken_on = self._day(row["day_offset"])
        position.version = current_version(vehicle)
        position.plank = self.planks.get(row.get("plank", ""))
        for name in ("decision", "decided_by", "decision_url"):
            setattr(position, name, row.get(name, ""))
        if "decided_on_offset" in row:
            position.decided_on = self._day(row["decided_on_offset"])
        position.save()
        if "override" in row:
            override(position, user=self.users["approver"], reason=row["override"])
        else:
            put_in_force(position, user=self.users["approver"])

    def _history(self, row: dict[str, Any]) -> None:
        vehicle = self.vehicles[row["vehicle"]]
        if "outcome" in row:
            vehicle.outcome, vehicle.outcome_note = row["outcome"], row["outcome_note"]
            vehicle.outcome_on = self._day(row["outcome_day_offset"])
            vehicle.outcome_url = row.get("outcome_url", "")
            vehicle.save()
        for action in row["actions"]:
            VehicleAction.objects.create(
                vehicle=vehicle, taken_on=self._day(action["day_offset"]), text=action["text"]
            )

    def _docket(self, row: dict[str, Any]) -> None:
        vehicle = self.vehicles[row["vehicle"]]
        vehicle.docket_id, vehicle.document_name = row["docket_id"], row["document_name"]
        vehicle.comment_opens_on = self._day(row["opens_day_offset"])
        event = self.events[row["event"]]
        vehicle.comment_closes_at, vehicle.comment_timezone = event.starts_at, event.timezone
        vehicle.full_clean()
        vehicle.save()
        for order, question in enumerate(row["questions"]):
            VehicleQuestion.objects.create(vehicle=vehicle, sort_order=order, **question)
