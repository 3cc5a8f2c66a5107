from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Case, Value, When

NAMED = Case(
    When(way="pseudonym", then=Value("chosen")), When(way="counted", then=Value("place")), default=Value("name")
)


def carry(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write the two consents as levels, and queue every entry for the log anew: its places are given there."""
    Signature = apps.get_model("signatures", "Signature")
    Signature.objects.update(to_organisers=NAMED)
    Signature.objects.exclude(way="private").update(to_coalition=NAMED)
    Signature.objects.filter(consents_to_show=True).update(to_public=NAMED)
    Signature.objects.filter(consents_to_print=True).update(to_addressee=NAMED)
    old = apps.get_model("signatures", "CountEntry").objects.order_by("pk")
    New = apps.get_model("counts", "CountEntry")
    New.objects.bulk_create(
        (
            New(
                edition_id=entry.edition_id,
                kind=entry.kind,
                digest=entry.digest,
                amount=1 if entry.kind == "ADD" else -1,
                reason="" if entry.kind == "ADD" else "WITHDRAWN",
                country=entry.country,
            )
            for entry in old.iterator()
        ),
        batch_size=500,
    )


class Migration(migrations.Migration):

    dependencies = [
        ('counts', '0001_first_tables'),
        ('signatures', '0002_what_each_audience_learns'),
    ]

    operations = [migrations.RunPython(carry, migrations.RunPython.noop)]
