"""Find out what became of the mail a worker was handing over when it died."""

from pathlib import Path

from django.conf import settings
from django.db import transaction

from tongmun.outbox.models import Mail
from tongmun.outbox.transport import MailFolder, is_file_transport


@transaction.atomic
def recover_interrupted() -> None:
    """Settle mail left in SENDING; only the one worker that holds the lease may do so.

    A file tells whether it was written. Of a mail server nobody can say: the mail becomes UNCERTAIN and a person
    decides, because sending it again could send it twice and dropping it could lose it.
    """
    interrupted = Mail.objects.interrupted()
    if not is_file_transport():
        interrupted.update(state=Mail.State.UNCERTAIN)
        return
    folder = MailFolder(Path(settings.MAIL_FOLDER))
    for mail in interrupted.only("pk", "key"):
        if folder.has(str(mail.key)):
            interrupted.filter(pk=mail.pk).update(state=Mail.State.SENT, box=b"")
        else:
            interrupted.filter(pk=mail.pk).update(state=Mail.State.QUEUED)
