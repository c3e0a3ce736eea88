"""With DEBUG on, as at a demo, people still get the error pages of production; the traceback stands in the log.

Must be the innermost middleware: everything that a page shows around the error has been put on the request by then.
"""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from servicedesk.screens import errors

DEVELOPERS_PAGE = b"<code>DEBUG = True</code>"


class OwnErrorPagesMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not settings.DEBUG:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not isinstance(response, HttpResponse) or DEVELOPERS_PAGE not in response.content:
            return response
        if response.status_code == 404:
            return errors.page_not_found(request)
        return errors.server_error(request) if response.status_code == 500 else errors.bad_request(request)
