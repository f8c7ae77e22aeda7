"""Signals in, domain calls out: each body is a line or two."""

from __future__ import annotations

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_delete, post_migrate, post_save, pre_save

from events import triggers
from events.domain import comment_periods, positions, versions, windows
from events.models import Body, DeadlineRule, Event, HolidayOverride, Record, Vehicle


def guard_records(sender: AppConfig, using: str, **kwargs: object) -> None:
    """A migration that rebuilds the table on SQLite loses its triggers: put them back."""
    triggers.install(connections[using])


def vehicle_to_be_saved(sender, instance, update_fields, raw: bool = False, **kwargs) -> None:
    if not raw:
        versions.remember_version(instance, update_fields)


def vehicle_saved(sender, instance, raw: bool = False, **kwargs) -> None:
    if not raw:
        versions.keep_version(instance)
        positions.keep_stance(instance)


def record_saved(sender, instance, **kwargs) -> None:
    versions.settle_delivered(instance)


def follow_event(sender: type, instance: Event, raw: bool = False, **kwargs: object) -> None:
    if not raw:
        windows.recompute(instance)
        comment_periods.follow(instance)


def follow_body(sender: type, instance: Body, created: bool, raw: bool, **kwargs: object) -> None:
    if not (created or raw):
        windows.follow_body(instance)


def follow_rule(sender: type, instance: DeadlineRule, raw: bool = False, **kwargs: object) -> None:
    if not raw:
        windows.follow_body_of(instance)


def follow_holiday(
    sender: type, instance: HolidayOverride, raw: bool = False, **kwargs: object
) -> None:
    if not raw:
        windows.follow_holidays(instance.jurisdiction)


def connect(sender: AppConfig) -> None:
    """Called once by `EventsConfig.ready()`."""
    post_migrate.connect(guard_records, sender=sender, dispatch_uid="events.guard_records")
    pre_save.connect(vehicle_to_be_saved, sender=Vehicle, dispatch_uid="events.vehicle_to_be_saved")
    post_save.connect(vehicle_saved, sender=Vehicle, dispatch_uid="events.vehicle_saved")
    post_save.connect(record_saved, sender=Record, dispatch_uid="events.record_saved")
    post_save.connect(follow_event, sender=Event, dispatch_uid="events.follow_event")
    post_save.connect(follow_body, sender=Body, dispatch_uid="events.follow_body")
    for signal, name in ((post_save, "saved"), (post_delete, "deleted")):
        signal.connect(follow_rule, sender=DeadlineRule, dispatch_uid=f"events.rule_{name}")
        signal.connect(follow_holiday, sender=HolidayOverride, dispatch_uid=f"events.day_{name}")
