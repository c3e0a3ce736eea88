#!/usr/bin/env python3
"""The one door: `up` runs everything, `test` runs the tests, the rest are Django's commands.

Only the standard library may be imported before `bootstrap.enter` has found or made the environment.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - whoever has only an old Python shall read why
    sys.exit("Service Desk needs Python 3.11 or later; this is Python %d.%d." % sys.version_info[:2])  # noqa: UP031

from servicedesk.launch import bootstrap
from servicedesk.launch.problems import LaunchError


def main() -> int:
    arguments = sys.argv[1:]
    try:
        bootstrap.enter(arguments)
        from servicedesk.launch import commands  # noqa: PLC0415 - needs the packages that `enter` has put there

        return commands.run(arguments)
    except LaunchError as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
