"""How the tests of the hearing's own page name what they look at."""

from __future__ import annotations

from django.urls import reverse


def room(event) -> str:
    return reverse("events:room", args=[event.pk])


def url(name: str, presentation, *more) -> str:
    return reverse(f"events:{name}", args=[presentation.pk, *more])


def buttons(response) -> list[str]:
    [row] = response.context["rows"]
    names = ("confirm", "deliver", "change", "withdraw")
    return [name for name in names if getattr(row, f"can_{name}")]


def messages(response) -> list[str]:
    return [str(message).strip() for message in response.context["messages"]]


def form_data(person, *pages) -> dict[str, object]:
    data = {
        "speaker": person.pk,
        "role_title": "",
        "notes": "",
        "materials-TOTAL_FORMS": len(pages),
        "materials-INITIAL_FORMS": 0,
        "materials-MIN_NUM_FORMS": 0,
        "materials-MAX_NUM_FORMS": 1000,
    }
    for number, page in enumerate(pages):
        data |= {f"materials-{number}-page": page.pk, f"materials-{number}-ORDER": number + 1}
    return data
