"""The page from which something is printed: which paper, and how."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from cms.pdf.menu import offers
from cms.pdf.twins.menu import FileOffer, files_of
from cms.pdf.twins.registry import PDF


class PrintMenuView(WagtailAdminTemplateMixin, TemplateView):
    """Subclasses say what is printed, where its PDFs are and whether the reader may have them."""

    template_name = "cms/admin/print_menu.html"
    page_title = gettext_lazy("More ways to print")
    header_icon = "download"
    obj: Model

    def printed(self) -> Model:
        """What is printed. Raises PermissionDenied or Http404."""
        raise NotImplementedError

    def pdf_url(self) -> str:
        raise NotImplementedError

    def file_url(self, ending: str) -> str:
        """Where a Word document or plain text is; "" where none is offered."""
        return ""

    def is_draft(self) -> bool:
        """Whether its files are marked as drafts."""
        return False

    def draft_words(self) -> str:
        """Said beside files that are marked as drafts."""
        return _("Draft: not approved")

    def files(self) -> list[FileOffer]:
        def url_of(ending: str) -> str:
            return self.pdf_url() if ending == PDF else self.file_url(ending)

        return files_of(self.obj, url_of, draft=self.is_draft())

    def get_page_subtitle(self) -> str:
        return str(self.obj)

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        self.obj = self.printed()
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "title": str(self.obj),
            "offers": offers(self.obj),
            "pdf_url": self.pdf_url(),
            "files": self.files(),
            "draft_words": self.draft_words(),
        }
