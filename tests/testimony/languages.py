"""One short testimony and fact sheet in each language but English, with all that a document may hold."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Specimen:
    """Words of one language; `note` and `mixed` hold runs that read the other way in Arabic."""

    slug: str
    title: str
    headline: str
    salutation: str
    heading: str
    opening: str
    mixed: str
    points: tuple[str, str]
    quote: str
    label: str
    chart: str
    unit: str
    groups: tuple[str, str, str]
    note: str
    ask: str


SPECIMENS = {
    "es": Specimen(
        slug="licencia-pagada",
        title="Testimonio sobre la licencia familiar remunerada",
        headline="Tres de cada cuatro trabajadores no pueden quedarse en casa con un recién nacido",
        salutation="Señora presidenta y miembros del comité:",
        heading="Recomendaciones del departamento",
        opening="Gracias por escucharme. Quien no puede faltar al trabajo lleva la enfermedad a la oficina, "
        "a la escuela y al autobús; así lo vemos cada invierno en nuestras clínicas.",
        mixed="La ley HB 1147 (sección 4) costaría $3,75 por empleado; ¿puede pagarlo una tienda pequeña? Sí.",
        points=("Doce semanas con parte del sueldo.", "El puesto se conserva hasta el regreso."),
        quote="Mi turno empieza antes de que abra la clínica",
        label="de quienes trabajan tienen licencia familiar remunerada",
        chart="Menos tienen quienes más la necesitan",
        unit="por ciento",
        groups=("Sueldos más bajos", "Sueldos medianos", "Sueldos más altos"),
        note="Calculado con la encuesta de 2023; véase www.bls.gov, tabla 31",
        ask="Voten a favor de HB 1147.",
    ),
    "vi": Specimen(
        slug="nghi-phep",
        title="Lời chứng về chế độ nghỉ phép gia đình có lương",
        headline="Cứ bốn người lao động thì ba người không được nghỉ phép có lương",
        salutation="Kính thưa bà Chủ tịch và các thành viên Ủy ban:",
        heading="Điều chúng tôi nhận thấy",
        opening="Xin cảm ơn quý vị đã lắng nghe. Người không thể nghỉ làm sẽ mang bệnh đến chỗ làm, trường "
        "học và xe buýt; mùa đông nào các phòng khám cũng chứng kiến điều ấy.",
        mixed="Dự luật HB 1147 (điều 4) tốn 3,75 đô la cho mỗi nhân viên; cửa hàng nhỏ có trả nổi không? Có.",
        points=(
            "Mười hai tuần với một phần tiền lương.",
            "Việc làm được giữ cho đến ngày trở lại.",
        ),
        quote="Ca làm của tôi bắt đầu trước khi phòng khám mở cửa",
        label="người lao động được nghỉ phép gia đình có lương",
        chart="Người cần nhất lại có ít nhất",
        unit="phần trăm",
        groups=("Lương thấp nhất", "Lương trung bình", "Lương cao nhất"),
        note="Tính theo cuộc khảo sát năm 2023; xem www.bls.gov, bảng 31",
        ask="Xin bỏ phiếu thuận cho HB 1147.",
    ),
    "ar": Specimen(
        slug="شهادة-الإجازة",
        title="شهادة عن الإجازة العائلية المدفوعة",
        headline="ثلاثة من كل أربعة عمال لا يستطيعون البقاء مع مولود جديد",
        salutation="السيدة الرئيسة وأعضاء اللجنة الكرام،",
        heading="ما وجدناه في العيادات",
        opening="شكرا لكم على الاستماع. من لا يستطيع التغيب عن العمل يحمل المرض إلى المكتب والمدرسة "
        "والحافلة، وهذا ما نراه كل شتاء في عياداتنا.",
        mixed="يكلف مشروع القانون HB 1147 (المادة 4) نحو 3,75 دولار عن كل موظف، فهل يقدر عليه متجر صغير؟ نعم.",
        points=("اثنا عشر أسبوعا بجزء من الأجر.", "تبقى الوظيفة محفوظة حتى العودة."),
        quote="تبدأ نوبتي قبل أن تفتح العيادة أبوابها",
        label="من العمال لديهم إجازة عائلية مدفوعة",
        chart="من يحتاجون إليها أكثر يملكونها أقل",
        unit="في المئة",
        groups=("أدنى الأجور", "الأجور المتوسطة", "أعلى الأجور"),
        note="محسوب من استطلاع عام 2023، انظر www.bls.gov الجدول 31",
        ask="صوتوا لصالح مشروع القانون HB 1147.",
    ),
    "so": Specimen(
        slug="fasaxa-qoyska",
        title="Markhaatiga ku saabsan fasaxa qoyska ee lacagta leh",
        headline="Afartii shaqaale saddex ma heli karaan fasax lacag leh",
        salutation="Mudane guddoomiye iyo xubnaha guddiga:",
        heading="Waxa aan ogaannay",
        opening="Waad ku mahadsan tihiin dhegeysiga. Qofka aan shaqada ka maqnaan karin wuxuu cudurka u "
        "qaadaa xafiiska, dugsiga iyo baska; sidaas ayaan jiilaal kasta ku aragnaa rugaheenna caafimaad.",
        mixed="Sharciga HB 1147 (qodobka 4) wuxuu ku kacayaa $3.75 shaqaale kasta; dukaan yar ma awoodaa? Haa.",
        points=("Laba iyo toban toddobaad oo mushaharka qayb ah.", "Shaqada waa la ilaaliyaa."),
        quote="Shaqadaydu waxay bilaabataa ka hor inta aan rugtu furmin",
        label="shaqaalaha ayaa leh fasax qoys oo lacag leh",
        chart="Kuwa ugu baahan ayaa ugu yar",
        unit="boqolkiiba",
        groups=("Mushaharka ugu hooseeya", "Mushaharka dhexe", "Mushaharka ugu sarreeya"),
        note="Waxaa laga soo xisaabiyay sahankii 2023; fiiri www.bls.gov, shaxda 31",
        ask="Fadlan u codeeya HB 1147.",
    ),
    "ht": Specimen(
        slug="konje-peye",
        title="Temwayaj sou konje fanmi peye",
        headline="Twa travayè sou kat pa ka rete lakay ak yon tibebe ki fèk fèt",
        salutation="Madan Prezidan ak manm komite a:",
        heading="Sa nou jwenn",
        opening="Mèsi paske nou koute m. Moun ki pa ka manke travay pote maladi nan biwo a, nan lekòl la ak "
        "nan otobis la; se sa nou wè chak ivè nan klinik nou yo.",
        mixed="Pwojè lwa HB 1147 (seksyon 4) ap koute $3.75 pou chak anplwaye; èske yon ti boutik ka peye l? Wi.",
        points=("Douz semèn ak yon pati nan salè a.", "Djòb la rete la jiskaske moun nan tounen."),
        quote="Travay mwen kòmanse anvan klinik la louvri",
        label="travayè yo gen konje fanmi peye",
        chart="Moun ki pi bezwen l yo gen mwens",
        unit="pousan",
        groups=("Salè ki pi ba", "Salè mwayen", "Salè ki pi wo"),
        note="Kalkile ak ankèt 2023 a; gade www.bls.gov, tablo 31",
        ask="Tanpri vote pou HB 1147.",
    ),
}
