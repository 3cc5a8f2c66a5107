import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0001_first_tables'),
        ('letters', '0001_first_tables'),
        ('signatures', '0001_first_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Asked',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.BinaryField(max_length=16)),
                ('times', models.PositiveSmallIntegerField(default=0)),
                ('last_on', models.DateField()),
            ],
            options={
                'verbose_name_plural': 'asked',
            },
        ),
        migrations.CreateModel(
            name='Ended',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(choices=[('RECOGNITION', 'Recognition'), ('NAMES', 'Names')], max_length=11)),
                ('on', models.DateField()),
            ],
            options={
                'verbose_name_plural': 'ended',
            },
        ),
        migrations.CreateModel(
            name='Hold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('COUNTRY', 'Country'), ('LANGUAGE', 'Language'), ('DOMAIN', 'Mail domain')], max_length=8)),
                ('value', models.CharField(max_length=255)),
                ('began_on', models.DateField()),
                ('state', models.CharField(choices=[('OPEN', 'Open'), ('RELEASED', 'Released'), ('VOIDED', 'Voided')], default='OPEN', max_length=8)),
            ],
        ),
        migrations.AddField(
            model_name='pending',
            name='via',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='campaigns.organisation'),
        ),
        migrations.AddField(
            model_name='signature',
            name='domain_box',
            field=models.BinaryField(default=bytes),
        ),
        migrations.AddField(
            model_name='signature',
            name='news_box',
            field=models.BinaryField(default=bytes),
        ),
        migrations.AddField(
            model_name='signature',
            name='to_addressee',
            field=models.CharField(choices=[('name', 'full name and country'), ('chosen', 'other name and country'), ('initials', 'initials and country'), ('place', 'country only'), ('count', 'only that one more person signed')], default='place', max_length=8),
        ),
        migrations.AddField(
            model_name='signature',
            name='to_coalition',
            field=models.CharField(choices=[('name', 'full name and country'), ('chosen', 'other name and country'), ('initials', 'initials and country'), ('place', 'country only'), ('count', 'only that one more person signed')], default='place', max_length=8),
        ),
        migrations.AddField(
            model_name='signature',
            name='to_organisers',
            field=models.CharField(choices=[('name', 'full name and country'), ('chosen', 'other name and country'), ('initials', 'initials and country'), ('place', 'country only'), ('count', 'only that one more person signed')], default='place', max_length=8),
        ),
        migrations.AddField(
            model_name='signature',
            name='to_public',
            field=models.CharField(choices=[('name', 'full name and country'), ('chosen', 'other name and country'), ('initials', 'initials and country'), ('place', 'country only'), ('count', 'only that one more person signed')], default='place', max_length=8),
        ),
        migrations.AddField(
            model_name='signature',
            name='via',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='campaigns.organisation'),
        ),
        migrations.AlterField(
            model_name='signature',
            name='opening_box',
            field=models.BinaryField(default=bytes),
        ),
        migrations.AlterField(
            model_name='signature',
            name='token',
            field=models.BinaryField(max_length=16, null=True),
        ),
        migrations.AddField(
            model_name='asked',
            name='edition',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='campaigns.edition'),
        ),
        migrations.AddField(
            model_name='ended',
            name='edition',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='endings', to='campaigns.edition'),
        ),
        migrations.AddField(
            model_name='hold',
            name='edition',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='holds', to='campaigns.edition'),
        ),
        migrations.AddField(
            model_name='signature',
            name='hold',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='signatures.hold'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.CheckConstraint(condition=models.Q(('to_addressee__in', ['name', 'chosen', 'initials', 'place', 'count']), ('to_coalition__in', ['name', 'chosen', 'initials', 'place', 'count']), ('to_organisers__in', ['name', 'chosen', 'initials', 'place', 'count']), ('to_public__in', ['name', 'chosen', 'initials', 'place', 'count'])), name='signature_levels_known'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.CheckConstraint(condition=models.Q(('consents_to_news', True), ('news_box', b''), _connector='OR'), name='signature_address_only_for_news'),
        ),
        migrations.AddConstraint(
            model_name='asked',
            constraint=models.UniqueConstraint(fields=('edition', 'token'), name='asked_once_per_mailbox'),
        ),
        migrations.AddConstraint(
            model_name='asked',
            constraint=models.CheckConstraint(condition=models.Q(('times__lte', 3)), name='asked_three_times_at_most'),
        ),
        migrations.AddConstraint(
            model_name='ended',
            constraint=models.UniqueConstraint(fields=('edition', 'what'), name='ended_once'),
        ),
        migrations.AddConstraint(
            model_name='ended',
            constraint=models.CheckConstraint(condition=models.Q(('what__in', ['RECOGNITION', 'NAMES'])), name='ended_what_known'),
        ),
        migrations.AddConstraint(
            model_name='hold',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'OPEN')), fields=('edition', 'kind', 'value'), name='hold_open_once'),
        ),
        migrations.AddConstraint(
            model_name='hold',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['COUNTRY', 'LANGUAGE', 'DOMAIN'])), name='hold_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='hold',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['OPEN', 'RELEASED', 'VOIDED'])), name='hold_state_known'),
        ),
    ]
