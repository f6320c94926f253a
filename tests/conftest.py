"""What every test may use."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from django.conf import settings as site
from django.db import connection
from django.test import Client, override_settings
from django.utils import translation
from pytest_django import DjangoDbBlocker, Settings
from xdist.scheduler import LoadScopeScheduling

from apps.people.models import User
from apps.plans.models import Plan, Role, Team
from embedded.postgres import ensure_running
from tests.build import make_member, make_plan, make_team
from tests.mailserver import MailBox, mail_server
from tests.template import template

# What shares something that is dear to make runs in one process: files, and whole folders.
TOGETHER = ("tests/permissions/", "tests/tasks/embedded/test_run.py", "tests/test_imports.py")


class TogetherScheduling(LoadScopeScheduling):
    """Every test by itself, but those of TOGETHER. xdist's own mark for groups (3.8) is written
    into the ids of tests, where pytest 9.2 does not let it: it does nothing, and says nothing.
    """

    def _split_scope(self, nodeid: str) -> str:
        return next((one for one in TOGETHER if nodeid.startswith(one)), nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> TogetherScheduling | None:
    """For --dist loadgroup, as `make test` has it."""
    return TogetherScheduling(config, log) if config.getvalue("dist") == "loadgroup" else None


def pytest_configure(config: pytest.Config) -> None:
    """Keep the embedded PostgreSQL up for the whole run, however workers come and go."""
    if site.IS_EMBEDDED:
        ensure_running(site.DATA_FOLDER)


def pytest_itemcollected(item: pytest.Item) -> None:
    """An id of its own for each test. Those that schemathesis makes carry the address in their
    name alone (pytest 9.2 builds ids from elsewhere), and xdist runs what shares an id once.
    """
    params = item.name.partition("[")[2].removesuffix("]")
    if params and item.id.params is None:
        item._id = item.id.with_params(params)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long tests begin first, so that no process is left alone with one at the end."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture(scope="session")
def template_in_use(
    django_db_blocker: DjangoDbBlocker, django_db_createdb: bool, testrun_uid: str
) -> Iterator[ExitStack]:
    """The template, not replaced until this is closed; --create-db makes it anew, once a run."""
    with ExitStack() as held:
        with django_db_blocker.unblock():
            name = held.enter_context(template(testrun_uid if django_db_createdb else None))
        connection.settings_dict["TEST"]["TEMPLATE"] = name
        yield held


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, template_in_use: ExitStack
) -> None:
    """The database of this process is a copy of the template."""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, template_in_use: ExitStack) -> None:
    """As pytest-django has it; with the copy made, the template is free."""
    template_in_use.close()


@pytest.fixture(scope="session", autouse=True)
def in_tests() -> Iterator[None]:
    """What is slow on purpose, or at each client, in production alone."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        STORAGES={**site.STORAGES, "staticfiles": plain},  # nothing has to be collected
        WHITENOISE_AUTOREFRESH=True,  # and what is collected is not listed
    ):
        yield


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """A request that switched the language leaves it to the next test otherwise."""
    with translation.override("en"):
        yield


@pytest.fixture
def plan(db: None) -> Plan:
    """A plan from 1 January 2026, three years, in Shanghai, counting calendar days."""
    return make_plan()


@pytest.fixture
def team(plan: Plan) -> Team:
    """A business unit of the plan."""
    return make_team(plan)


@pytest.fixture
def member(plan: Plan) -> Callable[..., User]:
    """``member(Role.PMO, language="zh-hans")``: somebody with that role in the plan."""

    def make(role: Role = Role.VIEWER, team: Team | None = None, **user: object) -> User:
        return make_member(plan, role, team=team, **user)

    return make


@pytest.fixture
def pmo(member: Callable[..., User]) -> User:
    """The plan's PMO."""
    return member(Role.PMO, display_name="Pam Office")


@pytest.fixture
def viewer(member: Callable[..., User]) -> User:
    """Somebody who may look."""
    return member(Role.VIEWER, display_name="Vic Viewer")


@pytest.fixture
def as_user(client: Client) -> Callable[[User], Client]:
    """``as_user(person)``: a browser in which the person is signed in."""

    def sign_in(person: User) -> Client:
        client.force_login(person)
        return client

    return sign_in


@pytest.fixture
def mailbox(settings: Settings) -> Iterator[MailBox]:
    """A real SMTP server, and the settings that send to it."""
    with mail_server() as box:
        settings.EMAIL_BACKEND = "apps.outbox.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
        yield box
