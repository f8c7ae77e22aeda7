"""A text in the words that are heard when somebody reads it out.

What is decided here, since readers differ:

- A hyphenated compound is one word: "forty-seven", "long-term". "and/or" is two.
- A number of four digits without a comma reads as a year or a bill does: 2019 "twenty nineteen", HB 1234
  "H B twelve thirty-four", 2000 "two thousand". 1,234 is a count.
- Capitals are spelled, CDC "C D C", unless people say them as a word (`SAID_AS_WORDS`). A whole line in capitals is
  a heading, not a row of abbreviations.
- "$1.25" has dollars and cents, "$1.25 million" does not. "5–10" is "five to ten".
- Other languages say numbers by Unicode's rules where it has them and by the English ones where not.

Reading takes time in proportion to the text, whatever the text holds: tokens are short, and no pattern can backtrack
further than one token.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

from testimony.domain.spoken import cardinal, number, ordinal, year

SAID_AS_WORDS = frozenset(
    {"AIDS", "CHIP", "COBRA", "COVID", "DACA", "ERISA", "FAFSA", "FEMA", "HIPAA", "HUD", "LIHEAP"}
    | {"MERS", "NAFTA", "NASA", "NATO", "NICU", "OSHA", "SARS", "SIDS", "SNAP", "STEM", "SWAT"}
    | {"TANF", "UNESCO", "UNICEF", "VAWA", "WIC", "ZIP"}
)
BILLS = frozenset(
    {"AB", "HB", "HCR", "HF", "HJR", "HR", "LB", "LD", "SB", "SCR", "SF", "SJR", "SR"}
)
# What is said for a mark; a language that is not here has the English words, which are as many.
MARKS = "%&–+=#$€£¢§@."
SIGNS = {
    language: dict(zip(MARKS, words.split("|"), strict=True))
    for language, words in {
        "en": "percent|and|to|plus|equals|number|dollars|euros|pounds|cents|section|at|point",
        "es": "por ciento|y|a|más|igual a|número|dólares|euros|libras|centavos|sección|arroba|punto",
        "vi": "phần trăm|và|đến|cộng|bằng|số|đô la|euro|bảng|xu|mục|a còng|chấm",
        "ar": "بالمئة|و|إلى|زائد|يساوي|رقم|دولار|يورو|جنيه|سنت|القسم|آت|نقطة",
    }.items()
}
MILLIONS = frozenset({"mil millones", "millones", "millón"})  # in Spanish, *of* what they count
MAGNITUDES = {"k": "thousand", "m": "million", "b": "billion", "bn": "billion"}
SPOKEN_MARKS = frozenset(MARKS) - frozenset("–.")
LONGEST = 80  # a longer token is no word, and counts as one

DIGITS = r"\d+(?:[.,]\d+)*"
NUMBER = re.compile(
    rf"(?P<sign>[-−+])?(?:US)?(?P<money>[$€£])?(?P<digits>{DIGITS})"
    r"(?P<end>%|st|nd|rd|th|s|\.?[ºª]|bn|[kKmMbB])?\Z"
)
RANGE = re.compile(r"([^-–—]+)[-–—]([^-–—]+)\Z")
DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})\Z|(\d{1,2})/(\d{1,2})/(\d{2,4})\Z")
CLOCK = re.compile(r"(\d{1,2}):(\d{2})([ap]m)?\Z", re.IGNORECASE)
FRACTION = re.compile(r"(\d{1,4})[/⁄](\d{1,3})\Z")
ACRONYM = re.compile(r"(?:[A-Z]\.?){2,5}(s?)\Z")
DOTTED = re.compile(r"(?:[^\W\d_][a-z]?\.){2,}[^\W\d_]?\Z")
ROMAN = re.compile(r"(?=[XVI]{2,})(X{0,3})(IX|IV|V?I{0,3})\Z")
ADDRESS = re.compile(r"(?:https?://|www\.|[^@\s]+@)[^@\s]+\.[^@\s]+\Z")
RUN = re.compile(rf"{DIGITS}|[^\W\d_]+|[%&+=#$€£¢§@]")
HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
HAN_A_WORD = 1.7  # 220 characters a minute beside 130 words
POSSESSIVE = re.compile(r"['’]s(?=\W*\Z)")
EDGES = "()[]{}<>«»“”„‘’\"'`,;:!?¿¡…*_|~"

# What is read together though spaces stand between; looked for in texts with digits only.
TOGETHER = re.compile(
    r"(?P<money>(?:US)?[$€£]) ?(?P<sum>\d[\d.,]*) (?P<scale>thousand|million|billion|trillion|mil millones|"
    r"mil|millones|millón|nghìn|triệu|tỷ)\b"
    r"|\(?\b(?P<phone>\d{3}\)?[ .-]\d{3}[.-]\d{4})\b"
    r"|(?<!\d)(?P<vulgar>[¼-¾⅐-⅞])"
    r"|(?<=\d) ?(?P<mixed>[¼-¾⅐-⅞])"
)
GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?: \d{3})+(?![\d])")  # 1 250 000, not in English


def read_aloud(text: str, language: str = "en") -> str:
    """`text` in words, without the marks that are only seen."""
    return " ".join(word for token in _tokens(text, language) if (word := _said(token, language)))


def count_words(text: str, language: str = "en") -> int:
    """Number of words that are heard when `text` is read out. Chinese does not part them: so many of its characters
    take the time of a word."""
    characters = 0
    if language.startswith("zh"):
        text, characters = HAN.subn(" ", text)
    heard = sum(_count(token, language) for token in _tokens(text, language))
    return heard + round(characters / HAN_A_WORD)


def _tokens(text: str, language: str) -> list[str]:
    text = text.replace("\xa0", " ").replace("\u202f", " ")
    if any(map(str.isnumeric, text)):
        text = _western(text)
        text = TOGETHER.sub(lambda match: _together(match, language), text)
        if language != "en":
            text = GROUPED.sub(lambda match: match[0].replace(" ", ""), text)
    return [token for line in text.splitlines() for token in _heard(line)]


def _western(text: str) -> str:
    """Digits of other scripts as 0 to 9, with the signs that go with the Arabic ones."""
    if text.isascii():
        return text
    text = text.replace("٪", "%").replace("٫", ".").replace("٬", ",")
    return re.sub(r"[^\D0-9]", lambda match: str(unicodedata.decimal(match[0])), text)


def _together(match: re.Match[str], language: str) -> str:
    if match["money"]:
        of = "de " if language == "es" and match["scale"] in MILLIONS else ""
        return f"{match['sum']} {match['scale']} {of}{_sign(match['money'][-1], language)}"
    if match["phone"]:
        return " ".join(re.findall(r"\d", match["phone"]))
    fraction = unicodedata.normalize("NFKC", match["vulgar"] or match["mixed"])
    joined = f" {_sign('&', language)} " if match["mixed"] else " "
    return joined + fraction


def _heard(line: str) -> list[str]:
    """A line of words in capitals is a heading or an old typescript; the numbers of bills stay."""
    tokens = line.split()
    if len(tokens) < 3 or not line.isupper():
        return tokens
    return [token if token in BILLS or "." in token else token.lower() for token in tokens]


@lru_cache(maxsize=16_384)
def _count(token: str, language: str) -> int:
    return len(_said(token, language).split())


@lru_cache(maxsize=4_096)
def _said(token: str, language: str) -> str:
    """One token in words; marks that are only seen are none."""
    if token.isalpha() and (token.islower() or token.istitle()) and len(token) > 1:
        return token
    if len(token) > LONGEST:
        return token if any(map(str.isalnum, token)) else ""
    core, possessive = POSSESSIVE.subn("", token.strip(EDGES))
    said = _core(core, language)
    return f"{said}’s" if said and possessive else said


def _core(core: str, language: str) -> str:
    if DOTTED.match(core):
        return " ".join(filter(str.isalpha, core))
    core = core.rstrip("." + EDGES)
    if ADDRESS.match(core):
        return _address(core, language)
    if any(map(str.isdecimal, core)):
        return _with_digits(core, language)
    return _without_digits(core, language)


def _address(core: str, language: str) -> str:
    bare = re.sub(r"\Ahttps?://", "", core)
    words = bare.replace(".", " dot ").replace("@", " at ").replace("/", " slash ")
    return " ".join(_runs(words, language))


def _without_digits(core: str, language: str) -> str:
    if core in SAID_AS_WORDS:
        return core
    roman = ROMAN.match(core)
    if roman:
        return cardinal(_roman(core), language)
    acronym = ACRONYM.match(core)
    if acronym and core.removesuffix("s") not in SAID_AS_WORDS:
        return " ".join(filter(str.isupper, core)) + acronym[1]
    parts = [part for part in re.split(r"[-–—/&]", core) if part]
    spelled = any(ACRONYM.match(part) for part in parts)
    if len(parts) > 1 and (spelled or core.count("-") + 1 < len(parts)):
        joint = f" {_sign('&', language)} " if "&" in core else " "
        return joint.join(_said(part, language) for part in parts)
    if any(map(str.isalnum, core)):
        return core
    return " ".join(_sign(sign, language) for sign in core if sign in SPOKEN_MARKS)


def _with_digits(core: str, language: str) -> str:
    found = NUMBER.match(core)
    said = _number(found, language) if found else _special(core, language)
    return said or " ".join(_runs(core, language))


def _special(core: str, language: str) -> str:
    """Dates, times, fractions and ranges; an empty string for anything else."""
    day = DAY.match(core)
    if day:
        return " ".join(_digits(part.lstrip("0") or "0", language) for part in day.groups() if part)
    clock = CLOCK.match(core)
    if clock:
        hours, minutes, half = clock.groups()
        parts = [
            cardinal(int(hours), language),
            "" if minutes == "00" else _tail(minutes, language),
        ]
        return " ".join(part for part in (*parts, *(half or "").upper()) if part)
    fraction = FRACTION.match(core)
    if fraction:
        return _fraction(int(fraction[1]), int(fraction[2]), language)
    ends = RANGE.match(core)
    first, last = (NUMBER.match(ends[1]), NUMBER.match(ends[2])) if ends else (None, None)
    if ends and first and last:
        return f"{_said(ends[1], language)} {_sign('–', language)} {_said(ends[2], language)}"
    return ""


def _number(found: re.Match[str], language: str) -> str:
    """A number with what stands at its sides; an empty string where it is none, such as 1.2.3."""
    digits, end, money = found["digits"], found["end"] or "", found["money"]
    parsed = _parse(digits, language)
    if parsed is None or (end.lower() in MAGNITUDES and not money):
        return ""
    whole, fraction = parsed
    sign = {"-": "minus", "−": "minus", "+": _sign("+", language)}.get(found["sign"], "")
    if end and end[-1] in "tdhºª" and not fraction:  # 1st, 2nd, 3rd, 4th, 1.º
        said = ordinal(int(whole), language)
    elif money and len(fraction) == 2 and not end:
        said = _cents(int(whole), int(fraction), _sign(money, language), language)
        money = None
    else:
        plain = digits == whole and not money and end in {"", "s"}
        said = _digits(whole, language) if plain else _amount(whole, fraction, language)
        said = _decade(said) if end == "s" else said
    after = (MAGNITUDES.get(end.lower()), _sign(money, language) if money else "")
    percent = _sign("%", language) if end == "%" else ""
    return " ".join(part for part in (sign, said, *after, percent) if part)


def _parse(digits: str, language: str) -> tuple[str, str] | None:
    """(whole, fraction) of 1,250.5 or 1.250,5; None for what is no number, such as 1.2.3."""
    groups, marks = re.split("[.,]", digits), re.findall("[.,]", digits)
    if not marks:
        return digits, ""
    threes = all(len(group) == 3 for group in groups[1:]) and 0 < len(groups[0].lstrip("0")) <= 3
    if len(marks) > 1 and len(set(marks)) == 1:
        return ("".join(groups), "") if threes else None
    if len(marks) == 1 and threes and not (marks[0] == "." and language == "en"):
        return "".join(groups), ""
    return "".join(groups[:-1]), groups[-1]


def _amount(whole: str, fraction: str, language: str) -> str:
    if len(whole) > 15:
        return " ".join(cardinal(int(digit), language) for digit in whole + fraction)
    return number(Decimal(f"{whole}.{fraction or 0}"), language)


def _cents(whole: int, cents: int, noun: str, language: str) -> str:
    parts = [cardinal(whole, language), noun] if whole or not cents else []
    if cents:
        parts += [_sign("&", language)] if parts else []
        parts += [cardinal(cents, language), _sign("¢", language)]
    return " ".join(parts)


def _digits(digits: str, language: str) -> str:
    """Digits alone: 2019 and 1234 in pairs, 007 one by one, any others as a count."""
    if len(digits) == 4 and digits[0] != "0":
        return year(int(digits), language)
    if digits[0] == "0" and len(digits) > 1:
        return " ".join(cardinal(int(digit), language) for digit in digits)
    return cardinal(int(digits), language)


def _tail(minutes: str, language: str) -> str:
    said = cardinal(int(minutes), language)
    return f"oh {said}" if minutes[0] == "0" and language == "en" else said


def _decade(said: str) -> str:
    """ "nineteen eighty" of 1980s becomes "nineteen eighties"."""
    return f"{said[:-1]}ies" if said.endswith("y") else f"{said}s"


def _fraction(over: int, under: int, language: str) -> str:
    halves = {2: "half", 4: "quarter"}
    if language != "en" or not 0 < over < under:
        return f"{cardinal(over, language)} {cardinal(under, language)}"
    part = halves.get(under) or ordinal(under, language)
    return f"{cardinal(over, language)} {part}{'s' if over > 1 else ''}"


def _roman(core: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10}[letter] for letter in core]
    return sum(-v if v < n else v for v, n in zip(values, [*values[1:], 0], strict=True))


def _runs(core: str, language: str) -> list[str]:
    """What is left, in runs of letters and digits: COVID-19, H1N1, 12(b)(3), 1.2.3."""
    said = []
    for run in RUN.findall(core):
        if not run[0].isdecimal():
            said.append(_without_digits(run, language))
        elif parsed := _parse(run, language):
            plain = parsed == (run, "")
            said.append(_digits(run, language) if plain else _amount(*parsed, language))
        else:
            groups = [_digits(group, language) for group in re.split("[.,]", run)]
            said.append(f" {_sign('.', language)} ".join(groups))
    return said


def _sign(sign: str, language: str) -> str:
    return SIGNS.get(language, SIGNS["en"])[sign]
