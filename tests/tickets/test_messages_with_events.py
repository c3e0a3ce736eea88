"""A note beside an event is the house's; what the customer reads is a message of its own, said in the same step."""

from datetime import UTC, datetime

import pytest

from accounts.actors import Actor
from common.errors import Forbidden, Illegal, Invalid
from tickets import services
from tickets.models import Reply

pytestmark = pytest.mark.django_db


def happen(ticket, kind, user, **more):
    now = datetime.now(UTC)
    return services.record(ticket=ticket, type=kind, by=Actor(user=user), at=now, now=now, **more)


def types(ticket):
    return list(ticket.events.filter(is_automatic=False).order_by("seq").values_list("type", flat=True))


def test_a_message_is_a_reply_beside_the_event(ticket, agent):
    event = happen(ticket, "restored", agent, note="PSU from the shelf", message=" Power supply changed. ")
    reply = Reply.objects.get(ticket=ticket)
    assert (event.type, event.data["note"]) == ("restored", "PSU from the shelf")
    assert (reply.body, reply.author, reply.is_from_customer) == ("Power supply changed.", agent, False)
    assert types(ticket) == ["received", "restored", "replied"]


@pytest.mark.parametrize(("earlier", "responses"), [([], 1), (["responded"], 1)])
def test_the_first_word_to_the_customer_is_the_response_once(ticket, agent, earlier, responses):
    for kind in earlier:
        happen(ticket, kind, agent)
    happen(ticket, "waiting", agent, message="Please send the site permit.")
    ticket.refresh_from_db()
    assert ticket.state == "waiting"
    assert types(ticket).count("responded") == responses


def test_what_was_said_is_found(ticket, agent):
    happen(ticket, "departed", agent, message="We bring a flywheel")
    assert list(type(ticket).objects.matching("flywheel")) == [ticket]


def test_a_message_can_come_with_the_end_and_the_new_start_but_not_later(ticket, agent):
    happen(ticket, "closed", agent, message="Closed as agreed.")
    with pytest.raises(Illegal):
        services.reply(ticket=ticket, body="One more thing.", by=Actor(user=agent), now=datetime.now(UTC))
    happen(ticket, "report_sent", agent, message="Here it is.")  # the report itself may be owed after closing
    happen(ticket, "reopened", agent, message="It failed again.")
    assert Reply.objects.count() == 3


def test_only_the_desk_tells_and_only_of_public_events(ticket, agent, alice, storekeeper):
    refused = {"loaner_requested": agent, "remote_granted": alice}
    for kind, user in refused.items():
        with pytest.raises(Invalid) as refusal:
            happen(ticket, kind, user, message="Hello")
        assert list(refusal.value.errors) == ["message"]
    with pytest.raises(Forbidden):
        happen(ticket, "spare_dispatched", storekeeper, message="On its way")
    assert types(ticket) == ["received"]


@pytest.mark.parametrize(("level", "note", "is_refused"), [
    ("4", "", True), ("4", "  ", True), ("4", "only one desk is affected", False), ("3", "", False), ("1", "", False),
])  # fmt: skip
def test_a_lighter_level_needs_a_reason(report, agent, level, note, is_refused):
    ticket = report(level="3")
    if is_refused:
        with pytest.raises(Invalid) as refusal:
            happen(ticket, "level_confirmed", agent, note=note, fields={"level": level})
        assert list(refusal.value.errors) == ["note"]
    else:
        happen(ticket, "level_confirmed", agent, note=note, fields={"level": level})
        ticket.refresh_from_db()
        assert ticket.level == level
