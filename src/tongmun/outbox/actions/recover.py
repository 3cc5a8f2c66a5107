"""Find out what became of the mail a worker was handing over when it died."""

from django.db import transaction

from tongmun.outbox.models import Mail
from tongmun.outbox.transport import is_file_transport, mail_file


@transaction.atomic
def recover_interrupted() -> None:
    """Settle mail left in SENDING; only the one worker that holds the lease may do so.

    A file tells whether it was written. Of a mail server nobody can say: the mail becomes UNCERTAIN and a person
    decides, because sending it again could send it twice and dropping it could lose it.
    """
    for mail in Mail.objects.interrupted():
        if not is_file_transport():
            Mail.objects.filter(pk=mail.pk).update(state=Mail.State.UNCERTAIN)
        elif mail_file(str(mail.key)).exists():
            Mail.objects.filter(pk=mail.pk).update(state=Mail.State.SENT, box=b"")
        else:
            Mail.objects.filter(pk=mail.pk).update(state=Mail.State.QUEUED)
