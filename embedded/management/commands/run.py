"""`manage.py run`: the whole of okrtrack on this machine, until Ctrl-C."""

import os
import signal
import sys
from argparse import ArgumentTypeError
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from embedded import startup
from embedded.errors import EmbeddedError
from embedded.folder import DataFolder
from embedded.parts import Command as Words
from embedded.postgres import stop
from embedded.supervisor import Supervisor
from embedded.watch import Watch

QUIET = ("PYTHONWARNINGS", "ignore::UserWarning:celery.platforms")  # "you are root"


class Command(BaseCommand):
    """Database, broker, web, worker and beat, started together and ended in order."""

    help = "Run everything on this machine: database, web, worker and beat, until Ctrl-C."
    requires_system_checks: list[str] = []  # they need the database, which starts below

    def add_arguments(self, parser: CommandParser) -> None:
        """The port and the language of the shipped plan."""
        parser.add_argument("--port", type=port_number, default=8000, help="port of the web pages")
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument(
            "--language", default="en", choices=[code for code, _ in settings.LANGUAGES]
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Run until a signal; every fault of the start is one sentence."""
        folder = DataFolder.at(settings.DATA_FOLDER)
        try:
            startup.check_port(options["host"], options["port"])
            self.lock = startup.take_run_lock(folder, address(options["port"]))
        except EmbeddedError as error:
            raise CommandError(str(error)) from error
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            self.prepare(folder, options)
            self.supervise(folder, options)
        except EmbeddedError as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt:
            self.say("run", "stopped before everything was up")
        finally:
            self.end_database(folder)

    def prepare(self, folder: DataFolder, options: dict[str, Any]) -> None:
        """Everything that has to be there before the parts."""
        self.say("run", "starting; Ctrl-C stops everything")
        startup.start_database(folder, self.say)
        startup.start_broker(folder)
        startup.prepare_site(options["language"])

    def supervise(self, folder: DataFolder, options: dict[str, Any]) -> None:
        """Run the parts until a signal asks to stop."""
        supervisor = Supervisor(commands(options["host"], options["port"]), say=self.say)

        def tell_ready() -> None:
            self.say("run", f"ready: {address(options['port'])}")
            startup.show_accounts()

        watch = Watch(
            folder,
            options["port"],
            say=self.say,
            is_steady=lambda: supervisor.is_steady,
            on_ready=tell_ready,
        )
        supervisor.look = watch.look
        supervisor.run()

    def end_database(self, folder: DataFolder) -> None:
        """Let the embedded server go; it ends unless another command still uses it."""
        if stop(folder.root):
            self.say("run", "stopped")
        else:
            self.say("database", "keeps running for another command that uses it")

    def say(self, part: str, sentence: str) -> None:
        """One line with the name of the part; a closed terminal is no reason to fail."""
        if part == "web" and "/healthz" in sentence:
            return  # our own question
        try:
            self.stdout.write(f"{part:<8} | {sentence}")
            self.stdout.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def port_number(text: str) -> int:
    """A port from 1 to 65535."""
    if text.isdigit() and 1 <= int(text) <= 65535:
        return int(text)
    raise ArgumentTypeError(f"“{text}” is not a port: write a number from 1 to 65535.")


def address(port: int) -> str:
    """Where a person finds the pages."""
    return f"http://localhost:{port}"


def commands(host: str, port: int) -> list[Words]:
    """Web, beat and worker, in the order in which they are stopped."""
    site = ("OKRTRACK_SITE_URL", os.environ.get("OKRTRACK_SITE_URL", address(port)))
    level = ("OKRTRACK_LOG_LEVEL", os.environ.get("OKRTRACK_LOG_LEVEL", "WARNING"))
    common = (site, level, QUIET)
    python = sys.executable
    web = [python, "-m", "gunicorn", "okrtrack.wsgi:application", "--bind", f"{host}:{port}"]
    web += ["--worker-class", "gthread", "--workers", "2", "--threads", "4"]
    web += [
        "--preload",
        "--graceful-timeout",
        "10",
        "--log-level",
        "warning",
        "--no-control-socket",
    ]
    celery = [python, "-m", "celery", "-q", "-A", "okrtrack"]
    beat = [*celery, "beat", "--scheduler", "celery.beat:Scheduler", "--pidfile", ""]
    worker = [*celery, "worker", "--concurrency", "2", "--without-gossip", "--without-mingle"]
    worker += ["--without-heartbeat"]
    quiet = ["--loglevel", "WARNING"]
    return [
        Words("web", tuple(web), 15, common),
        Words("beat", (*beat, *quiet), 10, common),
        Words("worker", (*worker, *quiet), 40, common),
    ]
