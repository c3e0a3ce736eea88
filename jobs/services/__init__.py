"""The only writers of promised work, by verb."""

from jobs.services.checking import open_checks
from jobs.services.making import Wanted, ask_assurance, make
from jobs.services.moving import move
from jobs.services.periods import save_allowance, save_period
from jobs.services.reminding import tell_late
from jobs.services.signing import Word, before, leave_unsigned, sign, signing_of, to_sign
from jobs.services.stepping import ACTIONS, Given, fill, finish, installable, not_on_duty, seniors
from jobs.services.together import Clash

__all__ = [
    "ACTIONS", "Clash", "Given", "Wanted", "Word", "ask_assurance", "before", "fill", "finish", "installable",
    "leave_unsigned", "make", "move", "not_on_duty", "open_checks", "save_allowance", "save_period", "seniors", "sign",
    "signing_of", "tell_late", "to_sign",
]  # fmt: skip
