import django.db.models.deletion
import modelcluster.contrib.taggit
import modelcluster.fields
import modelsearch.index
import wagtail.contrib.routable_page.models
import wagtail.fields
import wagtail.models.preview
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cms', '0002_content'),
        ('events', '0001_events'),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='FactSheetPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('language', models.CharField(choices=[('en', 'English'), ('es', 'Spanish'), ('vi', 'Vietnamese'), ('ar', 'Arabic'), ('so', 'Somali'), ('ht', 'Haitian Creole')], default='en', max_length=12, verbose_name='language')),
                ('date', models.DateField(blank=True, help_text='Of the hearing, or of the document.', null=True, verbose_name='date')),
                ('summary', models.TextField(blank=True, help_text='One or two sentences for lists and search engines.', verbose_name='summary')),
                ('body', wagtail.fields.StreamField([('heading', 0), ('subheading', 1), ('paragraph', 2), ('talking_point', 3), ('statistic', 6), ('chart', 16), ('table', 19), ('image', 22), ('quote', 25), ('ask', 26), ('preformatted', 27)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'description': 'A main section.', 'group': 'Text', 'icon': 'h2', 'label': 'Heading', 'preview_value': 'Why this matters', 'template': 'testimony/blocks/heading.html'}), 1: ('wagtail.blocks.CharBlock', (), {'description': 'A part of a section.', 'group': 'Text', 'icon': 'h3', 'label': 'Subheading', 'preview_value': 'What we see in the clinic', 'template': 'testimony/blocks/subheading.html'}), 2: ('wagtail.blocks.RichTextBlock', (), {'description': 'Text. Type / to place a statistic, a source or a footnote.', 'features': ['bold', 'italic', 'link', 'ol', 'ul', 'superscript', 'subscript', 'blockquote', 'statistic', 'source', 'note'], 'group': 'Text', 'icon': 'pilcrow', 'label': 'Paragraph', 'preview_value': '<p>Workers who cannot stay home when they are sick bring illness to work.</p>', 'template': 'testimony/blocks/paragraph.html'}), 3: ('wagtail.snippets.blocks.SnippetChooserBlock', ('testimony.TalkingPoint',), {'description': 'A message of the library. It follows the library: corrected there, corrected here.', 'group': 'Evidence', 'icon': 'comment', 'label': 'Talking point', 'template': 'testimony/blocks/talking_point.html'}), 4: ('wagtail.snippets.blocks.SnippetChooserBlock', ('testimony.Statistic',), {}), 5: ('wagtail.blocks.CharBlock', (), {'help_text': 'Leave empty to print what the statistic itself says.', 'label': 'Words beside it', 'required': False}), 6: ('wagtail.blocks.StructBlock', [[('statistic', 4), ('emphasis', 5)]], {}), 7: ('wagtail.blocks.CharBlock', (), {'help_text': 'Say the finding, not the topic.', 'label': 'What it shows'}), 8: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('bar', 'Bars'), ('line', 'Line')], 'label': 'Kind'}), 9: ('wagtail.blocks.CharBlock', (), {'label': 'Unit', 'max_length': 60, 'required': False}), 10: ('wagtail.blocks.CharBlock', (), {'label': 'Label', 'max_length': 80}), 11: ('wagtail.blocks.DecimalBlock', (), {'label': 'Value'}), 12: ('wagtail.blocks.StructBlock', [[('label', 10), ('value', 11)]], {}), 13: ('wagtail.blocks.ListBlock', (12,), {'label': 'Figures', 'max_num': 40, 'min_num': 2}), 14: ('wagtail.snippets.blocks.SnippetChooserBlock', ('testimony.Source',), {'required': False}), 15: ('wagtail.blocks.TextBlock', (), {'help_text': 'What a person who cannot see the chart should learn from it.', 'label': 'In words'}), 16: ('wagtail.blocks.StructBlock', [[('title', 7), ('kind', 8), ('unit', 9), ('rows', 13), ('source', 14), ('alt', 15)]], {}), 17: ('wagtail.blocks.CharBlock', (), {'label': 'Text', 'required': False}), 18: ('wagtail.blocks.DecimalBlock', (), {'label': 'Number', 'required': False}), 19: ('wagtail.contrib.typed_table_block.blocks.TypedTableBlock', [[('text', 17), ('number', 18)]], {'description': 'A small table with a caption and column headings.', 'group': 'Evidence', 'icon': 'table', 'label': 'Table', 'template': 'testimony/blocks/table.html'}), 20: ('wagtail.images.blocks.ImageBlock', [], {'label': 'Picture'}), 21: ('wagtail.blocks.CharBlock', (), {'label': 'Caption', 'required': False}), 22: ('wagtail.blocks.StructBlock', [[('image', 20), ('caption', 21)]], {}), 23: ('wagtail.blocks.TextBlock', (), {'label': 'Quotation'}), 24: ('wagtail.blocks.CharBlock', (), {'label': 'Who said it', 'required': False}), 25: ('wagtail.blocks.StructBlock', [[('text', 23), ('attribution', 24)]], {}), 26: ('wagtail.blocks.RichTextBlock', (), {'description': 'What you ask the body to do, in a box.', 'features': ['bold', 'italic', 'link'], 'group': 'Text', 'icon': 'pick', 'label': 'The ask', 'preview_value': '<p>Please vote yes on HB 1234.</p>', 'template': 'testimony/blocks/ask.html'}), 27: ('wagtail.blocks.TextBlock', (), {'description': 'Columns of an old document, kept as they were typed.', 'group': 'Text', 'icon': 'code', 'label': 'Fixed-width text', 'preview_value': 'Year   Rate\n2019   10.5\n2020   11.4', 'template': 'testimony/blocks/preformatted.html'})}, verbose_name='text')),
                ('headline', models.CharField(blank=True, help_text='What the reader should remember.', max_length=255, verbose_name='main message')),
                ('ask', wagtail.fields.RichTextField(blank=True, help_text='What should be done.', verbose_name='the ask')),
                ('contact', models.ForeignKey(blank=True, help_text='Their name, e-mail and telephone are printed on the document.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='cms.person', verbose_name='contact')),
                ('vehicle', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='fact_sheets', to='events.vehicle', verbose_name='bill or other vehicle')),
            ],
            options={
                'verbose_name': 'fact sheet',
                'verbose_name_plural': 'fact sheets',
            },
            bases=(wagtail.contrib.routable_page.models.RoutablePageMixin, 'wagtailcore.page'),
        ),
        migrations.CreateModel(
            name='IssueTaggedFactSheet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_object', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='issue_tagged_items', to='testimony.factsheetpage')),
                ('tag', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tagged_fact_sheets', to='cms.issue')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='factsheetpage',
            name='issues',
            field=modelcluster.contrib.taggit.ClusterTaggableManager(blank=True, help_text='A comma-separated list of tags.', through='testimony.IssueTaggedFactSheet', to='cms.Issue', verbose_name='issues'),
        ),
        migrations.CreateModel(
            name='IssueTaggedTalkingPoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tag', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tagged_talking_points', to='cms.issue')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='IssueTaggedTestimony',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tag', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tagged_testimony', to='cms.issue')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('live', models.BooleanField(default=True, editable=False, verbose_name='live')),
                ('has_unpublished_changes', models.BooleanField(default=False, editable=False, verbose_name='has unpublished changes')),
                ('first_published_at', models.DateTimeField(blank=True, db_index=True, null=True, verbose_name='first published at')),
                ('last_published_at', models.DateTimeField(editable=False, null=True, verbose_name='last published at')),
                ('go_live_at', models.DateTimeField(blank=True, null=True, verbose_name='go live date/time')),
                ('expire_at', models.DateTimeField(blank=True, null=True, verbose_name='expiry date/time')),
                ('expired', models.BooleanField(default=False, editable=False, verbose_name='expired')),
                ('locked', models.BooleanField(default=False, editable=False, verbose_name='locked')),
                ('locked_at', models.DateTimeField(editable=False, null=True, verbose_name='locked at')),
                ('review_by', models.DateField(blank=True, null=True, verbose_name='review by')),
                ('title', models.CharField(max_length=500, verbose_name='title')),
                ('author', models.CharField(blank=True, help_text='Person or agency, as it is cited.', max_length=255, verbose_name='author')),
                ('publisher', models.CharField(blank=True, max_length=255, verbose_name='publisher')),
                ('published', models.CharField(blank=True, help_text='Year or date: 2021, May 2023.', max_length=32, verbose_name='published')),
                ('url', models.URLField(blank=True, max_length=500, verbose_name='web address')),
                ('retrieved_on', models.DateField(blank=True, null=True, verbose_name='retrieved on')),
                ('note', models.CharField(blank=True, help_text='For example: table 3, p. 12.', max_length=255, verbose_name='table or page')),
                ('latest_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='latest revision')),
                ('live_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='live revision')),
                ('locked_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='locked_%(class)ss', to=settings.AUTH_USER_MODEL, verbose_name='locked by')),
                ('owner', models.ForeignKey(blank=True, help_text='Who keeps it right.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
            ],
            options={
                'verbose_name': 'source',
                'verbose_name_plural': 'sources',
                'ordering': ['title'],
            },
            bases=(wagtail.models.preview.PreviewableMixin, modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='Statistic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('live', models.BooleanField(default=True, editable=False, verbose_name='live')),
                ('has_unpublished_changes', models.BooleanField(default=False, editable=False, verbose_name='has unpublished changes')),
                ('first_published_at', models.DateTimeField(blank=True, db_index=True, null=True, verbose_name='first published at')),
                ('last_published_at', models.DateTimeField(editable=False, null=True, verbose_name='last published at')),
                ('go_live_at', models.DateTimeField(blank=True, null=True, verbose_name='go live date/time')),
                ('expire_at', models.DateTimeField(blank=True, null=True, verbose_name='expiry date/time')),
                ('expired', models.BooleanField(default=False, editable=False, verbose_name='expired')),
                ('locked', models.BooleanField(default=False, editable=False, verbose_name='locked')),
                ('locked_at', models.DateTimeField(editable=False, null=True, verbose_name='locked at')),
                ('review_by', models.DateField(blank=True, null=True, verbose_name='review by')),
                ('label', models.CharField(help_text='Reads on from the figure: “of private-industry workers have paid family leave”.', max_length=255, verbose_name='what it says')),
                ('value', models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True, verbose_name='value')),
                ('decimals', models.PositiveSmallIntegerField(default=0, verbose_name='decimals shown')),
                ('unit', models.CharField(choices=[('percent', 'percent'), ('people', 'people'), ('households', 'households'), ('dollars', 'dollars'), ('dollars_per_hour', 'dollars an hour'), ('per_100_000', 'per 100,000 people'), ('times', 'times as many'), ('points', 'percentage points'), ('years', 'years'), ('number', '(no unit)')], default='percent', max_length=20, verbose_name='unit')),
                ('population', models.CharField(blank=True, max_length=255, verbose_name='population')),
                ('place', models.CharField(blank=True, max_length=255, verbose_name='place')),
                ('period', models.CharField(blank=True, max_length=64, verbose_name='period')),
                ('retrieved_on', models.DateField(blank=True, null=True, verbose_name='retrieved on')),
                ('spoken', models.CharField(blank=True, help_text='For example: forty-seven percent.', max_length=255, verbose_name='said aloud')),
                ('latest_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='latest revision')),
                ('live_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='live revision')),
                ('locked_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='locked_%(class)ss', to=settings.AUTH_USER_MODEL, verbose_name='locked by')),
                ('owner', models.ForeignKey(blank=True, help_text='Who keeps it right.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
                ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='statistics', to='testimony.source', verbose_name='source')),
            ],
            options={
                'verbose_name': 'statistic',
                'verbose_name_plural': 'statistics',
                'ordering': ['label'],
            },
            bases=(wagtail.models.preview.PreviewableMixin, modelsearch.index.Indexed, models.Model),
        ),
        migrations.AddField(
            model_name='factsheetpage',
            name='key_figure',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='testimony.statistic', verbose_name='key figure'),
        ),
        migrations.CreateModel(
            name='TalkingPoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('live', models.BooleanField(default=True, editable=False, verbose_name='live')),
                ('has_unpublished_changes', models.BooleanField(default=False, editable=False, verbose_name='has unpublished changes')),
                ('first_published_at', models.DateTimeField(blank=True, db_index=True, null=True, verbose_name='first published at')),
                ('last_published_at', models.DateTimeField(editable=False, null=True, verbose_name='last published at')),
                ('go_live_at', models.DateTimeField(blank=True, null=True, verbose_name='go live date/time')),
                ('expire_at', models.DateTimeField(blank=True, null=True, verbose_name='expiry date/time')),
                ('expired', models.BooleanField(default=False, editable=False, verbose_name='expired')),
                ('locked', models.BooleanField(default=False, editable=False, verbose_name='locked')),
                ('locked_at', models.DateTimeField(editable=False, null=True, verbose_name='locked at')),
                ('review_by', models.DateField(blank=True, null=True, verbose_name='review by')),
                ('title', models.CharField(help_text='The point in one sentence; choosers show it.', max_length=255, verbose_name='message')),
                ('text', wagtail.fields.RichTextField(blank=True, verbose_name='text')),
                ('audience', models.CharField(choices=[('everybody', 'Everybody'), ('legislators', 'Legislators'), ('press', 'Press'), ('community', 'Community')], default='everybody', max_length=16, verbose_name='audience')),
                ('issues', modelcluster.contrib.taggit.ClusterTaggableManager(blank=True, help_text='A comma-separated list of tags.', through='testimony.IssueTaggedTalkingPoint', to='cms.Issue', verbose_name='issues')),
                ('latest_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='latest revision')),
                ('live_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='live revision')),
                ('locked_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='locked_%(class)ss', to=settings.AUTH_USER_MODEL, verbose_name='locked by')),
                ('owner', models.ForeignKey(blank=True, help_text='Who keeps it right.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
            ],
            options={
                'verbose_name': 'talking point',
                'verbose_name_plural': 'talking points',
                'ordering': ['title'],
            },
            bases=(wagtail.models.preview.PreviewableMixin, modelsearch.index.Indexed, models.Model),
        ),
        migrations.AddField(
            model_name='issuetaggedtalkingpoint',
            name='content_object',
            field=modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='issue_tagged_items', to='testimony.talkingpoint'),
        ),
        migrations.CreateModel(
            name='TestimonyPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('language', models.CharField(choices=[('en', 'English'), ('es', 'Spanish'), ('vi', 'Vietnamese'), ('ar', 'Arabic'), ('so', 'Somali'), ('ht', 'Haitian Creole')], default='en', max_length=12, verbose_name='language')),
                ('date', models.DateField(blank=True, help_text='Of the hearing, or of the document.', null=True, verbose_name='date')),
                ('summary', models.TextField(blank=True, help_text='One or two sentences for lists and search engines.', verbose_name='summary')),
                ('body', wagtail.fields.StreamField([('heading', 0), ('subheading', 1), ('paragraph', 2), ('talking_point', 3), ('statistic', 6), ('chart', 16), ('table', 19), ('image', 22), ('quote', 25), ('ask', 26), ('preformatted', 27)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'description': 'A main section.', 'group': 'Text', 'icon': 'h2', 'label': 'Heading', 'preview_value': 'Why this matters', 'template': 'testimony/blocks/heading.html'}), 1: ('wagtail.blocks.CharBlock', (), {'description': 'A part of a section.', 'group': 'Text', 'icon': 'h3', 'label': 'Subheading', 'preview_value': 'What we see in the clinic', 'template': 'testimony/blocks/subheading.html'}), 2: ('wagtail.blocks.RichTextBlock', (), {'description': 'Text. Type / to place a statistic, a source or a footnote.', 'features': ['bold', 'italic', 'link', 'ol', 'ul', 'superscript', 'subscript', 'blockquote', 'statistic', 'source', 'note'], 'group': 'Text', 'icon': 'pilcrow', 'label': 'Paragraph', 'preview_value': '<p>Workers who cannot stay home when they are sick bring illness to work.</p>', 'template': 'testimony/blocks/paragraph.html'}), 3: ('wagtail.snippets.blocks.SnippetChooserBlock', ('testimony.TalkingPoint',), {'description': 'A message of the library. It follows the library: corrected there, corrected here.', 'group': 'Evidence', 'icon': 'comment', 'label': 'Talking point', 'template': 'testimony/blocks/talking_point.html'}), 4: ('wagtail.snippets.blocks.SnippetChooserBlock', ('testimony.Statistic',), {}), 5: ('wagtail.blocks.CharBlock', (), {'help_text': 'Leave empty to print what the statistic itself says.', 'label': 'Words beside it', 'required': False}), 6: ('wagtail.blocks.StructBlock', [[('statistic', 4), ('emphasis', 5)]], {}), 7: ('wagtail.blocks.CharBlock', (), {'help_text': 'Say the finding, not the topic.', 'label': 'What it shows'}), 8: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('bar', 'Bars'), ('line', 'Line')], 'label': 'Kind'}), 9: ('wagtail.blocks.CharBlock', (), {'label': 'Unit', 'max_length': 60, 'required': False}), 10: ('wagtail.blocks.CharBlock', (), {'label': 'Label', 'max_length': 80}), 11: ('wagtail.blocks.DecimalBlock', (), {'label': 'Value'}), 12: ('wagtail.blocks.StructBlock', [[('label', 10), ('value', 11)]], {}), 13: ('wagtail.blocks.ListBlock', (12,), {'label': 'Figures', 'max_num': 40, 'min_num': 2}), 14: ('wagtail.snippets.blocks.SnippetChooserBlock', ('testimony.Source',), {'required': False}), 15: ('wagtail.blocks.TextBlock', (), {'help_text': 'What a person who cannot see the chart should learn from it.', 'label': 'In words'}), 16: ('wagtail.blocks.StructBlock', [[('title', 7), ('kind', 8), ('unit', 9), ('rows', 13), ('source', 14), ('alt', 15)]], {}), 17: ('wagtail.blocks.CharBlock', (), {'label': 'Text', 'required': False}), 18: ('wagtail.blocks.DecimalBlock', (), {'label': 'Number', 'required': False}), 19: ('wagtail.contrib.typed_table_block.blocks.TypedTableBlock', [[('text', 17), ('number', 18)]], {'description': 'A small table with a caption and column headings.', 'group': 'Evidence', 'icon': 'table', 'label': 'Table', 'template': 'testimony/blocks/table.html'}), 20: ('wagtail.images.blocks.ImageBlock', [], {'label': 'Picture'}), 21: ('wagtail.blocks.CharBlock', (), {'label': 'Caption', 'required': False}), 22: ('wagtail.blocks.StructBlock', [[('image', 20), ('caption', 21)]], {}), 23: ('wagtail.blocks.TextBlock', (), {'label': 'Quotation'}), 24: ('wagtail.blocks.CharBlock', (), {'label': 'Who said it', 'required': False}), 25: ('wagtail.blocks.StructBlock', [[('text', 23), ('attribution', 24)]], {}), 26: ('wagtail.blocks.RichTextBlock', (), {'description': 'What you ask the body to do, in a box.', 'features': ['bold', 'italic', 'link'], 'group': 'Text', 'icon': 'pick', 'label': 'The ask', 'preview_value': '<p>Please vote yes on HB 1234.</p>', 'template': 'testimony/blocks/ask.html'}), 27: ('wagtail.blocks.TextBlock', (), {'description': 'Columns of an old document, kept as they were typed.', 'group': 'Text', 'icon': 'code', 'label': 'Fixed-width text', 'preview_value': 'Year   Rate\n2019   10.5\n2020   11.4', 'template': 'testimony/blocks/preformatted.html'})}, verbose_name='text')),
                ('document_kind', models.CharField(choices=[('testimony', 'Testimony'), ('prepared_statement', 'Prepared statement'), ('oral_statement', 'Oral statement'), ('opening_statement', 'Opening statement'), ('member_statement', 'Member statement'), ('floor_statement', 'Floor statement'), ('statement_for_the_record', 'Statement for the record'), ('speech', 'Speech')], default='testimony', max_length=32, verbose_name='kind')),
                ('position', models.CharField(blank=True, choices=[('support', 'Support'), ('support_if_amended', 'Support if amended'), ('neutral', 'Neutral / information'), ('concerns', 'Concerns'), ('oppose_unless_amended', 'Oppose unless amended'), ('oppose', 'Oppose')], max_length=32, verbose_name='position')),
                ('speaker_role', models.CharField(blank=True, max_length=255, verbose_name='role at the time')),
                ('salutation', models.CharField(blank=True, max_length=255, verbose_name='salutation')),
                ('source_key', models.CharField(blank=True, editable=False, max_length=255, null=True, unique=True)),
                ('source_url', models.URLField(blank=True, max_length=500, verbose_name='where it was published')),
                ('source_publisher', models.CharField(blank=True, max_length=255, verbose_name='published by')),
                ('licence', models.CharField(blank=True, max_length=64, verbose_name='licence')),
                ('source_digest', models.CharField(blank=True, editable=False, max_length=64)),
                ('contact', models.ForeignKey(blank=True, help_text='Their name, e-mail and telephone are printed on the document.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='cms.person', verbose_name='contact')),
                ('event', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='testimony', to='events.event', verbose_name='hearing or event')),
                ('issues', modelcluster.contrib.taggit.ClusterTaggableManager(blank=True, help_text='A comma-separated list of tags.', through='testimony.IssueTaggedTestimony', to='cms.Issue', verbose_name='issues')),
                ('speaker', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='testimony', to='cms.person', verbose_name='speaker')),
                ('vehicle', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='testimony', to='events.vehicle', verbose_name='bill or other vehicle')),
            ],
            options={
                'verbose_name': 'testimony',
                'verbose_name_plural': 'testimony',
            },
            bases=(wagtail.contrib.routable_page.models.RoutablePageMixin, 'wagtailcore.page'),
        ),
        migrations.AddField(
            model_name='issuetaggedtestimony',
            name='content_object',
            field=modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='issue_tagged_items', to='testimony.testimonypage'),
        ),
    ]
