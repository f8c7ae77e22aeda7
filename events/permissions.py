"""Names of the permissions that events ask for. `testimony` grants them to the groups by migration."""

from __future__ import annotations

VIEW_EVENT = "events.view_event"
ADD_EVENT = "events.add_event"
CHANGE_EVENT = "events.change_event"
ADD_PRESENTATION = "events.add_presentation"
CHANGE_PRESENTATION = "events.change_presentation"
DELIVER_PRESENTATION = "events.deliver_presentation"
VIEW_RECORD = "events.view_record"
ADD_POSITION = "events.add_position"  # propose one
CHANGE_POSITION = "events.change_position"  # put in force, withdraw
OVERRIDE_POSITION = "events.override_position"  # let one pass that has no authority
