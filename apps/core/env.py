"""Settings from the environment: each reader returns a checked value or says what to repair."""

import os
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE_WORDS = frozenset({"1", "true", "yes", "on"})
FALSE_WORDS = frozenset({"0", "false", "no", "off"})


class SettingError(ImproperlyConfigured):
    """A setting is missing or malformed; the message is one sentence saying what to do."""


def text(name: str, default: str | None = None) -> str:
    """The setting as it stands; without a default it must be set."""
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        raise SettingError(f"Set {name}: it has no default outside the local demo.")
    return default


def flag(name: str, *, default: bool) -> bool:
    """yes/no, true/false, on/off or 1/0."""
    value = text(name, "yes" if default else "no").lower()
    if value in TRUE_WORDS:
        return True
    if value in FALSE_WORDS:
        return False
    raise SettingError(f"{name} is “{value}”: write yes or no.")


def integer(name: str, *, default: int, least: int, most: int) -> int:
    """A whole number within its bounds."""
    value = text(name, str(default))
    if value.isascii() and value.isdigit() and least <= int(value) <= most:
        return int(value)
    raise SettingError(f"{name} is “{value}”: write a whole number from {least} to {most}.")


def choice(name: str, *, default: str, options: tuple[str, ...]) -> str:
    """One of a few words."""
    value = text(name, default)
    if value in options:
        return value
    raise SettingError(f"{name} is “{value}”: write one of {', '.join(options)}.")


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def url(name: str, *, schemes: tuple[str, ...], default: str = "") -> str:
    """A URL of one of the schemes, or the default when unset."""
    value = text(name, default)
    if value == default:
        return value
    try:
        parts = urlsplit(value)
        well_formed = parts.scheme in schemes and (parts.hostname or parts.path)
        _ = parts.port
    except ValueError:
        well_formed = False
    if not well_formed:
        shown = " or ".join(f"{scheme}://…" for scheme in schemes)
        raise SettingError(f"{name} is not a usable address: write {shown}.")
    return value


def database(value: str) -> dict[str, object]:
    """Django's DATABASES entry of a postgresql:// URL (user, password, host, port, name)."""
    parts = urlsplit(value)
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in {"postgres", "postgresql"} or not name:
        raise SettingError("DATABASE_URL must read postgresql://user:password@host:5432/name.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
    }


def smtp(value: str) -> dict[str, object]:
    """Django's mail settings of smtp://, smtp+tls:// (STARTTLS) or smtps://user:password@host:port."""
    parts = urlsplit(value)
    return {
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or {"smtps": 465, "smtp+tls": 587}.get(parts.scheme, 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
    }
