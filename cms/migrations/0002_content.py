import cms.models.kept_revisions
import cms.models.print_job
import cms.validators
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import modelsearch.index
import taggit.managers
import uuid
import wagtail.contrib.routable_page.models
import wagtail.fields
import wagtail.images.models
import wagtail.models.media
import wagtail.models.preview
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cms', '0001_user'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('taggit', '0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx'),
        ('wagtailcore', '0098_apitoken'),
        ('wagtailcore', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='ArchivePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('introduction', models.TextField(blank=True, verbose_name='introduction')),
            ],
            options={
                'verbose_name': 'archive',
            },
            bases=(wagtail.contrib.routable_page.models.RoutablePageMixin, cms.models.kept_revisions.KeepsRevisions, 'wagtailcore.page'),
        ),
        migrations.CreateModel(
            name='HomePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('introduction', wagtail.fields.RichTextField(blank=True, verbose_name='introduction')),
            ],
            options={
                'verbose_name': 'home page',
            },
            bases=(cms.models.kept_revisions.KeepsRevisions, 'wagtailcore.page'),
        ),
        migrations.CreateModel(
            name='IndependentApprovalTask',
            fields=[
                ('groupapprovaltask_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.groupapprovaltask')),
            ],
            options={
                'verbose_name': 'approval by a second person',
                'verbose_name_plural': 'approvals by a second person',
            },
            bases=('wagtailcore.groupapprovaltask',),
        ),
        migrations.CreateModel(
            name='Organization',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=255, unique=True, verbose_name='name')),
                ('acronym', models.CharField(blank=True, max_length=32, verbose_name='acronym')),
                ('kind', models.CharField(choices=[('department', 'Public agency'), ('partner', 'Community partner'), ('research', 'Research institution'), ('press', 'Press'), ('other', 'Other')], default='partner', max_length=16, verbose_name='kind')),
                ('url', models.URLField(blank=True, verbose_name='website')),
            ],
            options={
                'verbose_name': 'organization',
                'verbose_name_plural': 'organizations',
                'ordering': ['name'],
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='StandardPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('introduction', models.TextField(blank=True, verbose_name='introduction')),
                ('body', wagtail.fields.RichTextField(blank=True, verbose_name='text')),
            ],
            options={
                'verbose_name': 'plain page',
            },
            bases=(cms.models.kept_revisions.KeepsRevisions, 'wagtailcore.page'),
        ),
        migrations.CreateModel(
            name='StoredPdf',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64, unique=True)),
                ('sha256', models.CharField(max_length=64)),
                ('size', models.PositiveIntegerField()),
                ('pages', models.PositiveIntegerField()),
                ('kind', models.CharField(max_length=32)),
                ('title', models.CharField(max_length=255)),
                ('filename', models.CharField(max_length=255)),
                ('language', models.CharField(default='en', max_length=12)),
                ('path', models.CharField(max_length=255)),
                ('warnings', models.JSONField(blank=True, default=list)),
                ('report', models.JSONField(blank=True, default=dict)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('used_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name='ArchiveEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=32)),
                ('title', models.CharField(max_length=255)),
                ('url', models.CharField(max_length=500)),
                ('date', models.DateField()),
                ('year', models.PositiveSmallIntegerField()),
                ('language', models.CharField(default='en', max_length=12)),
                ('summary', models.TextField(blank=True)),
                ('body_name', models.CharField(blank=True, max_length=255)),
                ('vehicle', models.CharField(blank=True, max_length=120)),
                ('position', models.CharField(blank=True, max_length=32)),
                ('speaker', models.CharField(blank=True, max_length=255)),
                ('status', models.CharField(blank=True, max_length=32)),
                ('expires_at', models.DateTimeField(blank=True, null=True)),
                ('search_text', models.TextField(blank=True)),
                ('keywords', models.TextField(blank=True)),
                ('page', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='archive_entry', to=settings.WAGTAIL_PAGE_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=255, verbose_name='title')),
                ('file', models.FileField(upload_to='documents', verbose_name='file')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created at')),
                ('file_size', models.PositiveBigIntegerField(editable=False, null=True)),
                ('file_hash', models.CharField(blank=True, editable=False, max_length=40)),
                ('collection', models.ForeignKey(default=wagtail.models.media.get_root_collection_id, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.collection', verbose_name='collection')),
                ('tags', taggit.managers.TaggableManager(blank=True, help_text=None, through='taggit.TaggedItem', to='taggit.Tag', verbose_name='tags')),
                ('uploaded_by_user', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL, verbose_name='uploaded by user')),
            ],
            options={
                'verbose_name': 'document',
                'verbose_name_plural': 'documents',
                'abstract': False,
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='CreditedImage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=255, verbose_name='title')),
                ('file', wagtail.images.models.WagtailImageField(height_field='height', upload_to=wagtail.images.models.get_upload_to, verbose_name='file', width_field='width')),
                ('description', models.CharField(blank=True, default='', max_length=255, verbose_name='description')),
                ('width', models.IntegerField(editable=False, verbose_name='width')),
                ('height', models.IntegerField(editable=False, verbose_name='height')),
                ('created_at', models.DateTimeField(auto_now_add=True, db_index=True, verbose_name='created at')),
                ('focal_point_x', models.PositiveIntegerField(blank=True, null=True)),
                ('focal_point_y', models.PositiveIntegerField(blank=True, null=True)),
                ('focal_point_width', models.PositiveIntegerField(blank=True, null=True)),
                ('focal_point_height', models.PositiveIntegerField(blank=True, null=True)),
                ('file_size', models.PositiveIntegerField(editable=False, null=True)),
                ('file_hash', models.CharField(blank=True, db_index=True, editable=False, max_length=40)),
                ('credit', models.CharField(blank=True, help_text='Photographer or owner, printed beside the picture.', max_length=255, verbose_name='credit')),
                ('collection', models.ForeignKey(default=wagtail.models.media.get_root_collection_id, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.collection', verbose_name='collection')),
                ('tags', taggit.managers.TaggableManager(blank=True, help_text=None, through='taggit.TaggedItem', to='taggit.Tag', verbose_name='tags')),
                ('uploaded_by_user', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL, verbose_name='uploaded by user')),
            ],
            options={
                'verbose_name': 'image',
                'verbose_name_plural': 'images',
                'abstract': False,
            },
            bases=(wagtail.images.models.ImageFileMixin, modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='Branding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('logo_drawing', models.TextField(blank=True, help_text='An SVG file stays sharp on paper; it takes the place of the picture above.', verbose_name='logo as a drawing')),
                ('primary_color', models.CharField(default='#1b4965', help_text='Headings, links and the letterhead. White text must be readable on it.', max_length=7, validators=[cms.validators.validate_hex_color], verbose_name='primary color')),
                ('accent_color', models.CharField(default='#a63d1a', help_text='Key figures and charts. It must be readable on white.', max_length=7, validators=[cms.validators.validate_hex_color], verbose_name='accent color')),
                ('font_pair', models.CharField(choices=[('public', 'Public Sans with Source Serif: plain and steady'), ('plex', 'IBM Plex Sans with IBM Plex Serif: precise and modern'), ('humanist', 'Source Sans with Literata: warm, for long reading')], default='public', help_text='The same on the site and in PDFs. A pair is made when it is first chosen, in about a minute.', max_length=20, verbose_name='fonts')),
                ('letterhead_lines', models.TextField(blank=True, help_text='Printed under the name, one a line: office, officers.', verbose_name='letterhead lines')),
                ('address', models.TextField(blank=True, verbose_name='address')),
                ('contact_name', models.CharField(blank=True, max_length=255, verbose_name='contact')),
                ('contact_email', models.EmailField(blank=True, max_length=254, verbose_name='contact e-mail')),
                ('contact_phone', models.CharField(blank=True, max_length=40, verbose_name='contact telephone')),
                ('organization_name', models.CharField(default='Rostrum', max_length=255, verbose_name='organization name')),
                ('tagline', models.CharField(blank=True, max_length=255, verbose_name='tagline')),
                ('notice', models.CharField(blank=True, help_text='Shown at the top of every public page, for example that the site is a demo.', max_length=500, verbose_name='notice')),
                ('site', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.CASCADE, to='wagtailcore.site')),
                ('logo', models.ForeignKey(blank=True, help_text='PNG with a transparent background, at least 400 pixels wide.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='cms.creditedimage', verbose_name='logo')),
            ],
            options={
                'verbose_name': 'branding',
            },
            bases=(wagtail.models.preview.PreviewableMixin, models.Model),
        ),
        migrations.CreateModel(
            name='Issue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, unique=True, verbose_name='name')),
                ('slug', models.SlugField(allow_unicode=True, max_length=100, unique=True, verbose_name='slug')),
                ('description', models.TextField(blank=True, help_text='One or two sentences shown on the public site.', verbose_name='description')),
                ('synonyms', models.TextField(blank=True, help_text='Other words people use for it, one a line. Search finds them.', verbose_name='synonyms')),
                ('is_active', models.BooleanField(default=True, help_text='Untick to retire the issue. What is tagged with it stays tagged.', verbose_name='offered to authors')),
                ('merged_into', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='merged_issues', to='cms.issue', verbose_name='merged into')),
            ],
            options={
                'verbose_name': 'issue',
                'verbose_name_plural': 'issues',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='ArchiveEntryIssue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField()),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entry_issues', to='cms.archiveentry')),
                ('issue', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entry_issues', to='cms.issue')),
            ],
        ),
        migrations.AddField(
            model_name='archiveentry',
            name='issues',
            field=models.ManyToManyField(related_name='archive_entries', through='cms.ArchiveEntryIssue', to='cms.issue'),
        ),
        migrations.CreateModel(
            name='PageTwin',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ending', models.CharField(max_length=8)),
                ('is_draft', models.BooleanField(default=False)),
                ('size', models.PositiveIntegerField()),
                ('made_at', models.DateTimeField(auto_now=True)),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='twins', to=settings.WAGTAIL_PAGE_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='As it is printed and read out.', max_length=255, verbose_name='name')),
                ('sort_name', models.CharField(blank=True, help_text='For example: Okafor, Ada.', max_length=255, verbose_name='sort name')),
                ('honorific', models.CharField(blank=True, max_length=32, verbose_name='honorific')),
                ('pronunciation', models.CharField(blank=True, help_text='How to say the name, for example: AH-dah oh-KAH-for.', max_length=255, verbose_name='pronunciation')),
                ('role_title', models.CharField(blank=True, max_length=255, verbose_name='role')),
                ('words_per_minute', models.PositiveSmallIntegerField(blank=True, help_text='How fast they speak. Left empty, 130: calm public speaking.', null=True, validators=[django.core.validators.MinValueValidator(60), django.core.validators.MaxValueValidator(260)], verbose_name='words a minute')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('language', models.CharField(blank=True, choices=[('en', 'English'), ('es', 'Spanish')], help_text="In which the personal link and e-mail about a change are written to them. Empty: that of their account, else the site's.", max_length=8, verbose_name='language')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='telephone')),
                ('bio', models.TextField(blank=True, verbose_name='biography')),
                ('notes', models.TextField(blank=True, verbose_name='notes for staff')),
                ('organization', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='people', to='cms.organization', verbose_name='organization')),
                ('user', models.OneToOneField(blank=True, help_text='Speakers with an account see their own appearances.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='person', to=settings.AUTH_USER_MODEL, verbose_name='account')),
            ],
            options={
                'verbose_name': 'person',
                'verbose_name_plural': 'people',
                'ordering': ['sort_name', 'name'],
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='PrintJob',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('title', models.CharField(max_length=255)),
                ('filename', models.CharField(max_length=200)),
                ('language', models.CharField(default='en', max_length=12)),
                ('recipe', models.SlugField(blank=True, max_length=40)),
                ('subject_id', models.PositiveBigIntegerField(null=True)),
                ('packaging', models.CharField(choices=[('one', 'One PDF with contents, bookmarks and page numbers'), ('zip', 'A zip with one PDF for each')], default='one', max_length=8)),
                ('choices', models.CharField(blank=True, max_length=200)),
                ('double_sided', models.BooleanField(default=False)),
                ('newest', models.BooleanField(default=False)),
                ('options', models.JSONField(blank=True, default=dict)),
                ('fingerprint', models.CharField(blank=True, db_index=True, max_length=64)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('working', 'Printing'), ('held', 'Waits for your decision'), ('done', 'Done'), ('failed', 'Failed'), ('stopped', 'Stopped')], default='waiting', max_length=8)),
                ('go_on', models.BooleanField(default=False)),
                ('total', models.PositiveIntegerField(default=0)),
                ('done', models.PositiveIntegerField(default=0)),
                ('error', models.TextField(blank=True)),
                ('is_draft', models.BooleanField(default=False)),
                ('archive', models.CharField(blank=True, max_length=255)),
                ('size', models.PositiveBigIntegerField(default=0)),
                ('pages', models.PositiveIntegerField(default=0)),
                ('holder', models.CharField(blank=True, max_length=255)),
                ('held_until', models.DateTimeField(null=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('finished_at', models.DateTimeField(null=True)),
                ('expires_at', models.DateTimeField(default=cms.models.print_job.in_a_week)),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='print_jobs', to=settings.AUTH_USER_MODEL)),
                ('subject_type', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
                ('result', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='result_of', to='cms.storedpdf')),
            ],
            options={
                'ordering': ['-created_at'],
            },
        ),
        migrations.CreateModel(
            name='Rendition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('filter_spec', models.CharField(db_index=True, max_length=255)),
                ('file', wagtail.images.models.WagtailImageField(height_field='height', storage=wagtail.images.models.get_rendition_storage, upload_to=wagtail.images.models.get_rendition_upload_to, width_field='width')),
                ('width', models.IntegerField(editable=False)),
                ('height', models.IntegerField(editable=False)),
                ('focal_point_key', models.CharField(blank=True, default='', editable=False, max_length=16)),
                ('image', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='renditions', to='cms.creditedimage')),
            ],
            bases=(wagtail.images.models.ImageFileMixin, models.Model),
        ),
        migrations.CreateModel(
            name='PrintJobItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('item_id', models.PositiveBigIntegerField()),
                ('title', models.CharField(max_length=255)),
                ('group', models.CharField(blank=True, max_length=120)),
                ('paper', models.CharField(blank=True, max_length=40)),
                ('version', models.CharField(blank=True, max_length=40)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('done', 'Done'), ('failed', 'Failed')], default='waiting', max_length=8)),
                ('reason', models.TextField(blank=True)),
                ('is_draft', models.BooleanField(default=False)),
                ('item_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
                ('job', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='cms.printjob')),
                ('stored', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='printed_for', to='cms.storedpdf')),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='PagePdf',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField(auto_now=True)),
                ('page', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='current_pdf', to=settings.WAGTAIL_PAGE_MODEL)),
                ('stored', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='current_for', to='cms.storedpdf')),
            ],
        ),
        migrations.CreateModel(
            name='DraftPdf',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField(auto_now=True)),
                ('page', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='draft_pdf', to=settings.WAGTAIL_PAGE_MODEL)),
                ('stored', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cms.storedpdf')),
            ],
        ),
        migrations.CreateModel(
            name='Theme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('logo_drawing', models.TextField(blank=True, help_text='An SVG file stays sharp on paper; it takes the place of the picture above.', verbose_name='logo as a drawing')),
                ('letterhead_lines', models.TextField(blank=True, help_text='Printed under the name, one a line: office, officers.', verbose_name='letterhead lines')),
                ('address', models.TextField(blank=True, verbose_name='address')),
                ('contact_name', models.CharField(blank=True, max_length=255, verbose_name='contact')),
                ('contact_email', models.EmailField(blank=True, max_length=254, verbose_name='contact e-mail')),
                ('contact_phone', models.CharField(blank=True, max_length=40, verbose_name='contact telephone')),
                ('name', models.CharField(help_text='For example: Housing program.', max_length=120, unique=True, verbose_name='name')),
                ('organization_name', models.CharField(blank=True, help_text='As it stands in the letterhead.', max_length=255, verbose_name='organization name')),
                ('primary_color', models.CharField(blank=True, max_length=7, validators=[cms.validators.validate_hex_color], verbose_name='primary color')),
                ('accent_color', models.CharField(blank=True, max_length=7, validators=[cms.validators.validate_hex_color], verbose_name='accent color')),
                ('font_pair', models.CharField(blank=True, choices=[('public', 'Public Sans with Source Serif: plain and steady'), ('plex', 'IBM Plex Sans with IBM Plex Serif: precise and modern'), ('humanist', 'Source Sans with Literata: warm, for long reading')], default='', max_length=20, verbose_name='fonts')),
                ('logo', models.ForeignKey(blank=True, help_text='PNG with a transparent background, at least 400 pixels wide.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='cms.creditedimage', verbose_name='logo')),
            ],
            options={
                'verbose_name': 'theme',
                'verbose_name_plural': 'themes',
                'ordering': ['name'],
            },
            bases=(wagtail.models.preview.PreviewableMixin, models.Model),
        ),
        migrations.AddIndex(
            model_name='archiveentryissue',
            index=models.Index(fields=['issue', '-date', '-entry'], name='archive_issue_newest'),
        ),
        migrations.AddConstraint(
            model_name='archiveentryissue',
            constraint=models.UniqueConstraint(fields=('entry', 'issue'), name='archive_entry_issue_once'),
        ),
        migrations.AddIndex(
            model_name='archiveentry',
            index=models.Index(fields=['-date', '-id'], name='archive_newest'),
        ),
        migrations.AddIndex(
            model_name='archiveentry',
            index=models.Index(fields=['kind', '-date', '-id'], name='archive_kind_newest'),
        ),
        migrations.AddIndex(
            model_name='archiveentry',
            index=models.Index(fields=['year', '-date', '-id'], name='archive_year_newest'),
        ),
        migrations.AddConstraint(
            model_name='pagetwin',
            constraint=models.UniqueConstraint(fields=('page', 'ending', 'is_draft'), name='cms_page_twin_once'),
        ),
        migrations.AlterUniqueTogether(
            name='rendition',
            unique_together={('image', 'filter_spec', 'focal_point_key')},
        ),
        migrations.AddConstraint(
            model_name='printjobitem',
            constraint=models.UniqueConstraint(fields=('job', 'position'), name='print_item_position'),
        ),
    ]
