#!/usr/bin/env python
"""Django's command line, with okrtrack's settings."""

import os
import sys


def main() -> None:
    """Run a command; a bad setting or a database that is away is one sentence, not a trace."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "okrtrack.settings")
    from django.core.management import execute_from_command_line
    from django.db import OperationalError

    from apps.core.env import SettingError

    try:
        execute_from_command_line(sys.argv)
    except SettingError as error:
        sys.exit(str(error))
    except OperationalError as error:
        if "--traceback" in sys.argv:
            raise
        reason = str(error).strip().splitlines()[0]
        sys.exit(f"The database cannot be used ({reason}): start it, or correct DATABASE_URL.")


if __name__ == "__main__":
    main()
