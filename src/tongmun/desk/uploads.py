"""Uploads that lie on no disk in clear. Django's own handlers would write the file into the folder of the system."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponseBase

from tongmun.imports.inbox import Inbox
from tongmun.people.rules import may_work_at_desk

P = ParamSpec("P")
FIELD = "file"
# Stands for the name the file had, which is not kept.
NAME = "file.csv"


class LockedUpload(UploadedFile):  # type: ignore[type-arg]  # it can be given none when it runs
    """A file that has been received into an Inbox; it has no content of its own."""

    def __init__(self, inbox: Inbox, size: int) -> None:
        super().__init__(name=NAME, size=size)
        self.inbox = inbox


class LockingHandler(FileUploadHandler):
    """Hands the one file of an organiser to an Inbox piece by piece; any other is thrown away as it comes."""

    inbox: Inbox | None = None

    def new_file(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 -- handed on to Django as they are
        """Begin with a file."""
        super().new_file(*args, **options)
        if self.field_name != FIELD or self.inbox or not self.request or not may_work_at_desk(self.request.user):
            raise SkipFile
        self.inbox = Inbox()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002 -- Django's signature
        """Take a piece."""
        if self.inbox:
            self.inbox.take(raw_data)

    def file_complete(self, file_size: int) -> LockedUpload | None:
        """Give the file to the form."""
        if self.inbox is None:
            return None
        self.inbox.close()
        return LockedUpload(self.inbox, file_size)

    def upload_interrupted(self) -> None:
        """Erase what has come when the browser goes away."""
        if self.inbox:
            self.inbox.discard()


def locks_uploads(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Receive files of this view by a LockingHandler. It has to stand above whatever reads request.POST."""

    @wraps(view)
    def receiving(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        request.upload_handlers = [LockingHandler(request)]
        return view(request, *args, **kwargs)

    return receiving
