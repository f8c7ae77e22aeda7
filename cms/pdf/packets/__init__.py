"""Packets: documents that were rendered before, put together as one PDF that keeps their tags.

`assembly.assemble` is the entrance. Whoever imports it loads pikepdf, so import it where it is used.
"""
