"""A version for other people remembers its original, and takes or declines what the original changes."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from wagtail.management.commands.purge_revisions import purge_revisions
from wagtail.models import PageLogEntry, PageSubscription

from cms.enums import GroupName
from testimony.domain.adaptation import (
    DECLINED,
    TAKEN,
    AdaptationRefused,
    behind_for,
    changes,
    count_versions,
    decline,
    take,
)
from testimony.domain.adapting import derive
from testimony.domain.originals import draft_words, public_words
from testimony.models import Derivation, DerivationLoop, FactSheetPage, TalkingPoint, TestimonyPage
from testimony.models.derivation import type_of
from tests.builders import (
    make_event,
    make_fact_sheet,
    make_point,
    make_statistic,
    make_testimony,
    make_user,
    paragraph,
)

pytestmark = pytest.mark.django_db
FOR = {"kind": "local", "for_whom": "Harbor"}


@pytest.fixture
def author():
    return make_user("author")


@pytest.fixture
def original(author):
    event = make_event()
    body = [paragraph("<p>One.</p>"), paragraph("<p>Two.</p>"), ("ask", "<p>Vote yes.</p>")]
    page = make_testimony(
        "On leave", body, event=event, vehicle=event.vehicle, salutation="Chair:", user=author
    )
    PageSubscription.objects.create(page=page, user=author, comment_notifications=True)
    return page


@pytest.fixture
def version(original, author):
    return fresh(derive(original, **FOR, user=author))


def fresh(item):
    return type(item).objects.get(pk=item.pk)


def ids(page) -> list[str]:
    return [block["id"] for block in draft_words(fresh(page)).blocks]


def rewrite(page, *, publish: bool = True, texts: dict[int, str] | None = None, **fields):
    """Change blocks by their place and fields, as an editor does."""
    draft = fresh(page).get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(draft, name, value)
    if texts:
        stored = draft.body.get_prep_value()
        for place, text in texts.items():
            stored[place] = {**stored[place], "value": text}
        draft.body = draft.body.stream_block.to_python(stored)
    revision = draft.save_revision()
    if publish:
        revision.publish()
    return fresh(page)


def body(page) -> list[str]:
    return [block["value"] for block in draft_words(fresh(page)).blocks]


def behind(page) -> bool:
    return Derivation.objects.behind().of_child(page).exists()


# Deriving


def test_a_version_is_a_draft_of_the_published_words_for_other_people(original, author):
    rewrite(original, publish=False, texts={0: "<p>Waiting draft.</p>"})
    version = fresh(derive(fresh(original), **FOR, user=author))

    assert (version.title, version.live, version.owner) == ("On leave — for Harbor", False, author)
    assert (version.event, version.speaker, version.date, version.salutation) == (
        None,
        None,
        None,
        "",
    )
    assert (version.vehicle, version.position) == (original.vehicle, "support")
    assert list(version.issues.all()) == list(original.issues.all())
    assert body(version) == ["<p>One.</p>", "<p>Two.</p>", "<p>Vote yes.</p>"]
    assert ids(version) == [block.id for block in original.body]
    assert (version.alias_of, version.subscribers.count()) == (None, 0)
    derivation = Derivation.objects.get()
    assert (derivation.child, derivation.parent) == (version, original)
    assert (derivation.base_revision, derivation.created_by) == (original.live_revision, author)
    assert changes(version) == []


def test_a_point_and_a_fact_sheet_may_be_adapted_too(author):
    point = make_point("Leave pays", "<p>It pays.</p>", audience="press")
    sheet = make_fact_sheet("Who has leave", [paragraph("<p>Few.</p>")], ask="<p>Vote.</p>")
    first = fresh(derive(point, kind="audience", for_whom="nurses", user=author))
    second = fresh(derive(sheet, kind="shorter", for_whom="", user=author))

    assert (type(first), first.title, first.text, first.audience, first.owner, first.live) == (
        TalkingPoint,
        "Leave pays — for nurses",
        "<p>It pays.</p>",
        "press",
        author,
        False,
    )
    assert (type(second), second.title, second.headline, second.ask) == (
        FactSheetPage,
        "Who has leave — shorter version",
        "Few do.",
        "<p>Vote.</p>",
    )


def test_what_never_was_published_is_adapted_from_its_newest_draft(author):
    draft = make_testimony("Draft", [paragraph("<p>Old.</p>")], live=False)
    draft = rewrite(draft, publish=False, texts={0: "<p>New.</p>"})
    version = derive(draft, **FOR, user=author)

    assert body(version) == ["<p>New.</p>"]
    rewrite(draft, texts={0: "<p>Public.</p>"})
    assert [change.after["value"] for change in changes(fresh(version))] == ["<p>Public.</p>"]


def test_references_keep_following_or_their_pin(author):
    point, statistic = make_point(), make_statistic()
    blocks = [("talking_point", {"point": point, "mode": "pinned", "pin": None}),
              ("statistic", {"statistic": statistic, "emphasis": ""})]  # fmt: skip
    original = make_testimony(body=blocks)
    version = derive(original, **FOR, user=author)

    assert draft_words(fresh(version)).blocks == public_words(original).blocks


def test_only_who_may_add_may_adapt(original):
    speaker = make_user("speaker", GroupName.SPEAKERS)
    with pytest.raises(PermissionDenied):
        derive(original, **FOR, user=speaker)
    with pytest.raises(PermissionDenied):
        derive(make_point(), **FOR, user=speaker)
    with pytest.raises(PermissionDenied):
        derive(make_statistic(), **FOR, user=make_user("ann"))

    assert Derivation.objects.count() == 0


def test_versions_have_versions_but_never_in_a_circle(original, version, author):
    grandchild = derive(version, kind="shorter", for_whom="radio", user=author)
    loop = Derivation(
        child_type=type_of(original),
        child_id=original.pk,
        parent_type=type_of(grandchild),
        parent_id=grandchild.pk,
    )

    with pytest.raises(DerivationLoop):
        loop.save()
    assert grandchild.title == "On leave — for Harbor — for radio"


# The original changes


def test_a_published_change_puts_every_version_behind_and_a_draft_none(original, version, author):
    other = derive(original, kind="shorter", for_whom="", user=author)
    rewrite(original, publish=False, texts={0: "<p>Secret.</p>"})
    assert (behind(version), changes(version)) == (False, [])

    rewrite(original, texts={0: "<p>Won.</p>"})
    assert (behind(version), behind(other), count_versions(original)) == (True, True, (2, 2))
    assert [(c.path, c.is_clean) for c in changes(version)] == [(f"body.{ids(original)[0]}", True)]
    assert list(behind_for(author)) == list(Derivation.objects.order_by("-behind_since", "-pk"))
    assert list(behind_for(make_user("ann"))) == []


def test_what_is_not_part_of_the_words_puts_none_behind(original, version):
    rewrite(original, search_description="Else", salutation="Madam Chair:")

    assert (behind(version), changes(version)) == (False, [])


def test_a_change_that_is_taken_back_is_offered_no_more(original, version):
    rewrite(original, texts={0: "<p>Won.</p>"})
    rewrite(original, texts={0: "<p>One.</p>"})

    assert (behind(version), changes(version)) == (False, [])


def test_an_untouched_version_that_takes_everything_reads_as_the_original(
    original, version, author
):
    block = {"type": "heading", "value": "New", "id": "6f8f9d3a-0000-4000-8000-000000000001"}
    draft = fresh(original)
    stored = draft.body.get_prep_value()
    stored = [block, {**stored[2], "value": "<p>Vote now.</p>"}, stored[0]]
    rewrite(original, title="On paid leave", summary="Short.", position="oppose",
            body=draft.body.stream_block.to_python(stored))  # fmt: skip
    offered = changes(version)

    assert {change.is_clean for change in offered} == {True}
    take(version, offered, author)
    version = fresh(version)
    assert version.live is False
    now, own = public_words(fresh(original)), draft_words(version)
    assert own.fields == {**now.fields, "title": "On paid leave — for Harbor"}
    assert own.blocks == now.blocks
    assert (behind(version), changes(version)) == (False, [])
    assert Derivation.objects.get().base_revision == fresh(original).live_revision


def test_own_words_are_shown_beside_the_change_and_stay_until_somebody_takes_it(
    original, version, author
):
    version = rewrite(version, publish=False, texts={0: "<p>Ours.</p>"})
    rewrite(original, texts={0: "<p>Won.</p>", 1: "<p>Too.</p>"})
    first, second = changes(version)
    values = (first.before["value"], first.after["value"], first.own["value"])
    assert values == ("<p>One.</p>", "<p>Won.</p>", "<p>Ours.</p>")
    assert (first.is_clean, second.is_clean) == (False, True)

    take(version, [second], author)
    assert body(version) == ["<p>Ours.</p>", "<p>Too.</p>", "<p>Vote yes.</p>"]
    assert (behind(version), changes(fresh(version))) == (True, [first])
    take(fresh(version), [first], author)
    assert body(version) == ["<p>Won.</p>", "<p>Too.</p>", "<p>Vote yes.</p>"]
    assert behind(version) is False


def test_what_was_declined_is_offered_again_only_when_it_changes_anew(original, version, author):
    rewrite(original, texts={0: "<p>Won.</p>", 1: "<p>Too.</p>"})
    first, second = changes(version)
    decline(version, author, "", [first])
    assert (behind(version), changes(version)) == (True, [second])

    decline(version, author, "Harbor has no such case.")
    assert (behind(version), changes(version)) == (False, [])
    rewrite(original, texts={1: "<p>Also.</p>"})
    assert [change.after["value"] for change in changes(version)] == ["<p>Also.</p>"]
    assert body(version) == ["<p>One.</p>", "<p>Two.</p>", "<p>Vote yes.</p>"]


def test_answers_are_kept_in_the_history(original, version, author):
    rewrite(original, texts={0: "<p>Won.</p>", 1: "<p>Too.</p>"})
    take(version, changes(version)[:1], author)
    decline(fresh(version), author, "  Not here. ")

    entries = PageLogEntry.objects.filter(page=version.pk, action__in=(TAKEN, DECLINED))
    assert [(e.action, e.user, e.data, e.message) for e in entries.order_by("pk")] == [
        (
            TAKEN,
            author,
            {"original": "On leave", "count": 1},
            "Took 1 change of “On leave”",
        ),
        (
            DECLINED,
            author,
            {"original": "On leave", "count": 1, "reason": "Not here."},
            "Left 1 change of “On leave” out",
        ),
    ]
    assert entries.get(action=DECLINED).comment == "Not here."


def test_what_has_changed_meanwhile_is_not_taken(original, version, author):
    rewrite(original, texts={0: "<p>Won.</p>"})
    seen = changes(version)
    rewrite(version, publish=False, texts={0: "<p>Ours.</p>"})

    with pytest.raises(AdaptationRefused, match="changed meanwhile"):
        take(fresh(version), seen, author)
    assert body(version)[0] == "<p>Ours.</p>"


def test_taking_asks_for_the_right_to_edit_and_for_an_open_version(original, version, author):
    rewrite(original, texts={0: "<p>Won.</p>"})
    offered = changes(version)
    with pytest.raises(AdaptationRefused, match="may not edit"):
        take(version, offered, make_user("speaker", GroupName.SPEAKERS))
    with pytest.raises(AdaptationRefused, match="may not edit"):
        decline(version, make_user("guest", GroupName.SPEAKERS), "No.")
    version.get_workflow().start(version, author)
    with pytest.raises(AdaptationRefused, match="in review"):
        take(fresh(version), offered, author)

    assert body(version)[0] == "<p>One.</p>"


def test_a_point_takes_the_words_of_its_original(author):
    point = make_point("Leave pays", "<p>It pays.</p>")
    version = fresh(derive(point, **FOR, user=author))
    point.refresh_from_db()
    point.title, point.text = "Leave pays off", "<p>It pays off.</p>"
    point.save_revision().publish()
    assert behind(version) is True

    take(version, changes(version), author)
    draft = fresh(version).get_latest_revision_as_object()
    assert (draft.title, draft.text) == ("Leave pays off — for Harbor", "<p>It pays off.</p>")
    assert (draft.live, behind(version)) == (False, False)


# Withdrawing and deleting


def test_an_original_that_is_unpublished_offers_nothing_until_it_is_back(original, version):
    original = rewrite(original, texts={0: "<p>Won.</p>"})
    original.unpublish()
    assert (behind(version), changes(version)) == (False, [])

    fresh(original).save_revision().publish()
    assert (behind(version), len(changes(version))) == (True, 1)


def test_versions_outlive_their_original(original, version, author):
    rewrite(original, texts={0: "<p>Won.</p>"})
    fresh(original).delete()

    derivation = Derivation.objects.get()
    assert (derivation.child, derivation.parent, derivation.parent_title) == (
        version,
        None,
        "On leave",
    )
    assert (derivation.base_revision, behind(version), changes(version)) == (None, False, [])
    decline(version, author, "Gone.")


def test_the_version_that_is_deleted_is_remembered_no_more(version):
    version.delete()

    assert (Derivation.objects.count(), TestimonyPage.objects.count()) == (0, 1)


def test_purging_old_versions_spares_what_an_adapted_version_is_in_step_with(original, version):
    base = Derivation.objects.get().base_revision
    for number in range(3):
        rewrite(original, texts={0: f"<p>{number}</p>"})
    purge_revisions()

    assert Derivation.objects.get().base_revision == base
    assert [change.before["value"] for change in changes(version)] == ["<p>One.</p>"]


def marks(page) -> dict:
    return fresh(page).get_latest_revision_as_object().cuts


def test_a_block_that_is_taken_brings_what_it_is_worth_unless_the_version_says_otherwise(
    original, version, author
):
    one, two, _ask = ids(original)
    rewrite(version, publish=False, cuts={two: {"rank": "keep"}})
    rewrite(
        original,
        texts={0: "<p>One, new.</p>", 1: "<p>Two, new.</p>"},
        cuts={one: {"rank": "first"}, two: {"rank": "first"}},
    )

    take(fresh(version), changes(fresh(version)), author)

    assert marks(version) == {one: {"rank": "first"}, two: {"rank": "keep"}}
