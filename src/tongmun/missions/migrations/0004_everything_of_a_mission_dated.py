import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('missions', '0003_known_kinds_ranks_and_functions'),
    ]

    operations = [
        migrations.CreateModel(
            name='ConsularDistrict',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(blank=True, null=True)),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('source', models.CharField(blank=True, max_length=300)),
                ('checked_on', models.DateField(blank=True, null=True)),
                ('checked_by', models.CharField(blank=True, max_length=120)),
                ('region', models.CharField(max_length=6, validators=[django.core.validators.RegexValidator('^[A-Z]{2}(-[A-Z0-9]{1,3})?$')])),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Holiday',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(max_length=2)),
                ('day', models.DateField()),
                ('names', models.JSONField()),
                ('source', models.CharField(blank=True, max_length=300)),
                ('checked_on', models.DateField(blank=True, null=True)),
                ('checked_by', models.CharField(blank=True, max_length=120)),
            ],
        ),
        migrations.CreateModel(
            name='OpeningHours',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(blank=True, null=True)),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('source', models.CharField(blank=True, max_length=300)),
                ('checked_on', models.DateField(blank=True, null=True)),
                ('checked_by', models.CharField(blank=True, max_length=120)),
                ('weekday', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(7)])),
                ('opens', models.TimeField()),
                ('closes', models.TimeField()),
            ],
            options={
                'verbose_name_plural': 'opening hours',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Upstream',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('values', models.JSONField()),
            ],
        ),
        migrations.AddField(
            model_name='headofmission',
            name='titles',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name='mission',
            name='email',
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name='mission',
            name='locality',
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name='mission',
            name='phone',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='mission',
            name='website',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddConstraint(
            model_name='headofmission',
            constraint=models.UniqueConstraint(condition=models.Q(('valid_to__isnull', True)), fields=('mission',), name='head_of_mission_without_end_once', violation_error_message='This mission has a head already. End that term first.'),
        ),
        migrations.AddConstraint(
            model_name='headofmission',
            constraint=models.UniqueConstraint(fields=('mission', 'valid_from'), name='head_of_mission_begins_once_a_day', violation_error_message='Another head begins on the same day.'),
        ),
        migrations.AddConstraint(
            model_name='premises',
            constraint=models.UniqueConstraint(condition=models.Q(('function', 'chancery'), ('valid_to__isnull', True)), fields=('mission',), name='chancery_without_end_once', violation_error_message='This mission has a chancery already. End that one first.'),
        ),
        migrations.AddConstraint(
            model_name='premises',
            constraint=models.UniqueConstraint(condition=models.Q(('function', 'chancery')), fields=('mission', 'valid_from'), name='chancery_begins_once_a_day', violation_error_message='Another chancery begins on the same day.'),
        ),
        migrations.AddField(
            model_name='consulardistrict',
            name='mission',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='districts', to='missions.mission'),
        ),
        migrations.AddConstraint(
            model_name='holiday',
            constraint=models.UniqueConstraint(fields=('state', 'day'), name='holiday_once_a_day', violation_error_message='This state has a holiday on this day already.'),
        ),
        migrations.AddField(
            model_name='openinghours',
            name='mission',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hours', to='missions.mission'),
        ),
        migrations.AddField(
            model_name='upstream',
            name='mission',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='upstream', to='missions.mission'),
        ),
        migrations.AddConstraint(
            model_name='consulardistrict',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='consulardistrict_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='consulardistrict',
            constraint=models.UniqueConstraint(condition=models.Q(('valid_to__isnull', True)), fields=('mission', 'region'), name='district_without_end_once', violation_error_message='This mission looks after the region already.'),
        ),
        migrations.AddConstraint(
            model_name='consulardistrict',
            constraint=models.UniqueConstraint(fields=('mission', 'region', 'valid_from'), name='district_begins_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='openinghours',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='openinghours_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='openinghours',
            constraint=models.CheckConstraint(condition=models.Q(('weekday__range', (1, 7))), name='hours_on_a_day_of_the_week'),
        ),
        migrations.AddConstraint(
            model_name='openinghours',
            constraint=models.CheckConstraint(condition=models.Q(('closes__gt', models.F('opens'))), name='hours_close_after_they_open'),
        ),
        migrations.AddConstraint(
            model_name='openinghours',
            constraint=models.UniqueConstraint(condition=models.Q(('valid_to__isnull', True)), fields=('mission', 'weekday', 'opens'), name='hours_without_end_once'),
        ),
    ]
