"""Pango looks fonts up in a thread; a forked child has none until it makes a font map of its own."""

from __future__ import annotations

import subprocess
import sys

from django.conf import settings

# The parent prints once, forks, and the child prints the same and then in sizes nobody asked for before.
FORK = """
import os, signal, sys
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from cms.pdf import font_map

def printed(size):
    page = f"<style>p {{ font: {size}pt sans-serif }}</style><p>Words <b>bold</b> <i>italic</i>"
    return HTML(string=page).write_pdf(font_config=fonts)

fonts = FontConfiguration()
before = printed(10)
if os.fork() == 0:
    signal.alarm(20)  # a lost thread is waited for without end
    inherited = fonts.font_map
    font_map.renew(fonts)
    same = printed(10) == before and fonts.font_map != inherited
    sizes = [len(printed(size)) > 0 for size in (7.3, 23.1)]
    os._exit(0 if same and all(sizes) else 3)
_pid, status = os.wait()
sys.exit(os.waitstatus_to_exitcode(status))
"""


def test_a_forked_child_prints_in_fonts_that_its_parent_never_asked_for():
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", FORK],
        cwd=settings.BASE_DIR,
        env={"SOURCE_DATE_EPOCH": "1577836800", "PATH": "/usr/bin:/bin", "HOME": "/tmp"},
        timeout=60,
        check=False,
    )
    assert done.returncode == 0


def test_a_size_that_no_document_had_before_is_printed(pdf):
    assert pdf('<p style="font-size: 27.31pt">Large <b>and bold</b></p>').pages == 1
