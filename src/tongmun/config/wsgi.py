"""The entry point of the web server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongmun.config.settings")

django = get_wsgi_application()

# Models can be imported only now that Django is set up.
from tongmun.web.front_door import FrontDoor  # noqa: E402 -- as above

application = FrontDoor(django)
