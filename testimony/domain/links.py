"""Do the addresses of sources still work? One bad day proves nothing; two do, and so does "gone".

`check_source` asks and stores the answer. What documents say of their sources' links is read from there.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django_tasks import task
from wagtail.models import Page

from testimony.domain.link_requests import Answer, ask
from testimony.enums import LinkState, UseState
from testimony.models import LinkCheck, LinkReason, Source, Use

GONE = {404, 410}
# The site is there and will not talk to a program: no word on whether the page is.
KEEPS_OUT = {401, 402, 403, 405, 406, 407, 418, 429, 451, 999}
# No request was made, or it says nothing about the page.
NO_VERDICT = {LinkReason.KEPT_OUT, LinkReason.NOT_PUBLIC, LinkReason.MALFORMED}
RECHECK_HOURS = 20  # less than a day, so that a daily run finds everything due


def reason_of(answer: Answer) -> LinkReason:
    """What a status means for a reader who follows the link."""
    status = answer.status
    if status is None:
        return answer.reason or LinkReason.NO_CONNECTION
    if status in GONE:
        return LinkReason.MISSING
    if status in KEEPS_OUT:
        return LinkReason.KEPT_OUT
    return LinkReason.ANSWERED if 200 <= status < 400 else LinkReason.SERVER


def judge(
    reason: LinkReason, *, first_failed_at: dt.datetime | None, now: dt.datetime, was: str
) -> tuple[LinkState, dt.datetime | None]:
    """The state after a check that ended with `reason`, and since when the link fails."""
    if reason == LinkReason.ANSWERED:
        return LinkState.OK, None
    if reason in NO_VERDICT:
        # Yesterday's verdict stands: a site that bars programs today did not bring a page back.
        dead = was == LinkState.DEAD
        return (LinkState.DEAD, first_failed_at) if dead else (LinkState.UNKNOWN, None)
    since = first_failed_at or now
    again = timezone.localdate(since) != timezone.localdate(now)
    dead = reason == LinkReason.MISSING or again or was == LinkState.DEAD
    return (LinkState.DEAD if dead else LinkState.UNKNOWN), since


def check_source(source: Source, *, request: Callable[[str], Answer] = ask) -> LinkCheck:
    """Ask for the address of `source` and store the answer."""
    before = LinkCheck.objects.filter(source=source, url=source.url).first()
    answer = request(source.url)
    reason, now = reason_of(answer), timezone.now()
    state, since = judge(
        reason,
        first_failed_at=before.first_failed_at if before else None,
        now=now,
        was=before.state if before else LinkState.UNKNOWN,
    )
    values = {
        "url": source.url,
        "state": state,
        "reason": reason,
        "status": answer.status,
        "checked_at": now,
        "first_failed_at": since,
    }
    return LinkCheck.objects.update_or_create(source=source, defaults=values)[0]


def due_sources(*, everything: bool = False) -> QuerySet[Source]:
    """Sources with an address whose last check is a day old, belongs to another address, or never was."""
    sources = Source.objects.exclude(url="").order_by("pk")
    if everything:
        return sources
    old = timezone.now() - dt.timedelta(hours=RECHECK_HOURS)
    unknown = Q(link_check=None) | Q(link_check__checked_at__lt=old)
    return sources.filter(unknown | ~Q(link_check__url=F("url")))


def check_links(
    sources: QuerySet[Source], *, request: Callable[[str], Answer] = ask
) -> Iterator[tuple[Source, LinkCheck]]:
    """One after the other: an office has hundreds of sources, and no site is asked twice at once."""
    for source in sources.iterator(chunk_size=200):
        yield source, check_source(source, request=request)


def dead_checks() -> QuerySet[LinkCheck]:
    """Dead links of the addresses that sources have now."""
    return (
        LinkCheck.objects.filter(state=LinkState.DEAD, url=F("source__url"))
        .select_related("source")
        .order_by("-first_failed_at", "source__title")
    )


def pages_using(source_ids: Iterable[int], *, among: QuerySet[Page]) -> dict[int, list[Page]]:
    """Documents of `among` that show the sources, drafts and what they show through statistics and talking
    points included, by source. Two queries, however many."""
    uses = (
        Use.objects.in_pages()
        .filter(item_type=ContentType.objects.get_for_model(Source), item_id__in=set(source_ids))
        .filter(state__in=[UseState.LIVING, UseState.DRAFT])
        .values_list("item_id", "page_id")
        .distinct()
    )
    pairs = list(uses)
    pages = among.filter(pk__in={page for _source, page in pairs}).in_bulk()
    found: dict[int, list[Page]] = defaultdict(list)
    for source_id, page_id in pairs:
        if page_id in pages:
            found[source_id].append(pages[page_id])
    for listed in found.values():
        listed.sort(key=lambda page: page.title)
    return found


def dead_links_of(page: Page) -> list[LinkCheck]:
    """Dead links of the sources that `page` or its draft shows. One query."""
    uses = Use.objects.filter(
        page_id=page.pk, item_type=ContentType.objects.get_for_model(Source)
    ).values("item_id")
    return list(dead_checks().filter(source_id__in=uses))


@task()
def check_due_links() -> int:
    """What a schedule enqueues; the number of links that were looked at."""
    return sum(1 for _checked in check_links(due_sources()))


@task()
def check_link(source_id: int) -> None:
    """One source, for example right after its address was changed."""
    source = Source.objects.filter(pk=source_id).exclude(url="").first()
    if source is not None:
        check_source(source)
