"""The only writers of people, teams, duties, saved views, API keys, sign-ins and kept answers."""

from accounts.services.keys import (
    ANSWERS_ARE_KEPT,
    create_key,
    digest_of,
    edit_profile,
    forget_answers,
    note_use,
    revoke_key,
    revoke_keys_of,
    revoke_own_key,
)
from accounts.services.people import (
    create_first,
    deactivate,
    edit_person,
    invite,
    is_new_desk,
    note_password_link,
    password_path,
    reactivate,
    send_password_link,
)
from accounts.services.records import Saved
from accounts.services.saved_views import change_view, delete_view, keep_display, restore_view, save_view
from accounts.services.sessions import end_session, end_sessions, forget_sessions, note_session, sessions_of
from accounts.services.teams import end_duty, save_duty, save_team

__all__ = [
    "ANSWERS_ARE_KEPT",
    "Saved",
    "change_view",
    "create_first",
    "create_key",
    "deactivate",
    "delete_view",
    "digest_of",
    "edit_person",
    "edit_profile",
    "end_duty",
    "end_session",
    "end_sessions",
    "forget_answers",
    "forget_sessions",
    "invite",
    "is_new_desk",
    "keep_display",
    "note_password_link",
    "note_session",
    "note_use",
    "password_path",
    "reactivate",
    "restore_view",
    "revoke_key",
    "revoke_keys_of",
    "revoke_own_key",
    "save_duty",
    "save_team",
    "save_view",
    "send_password_link",
    "sessions_of",
]  # fmt: skip
