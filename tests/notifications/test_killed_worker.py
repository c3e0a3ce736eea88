"""A worker is killed with -9 between taking a mail and sending it: the row waits for its lease and is sent then."""

import os
import signal
import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import connection

from notifications import services as notifications
from notifications.models import Delivery
from notifications.patience import LEASE
from tests.notifications.conftest import NOW

WORKER = """
import sys
from datetime import datetime
import django
django.setup()
from django.conf import settings
from django.db import connection
from notifications import services
connection.settings_dict["NAME"] = sys.argv[1]
settings.EMAIL_BACKEND = "tests.notifications.mail_backends.Killing"
services.deliver(pk=int(sys.argv[2]), now=datetime.fromisoformat(sys.argv[3]))
"""


def deliver_and_be_killed(pk):
    command = [sys.executable, "-c", WORKER, str(connection.settings_dict["NAME"]), str(pk), NOW.isoformat()]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "servicedesk.settings"}
    return subprocess.run(command, env=environment, timeout=60, check=False).returncode


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_mail_in_a_killed_workers_hands_is_sent_after_the_lease(case, mailoutbox):
    row = Delivery.objects.get()
    assert deliver_and_be_killed(row.pk) == -signal.SIGKILL
    row.refresh_from_db()
    assert (row.status, row.attempts, row.next_attempt_at) == ("pending", 1, NOW + LEASE)
    assert not notifications.deliver(pk=row.pk, now=NOW + LEASE - timedelta(seconds=1))
    assert notifications.deliver(pk=row.pk, now=NOW + LEASE)
    assert [mail.to for mail in mailoutbox] == [["alice@demo.test"]]
