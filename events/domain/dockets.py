"""Identifiers of federal rulemakings: advice in words where one does not look like others, never a refusal.

Shapes: regulations.gov names dockets AGENCY-YEAR-NUMBER, with parts between them at some agencies
(EPA-HQ-OAR-2021-0317, FDA-2013-N-0521); a RIN is four digits, a dash, two letters and two digits or letters
(reginfo.gov); the Federal Register is cited by volume and page. States and counties have their own.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from events.models import Vehicle

DOCKET = re.compile(r"[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*-(?:19|20)\d{2}(?:-[A-Z]{1,3})?-\d{3,6}")
RIN = re.compile(r"\d{4}-[A-Z]{2}[A-Z0-9]{2}")
CITATION = re.compile(r"\d{1,3} (?:FR|Fed\. Reg\.) \d{1,3},?\d{1,6}")


def advice(vehicle: Vehicle) -> list[tuple[str, str]]:
    """Field and sentence for each identifier that looks unlike others of its kind."""
    if not vehicle.is_docket:
        return []
    found = []
    federal = bool(vehicle.rin or vehicle.fr_citation)  # other governments name theirs as they like
    if federal and vehicle.docket_id and not DOCKET.fullmatch(vehicle.docket_id.strip()):
        words = _(
            "“%(value)s” does not look like a docket ID of regulations.gov, such as CMS-2024-0131. "
            "Under a wrong one a comment is misfiled: look at the notice again."
        )
        found.append(("docket_id", words % {"value": vehicle.docket_id}))
    if vehicle.rin and not RIN.fullmatch(vehicle.rin.strip()):
        words = _(
            "“%(value)s” does not look like a RIN, such as 0938-AV33: look at the notice again."
        )
        found.append(("rin", words % {"value": vehicle.rin}))
    if vehicle.fr_citation and not CITATION.fullmatch(vehicle.fr_citation.strip()):
        words = _("“%(value)s” does not look like volume, FR and page, such as 89 FR 26218.")
        found.append(("fr_citation", words % {"value": vehicle.fr_citation}))
    return found
