"""Eight languages on paper: the right letters, joined and ordered as they are written, and the same words read back."""

from __future__ import annotations

import re
import unicodedata

import pytest

from cms.pdf import service
from tests.pdf_checks import assert_accessible, fonts_of, heard, opened, structure_of

# Title, heading, paragraph with stressed words, list item, cells.
SPECIMENS = {
    "en": (
        "Paid sick leave in Larkmoor County",
        "What we found",
        "Nurses, cooks and carers told us the same: “I go to work <strong>when I am ill</strong>, "
        "because my children have to <em>eat</em>.” In 2025, 19.4 % of households were in that position.",
        "Half of all employers already pay.",
        ("Year", "Share"),
    ),
    "es": (
        "Licencia por enfermedad en el condado",
        "Lo que encontramos",
        "¿Quién cuida a los niños? «Voy al trabajo <strong>aunque esté enferma</strong>», nos dijo una "
        "señora de la administración; otras responsabilidades económicas <em>también</em> pesan.",
        "La mitad de las empresas ya paga.",
        ("Año", "Porcentaje"),
    ),
    "vi": (
        "Nghỉ ốm có lương tại quận Larkmoor",
        "Những điều chúng tôi thấy",
        "Bà Nguyễn nói: “Tôi vẫn đi làm <strong>khi bị ốm</strong>, vì con tôi <em>cần</em> tiền ăn.” "
        "Sức khoẻ cộng đồng bắt đầu từ nước uống sạch ở trường học và những người được nghỉ ngơi.",
        "Một nửa số chủ lao động đã trả lương.",
        ("Năm", "Tỷ lệ"),
    ),
    "zh-Hans": (
        "拉克穆尔县带薪病假",
        "我们的发现",
        "一位护士告诉我们：“我<strong>生病</strong>时也去上班，因为孩子要<em>吃饭</em>。”"
        "二〇二五年，百分之十九的家庭处境相同；县卫生局建议委员会通过第12号法案。",
        "一半的雇主已经支付工资。",
        ("年份", "比例"),
    ),
    "ar": (
        "الإجازة المرضية المدفوعة في المقاطعة",
        "ما وجدناه",
        "قالت لنا ممرضة: «أذهب إلى العمل <strong>وأنا مريضة</strong> لأن أطفالي يحتاجون إلى الطعام». "
        "في عام 2025 كانت ١٩ في المئة من الأسر في هذا الوضع، والحق HB 214 يغيّر ذلك.",
        "نصف أصحاب العمل يدفعون الأجر.",
        ("السنة", "النسبة"),
    ),
    "so": (
        "Fasaxa jirrada ee mushaharka leh",
        "Waxa aan helnay",
        "Kalkaaliso ayaa noo sheegtay: “Waxaan shaqada tagaa <strong>anigoo xanuunsan</strong>, sababtoo ah "
        "carruurtaydu waa inay wax <em>cunaan</em>.” Sannadkii 2025, qoysas badan ayaa sidaas ahaa.",
        "Shaqo-bixiyayaasha badhkood way bixiyaan.",
        ("Sannad", "Qayb"),
    ),
    "ht": (
        "Konje maladi peye nan konte a",
        "Sa nou jwenn",
        "Yon enfimyè di nou: “Mwen al travay <strong>lè mwen malad</strong>, paske timoun mwen yo dwe "
        "<em>manje</em>.” Nan lane 2025, anpil fanmi te nan menm sitiyasyon an; sa a fèt tout kote.",
        "Mwatye anplwayè yo peye deja.",
        ("Ane", "Pousantaj"),
    ),
    "fr": (
        "Congé de maladie payé dans le comté",
        "Ce que nous avons constaté",
        "« Je travaille <strong>même malade</strong>, nous dit une infirmière, parce que mes enfants "
        "doivent <em>manger</em>. » L’œuvre de l’administration : où naît l’inégalité ? Dès l’été 2025.",
        "La moitié des employeurs paient déjà.",
        ("Année", "Part"),
    ),
}
MARKS = re.compile("[\u200b-\u200f\u2066-\u2069\u00ad]")


def specimen(language: str) -> str:
    title, heading, paragraph, item, (first, second) = SPECIMENS[language]
    direction = "rtl" if language == "ar" else "ltr"
    return f"""<!doctype html><html lang="{language}" dir="{direction}"><head><title>{title}</title></head>
<body class="sheet"><h1>{title}</h1><h2>{heading}</h2><p>{paragraph}</p><ul><li>{item}</li></ul>
<table class="data"><thead><tr><th scope="col">{first}</th><th scope="col">{second}</th></tr></thead>
<tbody><tr><th scope="row">2025</th><td>19</td></tr></tbody></table></body></html>"""


@pytest.fixture(scope="module")
def printed():
    """Each specimen once."""
    done: dict[str, service.RenderResult] = {}

    def render(language: str) -> service.RenderResult:
        if language not in done:
            done[language] = service.render_html(specimen(language), language=language)
        return done[language]

    return render


def letters(text: str) -> str:
    """Without white space, marks of direction and the hyphens of line ends; presentation forms undone."""
    text = unicodedata.normalize("NFKC", re.sub("[-‐]", "", text))
    return MARKS.sub("", "".join(text.split()))


@pytest.mark.parametrize("language", SPECIMENS)
def test_a_specimen_is_accessible_and_gives_no_warning(printed, language):
    result = printed(language)
    assert result.warnings == ()
    assert_accessible(result.pdf, language=language, title=SPECIMENS[language][0])


def said(language: str) -> list[str]:
    """What a specimen says, element by element."""
    title, heading, paragraph, item, (first, second) = SPECIMENS[language]
    plain = re.sub("<[^>]+>", "", paragraph)
    return [title, heading, plain, "• ", item, first, second, "2025", "19"]


@pytest.mark.parametrize("language", [name for name in SPECIMENS if name != "ar"])
def test_what_is_heard_is_what_was_written(printed, language):
    assert letters(heard(printed(language).pdf)) == letters("".join(said(language)))


def test_what_is_heard_in_arabic_is_what_was_written(printed):
    words = MARKS.sub("", heard(printed("ar").pdf, between=" ")).split()
    assert sorted(map(logical, words)) == sorted(" ".join(said("ar")).split())


def logical(word: str) -> str:
    """A painted word as it is written: Arabic letters run from right to left, figures and Latin do not."""
    is_arabic = any(unicodedata.bidirectional(letter) == "AL" for letter in word)
    return word[::-1] if is_arabic else word


@pytest.mark.parametrize(
    ("language", "faces"),
    [
        ("en", {"Source-Serif-4", "Source-Serif-4-Semi-Bold", "Source-Serif-4-Bold"}),
        ("vi", {"Source-Serif-4", "Source-Serif-4-Semi-Bold", "Source-Serif-4-Bold"}),
        ("ar", {"Amiri", "Amiri-Bold"}),
        ("zh-Hans", {"Noto-Serif-SC", "Noto-Sans-SC"}),
    ],
)
def test_each_script_has_faces_of_its_own(printed, language, faces):
    used = {name.rstrip(",") for name in fonts_of(printed(language).pdf)}
    assert faces - used == set()


def test_a_document_from_right_to_left_says_so(printed):
    with opened(printed("ar").pdf) as document:
        assert str(document.Root.ViewerPreferences.Direction) == "/R2L"
        assert str(structure_of(document)[0].attribute("/WritingMode")) == "/RlTb"


@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_long_words_are_broken_where_patterns_know_how(language):
    words = {
        "en": "administration responsibilities",
        "es": "administración responsabilidades",
        "fr": "administration responsabilités",
    }[language]
    body = f'<p style="width:24mm; hyphens:auto">{words} {words} {words}</p>'
    page = f'<html lang="{language}"><title>T</title>{body}</html>'
    text = heard(service.render_html(page, language=language).pdf)
    assert re.search(r"\w[-‐]\w", text)
    assert letters(text) == letters(f"{words} {words} {words}")
