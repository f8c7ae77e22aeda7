"""The blocks that documents are made of. Their names are stored in every page and revision: frozen."""

from __future__ import annotations

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.images.blocks import ImageBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from testimony.enums import DOCUMENT_FEATURES, ChartKind

TEXT = _("Text")
EVIDENCE = _("Evidence")


class LibraryChooserBlock(SnippetChooserBlock):
    """A chooser that reads a whole stream's items in one query, with what their display needs.

    `select` names the relations to join; an item that was deleted is None and renders as nothing.
    """

    def __init__(self, target_model, *, select: tuple[str, ...] = (), prefetch=(), **kwargs):
        super().__init__(target_model, **kwargs)
        self.select, self.prefetch = select, prefetch

    def deconstruct(self):
        # Migrations know it as the stock chooser: the joins are no part of the stored data.
        _path, args, kwargs = super().deconstruct()
        return (
            "wagtail.snippets.blocks.SnippetChooserBlock",
            args,
            {key: value for key, value in kwargs.items() if key not in {"select", "prefetch"}},
        )

    @cached_property
    def queryset(self):
        return self.model_class.objects.select_related(*self.select).prefetch_related(
            *self.prefetch
        )

    def bulk_to_python(self, values):
        found = self.queryset.in_bulk({value for value in values if value})
        return [found.get(value) for value in values]


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Quotation"))
    attribution = blocks.CharBlock(label=_("Who said it"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        group = TEXT
        template = "testimony/blocks/quote.html"
        description = _("Words of somebody else, set apart.")
        preview_value = {"text": "My shift starts before the clinic opens.", "attribution": ""}


class StatisticBlock(blocks.StructBlock):
    statistic = LibraryChooserBlock("testimony.Statistic", select=("source",))
    emphasis = blocks.CharBlock(
        label=_("Words beside it"),
        required=False,
        help_text=_("Leave empty to print what the statistic itself says."),
    )

    class Meta:
        icon = "order-up"
        label = _("Statistic")
        group = EVIDENCE
        template = "testimony/blocks/statistic.html"
        description = _("A figure of the library, printed large, with its source as a footnote.")


class ChartRowBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("Label"), max_length=80)
    value = blocks.DecimalBlock(label=_("Value"))


class ChartBlock(blocks.StructBlock):
    title = blocks.CharBlock(
        label=_("What it shows"), help_text=_("Say the finding, not the topic.")
    )
    kind = blocks.ChoiceBlock(label=_("Kind"), choices=ChartKind.choices, default=ChartKind.BAR)
    unit = blocks.CharBlock(label=_("Unit"), required=False, max_length=60)
    rows = blocks.ListBlock(ChartRowBlock(), label=_("Figures"), min_num=2, max_num=40)
    source = LibraryChooserBlock("testimony.Source", required=False)
    alt = blocks.TextBlock(
        label=_("In words"),
        help_text=_("What a person who cannot see the chart should learn from it."),
    )

    class Meta:
        icon = "table"
        label = _("Chart")
        group = EVIDENCE
        template = "testimony/blocks/chart.html"
        description = _(
            "Bars or a line drawn from the figures you enter; the figures stand beneath."
        )


class PictureBlock(blocks.StructBlock):
    image = ImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), required=False)

    class Meta:
        icon = "image"
        label = _("Picture")
        group = EVIDENCE
        template = "testimony/blocks/picture.html"
        description = _("A picture with alternative text, caption and credit.")


class DocumentBody(blocks.StreamBlock):
    """Body of every document."""

    heading = blocks.CharBlock(
        label=_("Heading"),
        icon="h2",
        group=TEXT,
        template="testimony/blocks/heading.html",
        description=_("A main section."),
        preview_value="Why this matters",
    )
    subheading = blocks.CharBlock(
        label=_("Subheading"),
        icon="h3",
        group=TEXT,
        template="testimony/blocks/subheading.html",
        description=_("A part of a section."),
        preview_value="What we see in the clinic",
    )
    paragraph = blocks.RichTextBlock(
        label=_("Paragraph"),
        icon="pilcrow",
        group=TEXT,
        features=DOCUMENT_FEATURES,
        template="testimony/blocks/paragraph.html",
        description=_("Text. Type / to place a statistic, a source or a footnote."),
        preview_value="<p>Workers who cannot stay home when they are sick bring illness to work.</p>",
    )
    talking_point = LibraryChooserBlock(
        "testimony.TalkingPoint",
        label=_("Talking point"),
        icon="comment",
        group=EVIDENCE,
        template="testimony/blocks/talking_point.html",
        description=_(
            "A message of the library. It follows the library: corrected there, corrected here."
        ),
    )
    statistic = StatisticBlock()
    chart = ChartBlock()
    table = TypedTableBlock(
        [
            ("text", blocks.CharBlock(label=_("Text"), required=False)),
            ("number", blocks.DecimalBlock(label=_("Number"), required=False)),
        ],
        label=_("Table"),
        icon="table",
        group=EVIDENCE,
        template="testimony/blocks/table.html",
        description=_("A small table with a caption and column headings."),
    )
    image = PictureBlock()
    quote = QuoteBlock()
    ask = blocks.RichTextBlock(
        label=_("The ask"),
        icon="pick",
        group=TEXT,
        features=["bold", "italic", "link"],
        template="testimony/blocks/ask.html",
        description=_("What you ask the body to do, in a box."),
        preview_value="<p>Please vote yes on HB 1234.</p>",
    )
    preformatted = blocks.TextBlock(
        label=_("Fixed-width text"),
        icon="code",
        group=TEXT,
        template="testimony/blocks/preformatted.html",
        description=_("Columns of an old document, kept as they were typed."),
        preview_value="Year   Rate\n2019   10.5\n2020   11.4",
    )

    class Meta:
        template = "testimony/blocks/body.html"
