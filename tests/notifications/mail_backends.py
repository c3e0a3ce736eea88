"""Mail servers that say no, as Django's e-mail backends."""

import os
import signal
import smtplib

from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.locmem import EmailBackend as LocalMemory


class Refusing(BaseEmailBackend):
    def send_messages(self, email_messages):
        raise OSError("no route to host")


class NoSuchMailbox(BaseEmailBackend):
    def send_messages(self, email_messages):
        raise smtplib.SMTPRecipientsRefused({"alice@demo.test": (550, b"no such user")})


class Killing(BaseEmailBackend):
    """The worker is killed on its way to the mail server."""

    def send_messages(self, email_messages):
        os.kill(os.getpid(), signal.SIGKILL)


class Taking(LocalMemory):
    """A server that takes every mail: the pages call it real, and the tests can read it."""
