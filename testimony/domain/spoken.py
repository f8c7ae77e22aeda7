"""Numbers and figures in words, as a speaker says them.

`say_figure` is for people to read, so it speaks only the languages whose words were checked by a reader;
elsewhere it says nothing rather than something wrong. `cardinal` and `year` serve the counting of words too, where
every language that Unicode has rules for is better than English.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from django.utils.translation import get_language
from unicode_rbnf import FormatPurpose, RbnfEngine

from testimony.enums import Scale, Unit
from testimony.formats import rounded_half_up
from testimony.models import Statistic

BEYOND_NAMES = 10**15  # the rules are chosen by floating point, which is exact to here
MONEY = frozenset({Unit.DOLLARS, Unit.DOLLARS_PER_HOUR})


@dataclass(frozen=True)
class Wording:
    """What stands around a number. Pairs are the forms for one and for many."""

    percent: str
    scales: dict[str, tuple[str, str]]
    dollars: tuple[str, str]
    cents: tuple[str, str]
    join: str
    of: str = ""  # between a scale and its noun: millones *de* dólares
    silent_one: frozenset[str] = frozenset()  # scales that say "one" by themselves: mil


WORDINGS = {
    "en": Wording(
        "percent",
        {
            Scale.THOUSAND: ("thousand", "thousand"),
            Scale.MILLION: ("million", "million"),
            Scale.BILLION: ("billion", "billion"),
        },
        ("dollar", "dollars"),
        ("cent", "cents"),
        "and",
    ),
    "es": Wording(
        "por ciento",
        {
            Scale.THOUSAND: ("mil", "mil"),
            Scale.MILLION: ("millón", "millones"),
            Scale.BILLION: ("mil millones", "mil millones"),
        },
        ("dólar", "dólares"),
        ("centavo", "centavos"),
        "con",
        of="de",
        silent_one=frozenset({Scale.THOUSAND, Scale.BILLION}),
    ),
    "vi": Wording(
        "phần trăm",
        {
            Scale.THOUSAND: ("nghìn", "nghìn"),
            Scale.MILLION: ("triệu", "triệu"),
            Scale.BILLION: ("tỷ", "tỷ"),
        },
        ("đô la", "đô la"),
        ("xu", "xu"),
        "",
    ),
}


def said_aloud(statistic: Statistic, language: str | None = None) -> str:
    """How a statistic is said: as its author wrote, or else as its figure reads in `language`."""
    return statistic.spoken or say_figure(
        statistic.value, statistic.unit, statistic.decimals, statistic.scale, language
    )


def say_figure(
    value: Decimal | None,
    unit: str,
    decimals: int,
    scale: str = Scale.NONE,
    language: str | None = None,
) -> str:
    """What `format_figure` prints, in words of `language` (the active one by default): 4.2 billion dollars
    is "four point two billion dollars". Empty where the value or the language is not known."""
    tongue = (language or get_language() or "en").split("-")[0]
    wording = WORDINGS.get(tongue)
    if value is None or wording is None:
        return ""
    rounded = rounded_half_up(value, decimals)
    words = _money if unit in MONEY else _count
    said = words(abs(rounded), scale, wording, tongue)
    sign = _minus(tongue) if rounded < 0 else ""
    percent = wording.percent if unit == Unit.PERCENT else ""
    return " ".join(part for part in (sign, said, percent) if part)


def _count(value: Decimal, scale: str, wording: Wording, language: str) -> str:
    if scale == Scale.NONE:
        return number(value, language)
    word = wording.scales[scale][value != 1]
    if value == 1 and scale in wording.silent_one:
        return word
    return f"{number(value, language, before_noun=True)} {word}"


def _money(value: Decimal, scale: str, wording: Wording, language: str) -> str:
    if scale != Scale.NONE:
        of = wording.of if scale != Scale.THOUSAND else ""
        return " ".join(
            filter(None, (_count(value, scale, wording, language), of, wording.dollars[1]))
        )
    cents = value * 100
    if cents != int(cents):
        return f"{number(value, language)} {wording.dollars[1]}"
    whole, rest = divmod(int(cents), 100)
    parts: list[str] = []
    if whole or not rest:
        parts = [number(Decimal(whole), language, before_noun=True), wording.dollars[whole != 1]]
    if rest:
        parts += [wording.join] if parts else []
        parts += [number(Decimal(rest), language, before_noun=True), wording.cents[rest != 1]]
    return " ".join(part for part in parts if part)


def number(value: Decimal, language: str, *, before_noun: bool = False) -> str:
    """A number that is not negative: "forty-seven point three". `before_noun` is for languages in which
    "one" agrees with what is counted: veintiún millones."""
    whole = int(value)
    if value == whole:
        return cardinal(whole, language, before_noun=before_noun)
    # Written out, never as 5E-7; closing zeros are not said.
    return _engine(language).format_number(f"{value:f}".rstrip("0")).text


def cardinal(number: int, language: str, *, before_noun: bool = False) -> str:
    """A whole number, not negative; digit by digit where names run out."""
    if number >= BEYOND_NAMES:
        return " ".join(cardinal(int(digit), language) for digit in str(number))
    said = _engine(language).format_number(number)
    form = "spellout-cardinal-masculine" if before_noun else said.text_ruleset
    return said.text_by_ruleset.get(form, said.text)


def year(number: int, language: str) -> str:
    """A year or the number of a bill, 1000 to 9999: "nineteen oh five", "twelve thirty-four"."""
    if _tongue(language) != "en":
        return cardinal(number, language)
    said = _engine("en").format_number(number, FormatPurpose.YEAR).text
    return said.replace("oh-", "oh ")


def ordinal(number: int, language: str) -> str:
    """ "twenty-first"; in other languages the number, which takes as long to say."""
    if _tongue(language) != "en" or number >= BEYOND_NAMES:
        return cardinal(number, language)
    return _engine("en").format_number(number, FormatPurpose.ORDINAL).text


def _minus(language: str) -> str:
    return _engine(language).format_number(-1).text.removesuffix(cardinal(1, language)).strip()


def _engine(language: str) -> RbnfEngine:
    return _load(_tongue(language))


@cache
def _tongue(language: str) -> str:
    """The language whose numbers are said: English where Unicode knows no better."""
    short = language.split("-")[0]
    return short if short in {"ar", "en", "es", "vi"} else "en"


@cache
def _load(language: str) -> RbnfEngine:
    return RbnfEngine.for_language(language)
