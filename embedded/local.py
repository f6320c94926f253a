"""What settings.py takes from the data folder when no server is set in the environment.

Nothing is started here: reading the settings must not start a database. The first connection
does (`backend`, `transport`).
"""

from __future__ import annotations

import secrets
from pathlib import Path

from kombu.transport import TRANSPORT_ALIASES

from apps.core.env import SettingError
from embedded.errors import EmbeddedError
from embedded.folder import DataFolder
from embedded.postgres import APP_DATABASE

TRANSPORT_ALIASES["okrtrack"] = "embedded.transport:Transport"
BROKER_URL = "okrtrack://embedded"
BROKER_OPTIONS = {
    "init_extension": False,  # installed as plain SQL by broker.prepare_broker
    "use_notify": True,
    "visibility_timeout": 900,  # seconds until a killed worker's task is given to another
    "wait_time_seconds": 0,  # NOTIFY wakes the worker, no need to hold a connection in a long poll
    "polling_interval": 1,
    "pool_timeout": 10,
}


def secret_key(folder: Path) -> str:
    """The secret of this local installation, made at its first start and kept, mode 0600."""
    place = DataFolder.at(folder)
    path = place.root / "secret.key"
    try:
        key = place.read(path)
        if not key:
            place.prepare()
            key = secrets.token_urlsafe(48)
            place.write_private(path, key)
    except EmbeddedError as error:
        raise SettingError(str(error)) from error
    except OSError as error:
        raise SettingError(
            f"{path} cannot be read ({error.strerror}): start okrtrack as the account that started "
            "it first, or choose another folder with OKRTRACK_DATA=folder."
        ) from error
    return key


def database(folder: Path) -> dict[str, object]:
    """Django's DATABASES entry for the embedded server of `folder`."""
    return {
        "ENGINE": "embedded.backend",
        "NAME": APP_DATABASE,
        "OKRTRACK_DATA": str(folder),
    }
