"""Words of a Markdown source and words of the blocks made of it, to be compared."""

from __future__ import annotations

import re
from collections import Counter

from bs4 import BeautifulSoup

WORD = re.compile(r"[^\W_]+")
NOTE_MARK = re.compile(r"\[\^([^\] \n]+)\]")
FENCE_NAME = re.compile(r"(`{3,}|~{3,})[ \t]*(plaintext|plain|text|txt)\b")
ENTITY = re.compile(r"\w*&#?\w+;\w*")


def words(text: str) -> Counter[str]:
    return Counter(WORD.findall(text))


def letters(text: str) -> Counter[str]:
    return Counter("".join(WORD.findall(text)))


def spoken_source(source: str) -> str:
    """`source` without what is mark-up: note marks, the name of a fence, characters written as &entities;."""
    return ENTITY.sub(" ", FENCE_NAME.sub(" ", NOTE_MARK.sub(" ", source)))


def rich_text(html: str) -> str:
    """What a reader gets from rich text: notes, addresses of links and the numbers of lists included."""
    soup = BeautifulSoup(html, "html.parser")
    for embed in soup.find_all("embed"):
        embed.replace_with(f" {embed['text']} ")
    for numbered in soup.find_all("ol"):
        for number, item in enumerate(numbered.find_all("li", recursive=False), start=1):
            item.insert(0, f" {number} ")
    for link in soup.find_all("a"):
        link.append(f" {link['href']} ")
    for element in soup.find_all(["p", "li", "blockquote", "br"]):
        element.insert_before(" ")
        element.insert_after(" ")
    return soup.get_text()


def block_text(blocks: list[dict]) -> str:
    return "\n".join(
        rich_text(block["value"]) if block["type"] == "paragraph" else block["value"]
        for block in blocks
    )
