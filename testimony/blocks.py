"""The blocks that documents are made of. Their names are stored in every page and revision: frozen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.telepath import register as register_adapter
from wagtail.blocks.struct_block import StructBlockAdapter
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.images.blocks import ImageBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from testimony.block_examples import CHART, TABLE
from testimony.enums import DOCUMENT_FEATURES, SHORT_FEATURES, ChartKind, ReferenceMode

MOST_SERIES = 5  # more are not told apart in grey
TEXT = _("Text")
EVIDENCE = _("Evidence")


_read_ahead: ContextVar[Mapping[type, Mapping[int, Any]] | None] = ContextVar(
    "read_ahead", default=None
)


@contextmanager
def read_ahead(items: Mapping[type, Mapping[int, Any]]) -> Iterator[None]:
    """While many streams are read: `items` holds, by model and key, all that any of them chooses."""
    token = _read_ahead.set(items)
    try:
        yield
    finally:
        _read_ahead.reset(token)


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
        found = (_read_ahead.get() or {}).get(self.model_class)
        if found is None:
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


class PinIdBlock(blocks.IntegerBlock):
    """Primary key of a Pin. Written by the editor's script, else by `PlacedBlock.clean()`; nobody types it."""

    def __init__(self, **kwargs):
        super().__init__(**{"required": False, **kwargs})
        self.field.widget = forms.HiddenInput()

    def value_from_form(self, value):
        # Half-written forms are measured and previewed without being cleaned.
        text = str(value or "")
        return int(text) if text.isdecimal() and len(text) < 19 else None

    def deconstruct(self):
        _path, args, kwargs = super().deconstruct()
        return "wagtail.blocks.IntegerBlock", args, kwargs


class PlacedBlock(blocks.StructBlock):
    """An item of the library in a document: it follows the library or is pinned to what it said on a day.

    `item_name` is the child that chooses the item. `mode` and `pin` belong together: `clean()` makes the pin
    that a mode asks for and refuses the pin of another item.
    """

    item_name: str

    @property
    def item_block(self) -> LibraryChooserBlock:
        return self.child_blocks[self.item_name]

    def stored(self, value: Any) -> Mapping[str, Any]:
        """The stored form; before items could be pinned, a talking point was stored as its bare key."""
        return value if isinstance(value, Mapping) else {self.item_name: value}

    def to_python(self, value):
        return super().to_python(self.stored(value))

    def bulk_to_python(self, values):
        return super().bulk_to_python([self.stored(value) for value in values])

    def normalize(self, value):
        """Accepts the item itself and dictionaries without the mode, as programs write them."""
        if not isinstance(value, blocks.StructValue):
            defaults = {name: block.get_default() for name, block in self.child_blocks.items()}
            value = {**defaults, **self.stored(value)}
        return super().normalize(value)

    def clean(self, value):
        # upward: the block knows when a pin is due, the verb that makes one stands above the models
        from testimony.domain.pinning import PinRefused, settle

        value = super().clean(value)
        try:
            value["pin"] = settle(value[self.item_name], value["mode"], value["pin"])
        except PinRefused as error:
            refused = forms.ValidationError(str(error))
            raise blocks.StructBlockValidationError({"mode": refused}) from error
        return value

    def get_form_state(self, value):
        # upward: what the editor is told of a reference is worked out above the models
        from testimony.domain.standing import standing_of_block

        return {**super().get_form_state(value), "standing": standing_of_block(self, value)}


class PlacedBlockAdapter(StructBlockAdapter):
    js_constructor = "testimony.PlacedBlock"

    @cached_property
    def media(self):
        return super().media + forms.Media(
            js=["testimony/js/holding.js", "testimony/js/placed-block.js"],
            css={"all": ["testimony/css/references.css"]},
        )


register_adapter(PlacedBlockAdapter(), PlacedBlock)


class TalkingPointBlock(PlacedBlock):
    item_name = "point"

    point = LibraryChooserBlock("testimony.TalkingPoint", label=_("Talking point"))
    mode = blocks.ChoiceBlock(
        label=_("When the library changes"),
        choices=ReferenceMode.choices,
        default=ReferenceMode.FOLLOW,
        widget=forms.RadioSelect,
        search_index=False,
    )
    pin = PinIdBlock()
    adapted = blocks.RichTextBlock(
        label=_("Our own wording"), required=False, features=SHORT_FEATURES
    )

    def clean(self, value):
        value = super().clean(value)
        if value["mode"] != ReferenceMode.ADAPTED or self.is_deferred_validation:
            return value
        words = value["adapted"].source
        if "<embed" not in words and not strip_tags(words).strip():
            empty = forms.ValidationError(_("Write your own wording, or follow the library."))
            raise blocks.StructBlockValidationError({"adapted": empty})
        return value

    class Meta:
        icon = "comment"
        label = _("Talking point")
        group = EVIDENCE
        template = "testimony/blocks/talking_point.html"
        preview_template = "testimony/previews/blocks/talking_point.html"
        description = _(
            "A message of the library. It follows the library: corrected there, corrected here."
        )


class StatisticBlock(PlacedBlock):
    item_name = "statistic"

    statistic = LibraryChooserBlock("testimony.Statistic", select=("source",))
    emphasis = blocks.CharBlock(
        label=_("Words beside it"),
        required=False,
        help_text=_("Leave empty to print what the statistic itself says."),
    )
    mode = blocks.ChoiceBlock(
        label=_("When the library changes"),
        choices=[(mode.value, mode.label) for mode in (ReferenceMode.FOLLOW, ReferenceMode.PINNED)],
        default=ReferenceMode.FOLLOW,
        widget=forms.RadioSelect,
        search_index=False,
    )
    pin = PinIdBlock()

    class Meta:
        icon = "order-up"
        label = _("Statistic, large")
        group = EVIDENCE
        template = "testimony/blocks/statistic.html"
        preview_template = "testimony/previews/blocks/statistic.html"
        description = _("A figure of the library, printed large, with its source as a footnote.")


class ChartRowBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("Label"), max_length=80)
    value = blocks.DecimalBlock(label=_("Value"))
    more = blocks.ListBlock(
        blocks.DecimalBlock(required=False),
        label=_("Figures of further series"),
        default=[],
        max_num=MOST_SERIES - 1,
        required=False,
        help_text=_(
            "Only where the chart has several series: one figure for each, in their order."
        ),
    )


class ChartBlock(blocks.StructBlock):
    title = blocks.CharBlock(
        label=_("What it shows"), help_text=_("Say the finding, not the topic.")
    )
    kind = blocks.ChoiceBlock(label=_("Kind"), choices=ChartKind.choices, default=ChartKind.BAR)
    unit = blocks.CharBlock(label=_("Unit"), required=False, max_length=60)
    series = blocks.ListBlock(
        blocks.CharBlock(max_length=60),
        label=_("Series"),
        default=[],
        max_num=MOST_SERIES,
        required=False,
        help_text=_(
            "Only where each row has several figures: what they are, for example 2014 and 2024."
        ),
    )
    rows = blocks.ListBlock(ChartRowBlock(), label=_("Figures"), min_num=2, max_num=40)
    source = LibraryChooserBlock("testimony.Source", required=False)
    alt = blocks.TextBlock(
        label=_("In words"),
        help_text=_("What a person who cannot see the chart should learn from it."),
    )

    def clean(self, value):
        """Names and figures must match: a series without a name cannot be told apart."""
        value = super().clean(value)
        if self.is_deferred_validation:
            return value
        errors = {}
        width = 1 + max((len(row["more"]) for row in value["rows"]), default=0)
        if len(value["series"]) != width and (width > 1 or len(value["series"]) > 1):
            words = _(
                "Name each series: there are %(names)d names and %(figures)d figures in a row."
            )
            counts = {"names": len(value["series"]), "figures": width}
            errors["series"] = forms.ValidationError(words, params=counts)
        figures = [
            f for row in value["rows"] for f in (row["value"], *row["more"]) if f is not None
        ]
        if value["kind"] == ChartKind.STACKED and any(figure < 0 for figure in figures):
            below = _("Parts of a whole cannot be below zero: choose bars side by side or dots.")
            errors["kind"] = forms.ValidationError(below)
        if errors:
            raise blocks.StructBlockValidationError(errors)
        return value

    class Meta:
        icon = "table"
        label = _("Chart")
        group = EVIDENCE
        template = "testimony/blocks/chart.html"
        description = _(
            "Bars, lines or dots drawn from the figures you enter; the figures stand beneath."
        )
        preview_value = CHART


class PictureBlock(blocks.StructBlock):
    image = ImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), required=False)

    class Meta:
        icon = "image"
        label = _("Picture")
        group = EVIDENCE
        template = "testimony/blocks/picture.html"
        preview_template = "testimony/previews/blocks/picture.html"
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
    talking_point = TalkingPointBlock()
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
        preview_value=TABLE,
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

    def get_form_state(self, value):
        # upward: reads every item that the stream names at once, before any block asks for its own
        from testimony.richtext import reference_cache

        with reference_cache(value):
            return super().get_form_state(value)

    class Meta:
        template = "testimony/blocks/body.html"
