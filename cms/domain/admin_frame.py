"""What every page of the admin asks about the member who opens it, in two queries where Wagtail takes five.

The first fetches the profile and what upper packages ask of each member, such as whether they speak anywhere; the
second all rights. Kept on the member for this request and no longer: a right that is taken away is gone with the
next one.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import Exists, OuterRef, Q
from wagtail.models import GroupSitePermission
from wagtail.permission_policies.sites import SitePermissionPolicy

from cms.models import User

RIGHTS_OF_SITES = "_has_rights_of_sites"
_marks: dict[str, Exists] = {}


def register_mark(name: str, exists: Exists) -> None:
    """`exists` says yes or no of each member, who is `OuterRef("pk")`; the answer is the attribute `name` of the
    member. Called in `AppConfig.ready()`."""
    _marks[name] = exists


def gather(member: Any) -> None:
    """Fetch it all for `member`, who is signed in. Twice changes nothing."""
    if hasattr(member, RIGHTS_OF_SITES):
        return
    site_rights = GroupSitePermission.objects.filter(group__user=OuterRef("pk"))
    marks = {**_marks, RIGHTS_OF_SITES: Exists(site_rights)}
    found = User.objects.select_related("wagtail_userprofile").annotate(**marks)
    fresh = found.filter(pk=member.pk).first()
    if fresh is None:  # deleted a moment ago
        return
    for name in marks:
        setattr(member, name, getattr(fresh, name))
    # None as well: otherwise each look at a profile that is not there asks again.
    profile = User._meta.get_field("wagtail_userprofile")
    profile.set_cached_value(member, profile.get_cached_value(fresh, default=None))  # type: ignore[attr-defined]
    if not getattr(member, RIGHTS_OF_SITES):
        setattr(member, SitePermissionPolicy.permission_cache_name, [])
    _keep_rights(member)


def _keep_rights(member: Any) -> None:
    """Own rights and those of the groups, where Django's `ModelBackend` looks for all of them together."""
    rights = Permission.objects.order_by()
    if not member.is_superuser:
        of_groups = Permission.objects.filter(group__user=member.pk)
        own = Permission.objects.filter(user=member.pk)
        rights = rights.filter(Q(pk__in=own.values("pk")) | Q(pk__in=of_groups.values("pk")))
    names = rights.values_list("content_type__app_label", "codename")
    member._perm_cache = {f"{app}.{codename}" for app, codename in names}
