"""Two administrators press at the same moment: the slower one is told beside the field, and nothing breaks."""

from contextlib import closing

import pytest
from django.db import connection

from accounts.actors import Actor
from common.errors import Invalid
from customers.models import Organisation
from customers.services import places

pytestmark = pytest.mark.django_db(transaction=True)
VALUES = {"code": "acme", "name": "Acme"}
TWIN = "INSERT INTO customers_organisation (code, name, language, is_active) VALUES ('acme', 'Acme', 'en', true)"


def faster():
    """Writes the same code in a session of its own, between the check and the insert."""
    done = []

    def strike(execute, sql, params, many, context):
        if sql.startswith('INSERT INTO "customers_organisation"') and not done:
            done.append(True)
            with closing(connection.copy()) as other, other.cursor() as cursor:
                cursor.execute(TWIN)
        return execute(sql, params, many, context)

    return connection.execute_wrapper(strike)


def test_the_slower_of_two_with_the_same_code_is_told_at_the_field(administrator):
    with faster(), pytest.raises(Invalid) as refusal:
        places.save_organisation(organisation=Organisation(), values=VALUES, by=Actor(administrator))
    assert "code" in refusal.value.errors
    assert Organisation.objects.count() == 1
