"""What browsers are told about every page besides Django's and django-csp's headers."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

Answer = Callable[[HttpRequest], HttpResponseBase]
# No page of ours asks for any of these. Passkeys are asked for by our own pages alone.
_UNUSED = (
    *("accelerometer", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer"),
    *("microphone", "midi", "payment", "serial", "usb", "xr-spatial-tracking"),
)
_PASSKEYS = ("publickey-credentials-create=(self)", "publickey-credentials-get=(self)")
POLICY = ", ".join([*(f"{name}=()" for name in _UNUSED), *_PASSKEYS])


def headers(answer: Answer) -> Answer:
    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = answer(request)
        response.setdefault("Permissions-Policy", POLICY)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if request.path.startswith(reverse("admin:index")):  # also what the log-in shows, also an error
            add_never_cache_headers(response)
        return response

    return middleware
