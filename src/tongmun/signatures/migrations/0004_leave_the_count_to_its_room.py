from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('signatures', '0003_carry_consents_and_entries'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='signature',
            name='signature_name_clear_only_when_let_through',
        ),
        migrations.RemoveConstraint(
            model_name='signature',
            name='signature_counted_only_has_no_name',
        ),
        migrations.RemoveField(
            model_name='signature',
            name='consents_to_print',
        ),
        migrations.RemoveField(
            model_name='signature',
            name='consents_to_show',
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('moderation', 'SHOWN'), models.Q(('shown_name', ''), _negated=True), ('to_public__in', ['name', 'chosen', 'initials'])), models.Q(models.Q(('moderation', 'SHOWN'), _negated=True), ('shown_name', '')), _connector='OR'), name='signature_name_clear_only_when_let_through'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('way', 'counted'), _negated=True), models.Q(('moderation', 'NONE'), ('to_addressee__in', ['place', 'count']), ('to_coalition__in', ['place', 'count']), ('to_organisers__in', ['place', 'count']), ('to_public__in', ['place', 'count'])), _connector='OR'), name='signature_counted_only_has_no_name'),
        ),
        migrations.DeleteModel(
            name='CountEntry',
        ),
        migrations.DeleteModel(
            name='Reckoning',
        ),
        migrations.DeleteModel(
            name='Tally',
        ),
    ]
