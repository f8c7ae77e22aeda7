"""The ground floor: shared nouns and engines."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = _("Content management")

    def ready(self) -> None:
        from wagtail.models import Page
        from wagtail.permissions import register_permission_policy

        from cms import checks, forms, signal_handlers  # noqa: F401  (registers system checks)
        from cms.domain.file_rights import register_policies
        from cms.domain.redirects import keep_batches_small
        from cms.pdf import checks as pdf_checks  # noqa: F401
        from cms.permissions import TreePolicy

        forms.register_fields()
        register_permission_policy(Page, TreePolicy())
        register_policies()
        keep_batches_small()
        signal_handlers.connect()
