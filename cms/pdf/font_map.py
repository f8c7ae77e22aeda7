"""Pango's font map after a fork.

Since 1.51, Pango asks fontconfig in a thread that lives as long as its font map. Threads do not survive a fork:
in a child, the first font that the parent had not looked up already would be waited for without end.
"""

from __future__ import annotations

from typing import Any

THREADED = 15_100
_abandoned: list[Any] = []


def outlives_a_fork() -> bool:
    """Whether a child may go on with the font map of its parent, and all that was looked up in it."""
    from weasyprint.text.ffi import pango

    return pango.pango_version() < THREADED


def renew(font_config: Any) -> None:
    """Give `font_config` (a `weasyprint.text.fonts.FontConfiguration`) a font map of this process's own.

    It knows the same fonts. The inherited map is kept: freeing it would wait for its thread.
    """
    from weasyprint.text.ffi import ffi, gobject, pangoft2

    inherited = font_config.font_map
    _abandoned.append(inherited)
    font_map = ffi.gc(pangoft2.pango_ft2_font_map_new(), gobject.g_object_unref)
    pangoft2.pango_fc_font_map_set_config(
        ffi.cast("PangoFcFontMap *", font_map), font_config._config
    )
    font_config.font_map = font_map
