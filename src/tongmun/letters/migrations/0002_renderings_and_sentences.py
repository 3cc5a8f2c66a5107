import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0001_first_tables'),
        ('letters', '0001_first_tables'),
    ]

    operations = [
        migrations.AddField(
            model_name='claim',
            name='sentences',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.CreateModel(
            name='Rendering',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=20)),
                ('master_digest', models.CharField(max_length=64)),
                ('digest', models.CharField(max_length=64)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='renderings', to='campaigns.edition')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('edition', 'language', 'digest', 'master_digest'), name='rendering_said_once')],
            },
        ),
    ]
