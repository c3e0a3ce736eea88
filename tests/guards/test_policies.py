"""Role x action: the one table of permissions, written out, and held against what the services really do."""

from datetime import UTC, datetime
from importlib import import_module, util

import pytest

from accounts.actors import GUEST, SYSTEM, Actor
from accounts.policies import may
from accounts.roles import Role
from common.errors import Forbidden, Refusal
from tickets import services
from tickets.event_types import POSTABLE
from tickets.policies import TABLE

APPS = ("accounts", "customers", "tickets", "sla", "inspections", "jobs", "spares", "notifications")
COLUMNS = ["agent", "lead", "manager", "engineer", "storekeeper", "administrator", "customer"]
# One line per action, an x for each role of COLUMNS that may. Change it together with the policy tables.
WRITTEN = """
account.keep_views           x  x  x  x  x  x  .
account.manage_duties        .  x  x  .  .  x  .
account.manage_people        .  .  .  .  .  x  .
account.manage_teams         .  .  x  .  .  x  .
account.see_directory        .  x  x  .  .  x  .
account.see_people           x  x  x  x  x  x  .
account.share_views          .  x  x  .  .  x  .
account.use_keys             x  x  x  x  x  x  x
customer.accept_equipment    x  x  x  x  .  x  x
customer.manage_contracts    .  .  .  .  .  x  .
customer.manage_equipment    .  .  .  .  .  x  .
customer.manage_memberships  .  .  .  .  .  x  .
customer.manage_organisations .  .  .  .  .  x  .
customer.see_records         x  x  x  x  x  x  .
customer.write_access_notes  x  x  x  x  .  x  x
inspection.analyse           x  x  x  x  .  x  .
inspection.answer_analysis   .  .  .  .  .  .  x
inspection.answer_report     .  .  .  .  .  .  x
inspection.manage_checklists .  x  x  .  .  x  .
inspection.manage_plans      .  x  x  .  .  x  .
inspection.report            x  x  x  x  .  x  .
inspection.see_checklists    x  x  x  x  x  x  .
inspection.see_plans         x  x  x  x  x  x  x
inspection.see_visits        x  x  x  x  x  x  .
inspection.settle            x  x  x  .  .  x  .
inspection.sign_later        .  .  .  .  .  .  x
inspection.take_back_begin   x  x  x  .  .  x  .
inspection.work              x  x  x  x  .  x  .
job.ask_assurance            x  x  x  x  .  x  x
job.keep_periods             x  x  x  x  .  x  x
job.manage_allowances        .  x  x  .  .  x  .
job.plan                     x  x  x  x  .  x  .
job.see                      x  x  x  x  x  x  x
job.sign                     x  x  x  x  .  x  x
job.work                     x  x  x  x  .  x  .
inspection.subscribe         x  x  x  x  x  x  x
inspection.see_readings      x  x  x  x  x  x  x
mail.send_again              .  .  .  .  .  x  .
mail.test                    .  .  .  .  .  x  .
sla.override_calendar        .  .  .  .  .  x  .
sla.retry                    .  .  .  .  .  x  .
sla.see_attainment           x  x  x  .  .  x  .
sla.simulate                 x  x  x  x  x  x  .
spare.ask                    x  x  x  x  .  x  .
spare.move                   .  x  x  .  x  x  .
spare.see                    x  x  x  x  x  x  .
spare.use                    x  x  x  x  x  x  .
ticket.assign                x  x  x  x  .  x  .
ticket.attach                x  x  x  x  x  x  x
ticket.backdate              x  x  x  x  x  x  .
ticket.cancel                x  x  x  .  .  x  .
ticket.close                 x  x  x  x  .  x  x
ticket.consent               x  x  x  x  .  x  x
ticket.edit                  x  x  x  x  .  x  .
ticket.judge                 x  x  x  x  .  x  x
ticket.lead                  .  x  x  .  .  x  .
ticket.link                  x  x  x  x  .  x  .
ticket.merge                 x  x  x  .  .  x  .
ticket.move_spare            x  x  x  x  x  x  .
ticket.note                  x  x  x  x  x  x  .
ticket.place                 x  x  x  x  .  x  .
ticket.reopen                x  x  x  x  .  x  x
ticket.reply                 x  x  x  x  .  x  x
ticket.report                x  x  x  x  x  x  x
ticket.report_for_others     x  x  x  x  x  x  .
ticket.save_reply            x  x  x  x  .  x  .
ticket.set_level             x  x  x  x  .  x  .
ticket.share_reply           .  x  x  .  .  x  .
ticket.tag                   x  x  x  x  .  x  .
ticket.watch                 x  x  x  x  x  x  x
ticket.work                  x  x  x  x  .  x  .
"""


def tables():
    joined = {}
    for app in APPS:
        if util.find_spec(f"{app}.policies"):
            joined |= import_module(f"{app}.policies").TABLE
    return joined


def test_table_is_as_written():
    lines = (line.split() for line in WRITTEN.strip().splitlines())
    written = {action: dict(zip(COLUMNS, marks, strict=True)) for action, *marks in lines}
    found = {
        action: {role: "x" if role in roles else "." for role in COLUMNS} for action, roles in sorted(tables().items())
    }
    assert found == written


def test_the_program_may_everything_and_a_guest_nothing():
    assert all(may(SYSTEM, action, table) for table in [tables()] for action in table)
    assert not any(may(GUEST, action, table) for table in [tables()] for action in table)


@pytest.mark.django_db
@pytest.mark.parametrize("event_type", sorted(POSTABLE))
@pytest.mark.parametrize("role", [role for role in COLUMNS if role != "customer"])
def test_service_refuses_exactly_the_roles_without_a_mark(report, agent, role, event_type):
    ticket = report()
    agent.role = Role(role)
    agent.save()
    now = datetime.now(UTC)
    fields = {"level": "1"} if event_type == "level_confirmed" else {}
    try:
        services.record(ticket=ticket, type=event_type, by=Actor(agent), at=now, now=now, fields=fields)
        outcome = None
    except Refusal as refusal:
        outcome = type(refusal)
    assert (outcome is Forbidden) is (role not in TABLE[POSTABLE[event_type].action])
