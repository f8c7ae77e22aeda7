"""WSGI entry point of the production server."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")
application = get_wsgi_application()

from cms.checks import refuse_to_start  # noqa: E402  (needs the apps, which are loaded above)
from cms.domain.site_address import follow_setting_if_possible  # noqa: E402

refuse_to_start()
follow_setting_if_possible()
