"""How the printed parts become one file. Upper packages register recipes of their own in `AppConfig.ready()`."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from django.utils import translation

from cms.domain.visibility import default_site
from cms.models import Branding, PrintJob, PrintJobItem
from cms.pdf import identity
from cms.pdf.choices import PrintChoices
from cms.pdf.packets.parts import PART_URL, Plan
from cms.pdf.registry import PdfDocument


class Recipe:
    """A plain list: a page of contents, then the parts."""

    name = ""
    template = "cms/print/selection.html"
    holds = False  # whether a part that failed stops the rest until somebody decides

    def trusts(self, job: PrintJob, obj: Any) -> bool:
        """Whether `obj` may be printed for the owner because of what the job is about."""
        return False

    def back_url(self, job: PrintJob) -> str:
        """The page of the admin that the job was started from."""
        return ""

    def author(self, job: PrintJob) -> str:
        """Whose file it is, for its metadata."""
        return branding().organization_name

    def front(self, job: PrintJob, items: list[PrintJobItem], plan: Plan) -> PdfDocument | None:
        """What stands before the parts; `items` and the placements of `plan` go together."""
        choices = choices_of(job)
        with translation.override(job.language):
            context = {**self.paper(job, choices), **self.context(job, items, plan)}
        return PdfDocument(
            kind=self.name or "selection",
            template=self.template,
            context=context,
            title=job.title,
            language=job.language,
            filename=f"{job.filename}.pdf",
            draft=job.is_draft,
            choices=choices,
        )

    def paper(self, job: PrintJob, choices: PrintChoices) -> dict[str, Any]:
        """Whose paper it is. Without a clock, also for drafts: the same parts make the same packet."""
        context = identity.letterhead(branding(), draft=job.is_draft)
        return {
            **context,
            "printed_date": None,
            "logo": context["logo"] if choices.branded else None,
        }

    def context(self, job: PrintJob, items: list[PrintJobItem], plan: Plan) -> dict[str, Any]:
        return {"job": job, "contents": contents(items, plan)}


def branding() -> Branding:
    site = default_site()
    return Branding.for_site(site) if site else Branding()


def choices_of(job: PrintJob) -> PrintChoices:
    return read_choices(job.choices)


def read_choices(query: str) -> PrintChoices:
    """As `PrintChoices.query()` wrote them."""
    return PrintChoices.from_query(dict(parse_qsl(query.removeprefix("?"))))


def contents(items: list[PrintJobItem], plan: Plan) -> list[dict[str, Any]]:
    """Rows of a contents list; a new heading where the group changes."""
    rows: list[dict[str, Any]] = []
    before = ""
    for number, (item, place) in enumerate(zip(items, plan.placements, strict=True), start=1):
        rows.append(
            {
                "heading": item.group if item.group != before else "",
                "title": item.title,
                "url": f"{PART_URL}{number}",
                "page": place.first,
                "draft": item.is_draft,
                "outside": place.part.outside,
                "apart": bool(before) and not item.group,
            }
        )
        before = item.group
    return rows


_plain = Recipe()
_recipes: dict[str, Recipe] = {}


def register_recipe(recipe: Recipe) -> None:
    if not recipe.name or recipe.name in _recipes:
        raise ValueError(f"A recipe needs a name of its own, not {recipe.name!r}.")
    _recipes[recipe.name] = recipe


def recipe_of(job: PrintJob) -> Recipe:
    return _recipes[job.recipe] if job.recipe else _plain
