"""Say which paragraph of the master a paragraph of a translation renders."""

from collections.abc import Iterable

from tongmun.campaigns.models import Edition
from tongmun.letters.models import Rendering


def say_renderings(*, edition: Edition, language: str, pairs: Iterable[tuple[str, str]]) -> bool:
    """Keep (digest of the master's paragraph, digest of its translation), once each; tell whether any was new."""
    known = Rendering.objects.filter(edition=edition, language=language).values_list("master_digest", "digest")
    fresh = [pair for pair in dict.fromkeys(pairs) if pair not in set(known)]
    Rendering.objects.bulk_create(
        [
            Rendering(edition=edition, language=language, master_digest=master_digest, digest=digest)
            for master_digest, digest in fresh
        ],
        # Somebody else may say the same at the same moment.
        ignore_conflicts=True,
    )
    return bool(fresh)
