import cms.validators
import django.core.validators
import django.db.models.deletion
import modelcluster.fields
import modelsearch.index
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cms', '0002_content'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Body',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=255, unique=True, verbose_name='name')),
                ('short_name', models.CharField(blank=True, max_length=120, verbose_name='short name')),
                ('parent_name', models.CharField(blank=True, help_text='For example: State Senate.', max_length=255, verbose_name='part of')),
                ('jurisdiction', models.CharField(blank=True, max_length=120, verbose_name='jurisdiction')),
                ('chair_name', models.CharField(blank=True, max_length=255, verbose_name='name of the chair')),
                ('chair_title', models.CharField(default='Chair', help_text='Not gendered by default.', max_length=64, verbose_name='form of address')),
                ('salutation', models.CharField(blank=True, help_text='Leave empty for: Chair X and members of the committee.', max_length=255, verbose_name='salutation')),
                ('address', models.TextField(blank=True, verbose_name='address')),
                ('timezone', models.CharField(default='America/New_York', max_length=64, validators=[cms.validators.validate_timezone], verbose_name='time zone')),
                ('speaking_limit_seconds', models.PositiveIntegerField(blank=True, null=True, verbose_name='speaking limit')),
                ('interpreter_factor', models.DecimalField(decimal_places=1, default=Decimal('1'), help_text='How many times the limit a speaker gets whose words are interpreted sentence by sentence. 1: no more than others. Local bodies in California: 2.', max_digits=2, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(4)], verbose_name='limit with an interpreter')),
                ('url', models.URLField(blank=True, verbose_name='website')),
            ],
            options={
                'verbose_name': 'body',
                'verbose_name_plural': 'bodies',
                'ordering': ['name'],
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('hearing', 'Hearing'), ('press_conference', 'Press conference'), ('community_event', 'Community event'), ('agency_meeting', 'Agency meeting'), ('comment_period', 'Comment period'), ('floor', 'Floor session'), ('conference', 'Conference')], default='hearing', max_length=20, verbose_name='kind')),
                ('title', models.CharField(max_length=255, verbose_name='title')),
                ('starts_at', models.DateTimeField(blank=True, null=True, verbose_name='starts')),
                ('timezone', models.CharField(default='America/New_York', max_length=64, validators=[cms.validators.validate_timezone], verbose_name='time zone')),
                ('is_all_day', models.BooleanField(default=False, help_text='For past events of which no time is recorded, and for comment periods.', verbose_name='only the date is known')),
                ('place', models.CharField(blank=True, max_length=255, verbose_name='place')),
                ('video_url', models.URLField(blank=True, verbose_name='video link')),
                ('speaking_limit_seconds', models.PositiveIntegerField(blank=True, help_text="Leave empty to use the body's.", null=True, verbose_name='speaking limit')),
                ('status', models.CharField(choices=[('tentative', 'Tentative'), ('confirmed', 'Confirmed'), ('cancelled', 'Cancelled'), ('passed', 'Passed')], default='confirmed', max_length=16, verbose_name='status')),
                ('notes', models.TextField(blank=True, verbose_name='notes for staff')),
                ('source_key', models.CharField(editable=False, max_length=255, null=True, unique=True)),
                ('body', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='events', to='events.body', verbose_name='body')),
            ],
            options={
                'verbose_name': 'event',
                'verbose_name_plural': 'events',
                'ordering': ['-starts_at', '-pk'],
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='EventPacket',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('copies', models.PositiveSmallIntegerField(blank=True, help_text='Printed on the cover, for whoever stands at the copier.', null=True, validators=[django.core.validators.MaxValueValidator(500)], verbose_name='copies needed')),
                ('double_sided', models.BooleanField(default=False, help_text='Each part begins on a right-hand page; blank pages fill the gaps.', verbose_name='for printing on both sides')),
                ('choices', models.CharField(blank=True, max_length=200)),
                ('event', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='packet', to='events.event')),
            ],
            options={
                'verbose_name': 'packet',
                'verbose_name_plural': 'packets',
            },
        ),
        migrations.CreateModel(
            name='Presentation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role_title', models.CharField(blank=True, help_text="Empty: the person's role.", max_length=255, verbose_name='role at the time')),
                ('interpretation', models.CharField(choices=[('none', 'No interpretation'), ('simultaneous', 'Simultaneous, while the speaker goes on'), ('consecutive', 'Consecutive, after each sentence')], default='none', help_text='Consecutive interpretation doubles the time that the words need.', max_length=16, verbose_name='interpretation')),
                ('status', models.CharField(choices=[('planned', 'Planned'), ('confirmed', 'Confirmed'), ('delivered', 'Delivered'), ('withdrawn', 'Withdrawn')], default='planned', editable=False, max_length=16, verbose_name='status')),
                ('sort_order', models.PositiveIntegerField(default=0, verbose_name='order')),
                ('confirmed_at', models.DateTimeField(editable=False, null=True, verbose_name='confirmed')),
                ('delivered_at', models.DateTimeField(editable=False, null=True, verbose_name='delivered')),
                ('withdrawn_at', models.DateTimeField(editable=False, null=True, verbose_name='withdrawn')),
                ('notes', models.TextField(blank=True, verbose_name='notes for staff')),
                ('changed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='presentations', to='events.event', verbose_name='event')),
                ('speaker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='presentations', to='cms.person', verbose_name='speaker')),
            ],
            options={
                'verbose_name': 'presentation',
                'verbose_name_plural': 'presentations',
                'ordering': ['event', 'sort_order', 'pk'],
                'permissions': [('deliver_presentation', 'Can mark a presentation delivered')],
            },
        ),
        migrations.CreateModel(
            name='Vehicle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('bill', 'Bill'), ('ordinance', 'Ordinance'), ('resolution', 'Resolution'), ('rule', 'Rule'), ('ballot_question', 'Ballot question'), ('budget', 'Budget')], default='bill', max_length=20, verbose_name='kind')),
                ('identifier', models.CharField(help_text='As the body writes it: HB 1234.', max_length=120, verbose_name='identifier')),
                ('title', models.CharField(blank=True, max_length=500, verbose_name='title')),
                ('version', models.CharField(blank=True, help_text='For example: as introduced.', max_length=120, verbose_name='version')),
                ('position', models.CharField(blank=True, choices=[('support', 'Support'), ('support_if_amended', 'Support if amended'), ('neutral', 'Neutral / information'), ('concerns', 'Concerns'), ('oppose_unless_amended', 'Oppose unless amended'), ('oppose', 'Oppose')], max_length=32, verbose_name='our position')),
                ('url', models.URLField(blank=True, verbose_name='web address')),
                ('body', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='vehicles', to='events.body', verbose_name='body')),
            ],
            options={
                'verbose_name': 'bill, rule or other vehicle',
                'verbose_name_plural': 'bills, rules and other vehicles',
                'ordering': ['identifier'],
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.AddField(
            model_name='event',
            name='vehicle',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='events', to='events.vehicle', verbose_name='bill, rule or other vehicle'),
        ),
        migrations.CreateModel(
            name='PacketItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.PositiveIntegerField()),
                ('item_id', models.PositiveBigIntegerField()),
                ('paper', models.CharField(blank=True, max_length=40)),
                ('version', models.CharField(blank=True, max_length=40)),
                ('is_included', models.BooleanField(default=True)),
                ('item_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
                ('packet', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='events.eventpacket')),
            ],
            options={
                'ordering': ['sort_order', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('packet', 'item_type', 'item_id', 'paper', 'version'), name='packet_item_once')],
            },
        ),
        migrations.CreateModel(
            name='PresentationMaterial',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('ready_at', models.DateTimeField(editable=False, null=True, verbose_name='ready to file')),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='presentation_materials', to=settings.WAGTAIL_PAGE_MODEL, verbose_name='document')),
                ('presentation', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='materials', to='events.presentation')),
                ('ready_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'document',
                'verbose_name_plural': 'documents',
                'ordering': ['sort_order'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('presentation', 'page'), name='material_once')],
            },
        ),
        migrations.CreateModel(
            name='Record',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('as_delivered', 'As delivered')], default='as_delivered', max_length=16, verbose_name='kind')),
                ('title', models.CharField(max_length=255, verbose_name='title')),
                ('event_title', models.CharField(max_length=255, verbose_name='event')),
                ('speaker_name', models.CharField(max_length=255, verbose_name='speaker')),
                ('place', models.CharField(blank=True, max_length=255, verbose_name='place')),
                ('delivered_at', models.DateTimeField(verbose_name='delivered')),
                ('text', models.TextField(verbose_name='resolved text')),
                ('payload', models.JSONField(verbose_name='resolved content')),
                ('pdf_path', models.CharField(max_length=255)),
                ('pdf_filename', models.CharField(max_length=255)),
                ('pdf_sha256', models.CharField(max_length=64, verbose_name='SHA-256 of the PDF')),
                ('pdf_size', models.PositiveIntegerField(verbose_name='size of the PDF, in bytes')),
                ('pdf_pages', models.PositiveIntegerField(verbose_name='pages')),
                ('content_sha256', models.CharField(max_length=64, verbose_name='SHA-256 of the content')),
                ('created_at', models.DateTimeField(verbose_name='recorded')),
                ('created_by_name', models.CharField(blank=True, max_length=255, verbose_name='recorded by')),
                ('created_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delivered_records', to=settings.WAGTAIL_PAGE_MODEL)),
                ('presentation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='records', to='events.presentation', verbose_name='presentation')),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delivered_records', to='wagtailcore.revision')),
            ],
            options={
                'verbose_name': 'record',
                'verbose_name_plural': 'records',
                'ordering': ['-delivered_at', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('presentation', 'page', 'kind'), name='record_once_per_presentation')],
            },
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['starts_at'], name='event_starts_at'),
        ),
    ]
