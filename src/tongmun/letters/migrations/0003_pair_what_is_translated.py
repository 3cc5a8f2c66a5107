"""Letters that came before renderings were kept: paragraph by paragraph where there are as many, as on loading."""

from django.db import migrations

from tongmun.letters.digests import paragraph_digest


def paragraphs_of(letter):
    return [block for block in letter.body.split("\n\n") if block.strip()]


def pair(apps, schema_editor):
    Edition = apps.get_model("campaigns", "Edition")
    LetterVersion = apps.get_model("letters", "LetterVersion")
    Rendering = apps.get_model("letters", "Rendering")
    for edition in Edition.objects.all():
        versions = LetterVersion.objects.filter(edition=edition).order_by("number")
        current = {letter.language: letter for letter in versions}
        master = current.pop(edition.languages[0], None) if edition.languages else None
        if master is None:
            continue
        for language, letter in current.items():
            if len(paragraphs_of(letter)) != len(paragraphs_of(master)):
                continue
            Rendering.objects.bulk_create(
                [
                    Rendering(edition=edition, language=language, master_digest=source, digest=digest)
                    for source, digest in dict.fromkeys(
                        (paragraph_digest(one), paragraph_digest(other))
                        for one, other in zip(paragraphs_of(master), paragraphs_of(letter), strict=True)
                    )
                ]
            )


class Migration(migrations.Migration):
    dependencies = [("letters", "0002_renderings_and_sentences")]

    operations = [migrations.RunPython(pair, migrations.RunPython.noop, elidable=True)]
