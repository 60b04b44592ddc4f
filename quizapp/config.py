"""The settings of an installation: defaults, then `instance/config.toml`, then `QUIZAPP_*` of the environment."""

import importlib.util
import os
import secrets
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, get_type_hints

import click
import msgspec

from quizapp.store import engine

PACKAGE = Path(__file__).resolve().parent
IS_CHECKOUT = (PACKAGE.parent / "pyproject.toml").exists()
# A wheel carries what else stands beside the package: the bank and the migrations.
PROJECT = PACKAGE.parent if IS_CHECKOUT else PACKAGE
PREFIX = "QUIZAPP_"
# The environment names the folder that the processes of one `quizapp serve` share while it runs.
RUN_FOLDER = f"{PREFIX}RUN_FOLDER"
SECRET_BYTES = 32
LOGIN_DAYS = 90
LogFormat = Literal["text", "json"]


class BadConfiguration(click.ClickException):
    """A setting cannot be used; the message names it and says what to write instead."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Every setting with its default; an empty text means "decided from the instance folder".

    Paths are absolute or relative to the project. ``trusted_hosts`` are the names that browsers may call this server
    by, without port. After ``retention_days`` without a sign-in or an answer guests and students are deleted; 0 keeps
    them. ``secure_cookies`` is for servers behind TLS, ``trusted_proxies`` the number of proxies in front
    whose ``X-Forwarded-*`` and ``X-Request-Id`` count.
    """

    secret_key: str = ""
    database_url: str = ""
    bank: str = "question_bank"
    articles: str = ""
    trusted_hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "[::1]")
    max_content_length: int = 1024 * 1024
    max_form_memory_size: int = 512 * 1024
    secure_cookies: bool = False
    retention_days: int = 0
    trusted_proxies: int = 0
    log_format: LogFormat = "text"
    access_log: bool = False
    metrics: bool = False
    metrics_token: str = ""


NAMES = tuple(get_type_hints(Settings))
WANTED = {
    str: 'a text in quotes, such as "…"',
    int: "a whole number",
    bool: "true or false",
    tuple[str, ...]: 'a list of texts, such as ["quiz.school.example"]',
    LogFormat: '"text" or "json"',
}


def instance_folder(environ: Mapping[str, str]) -> Path:
    """Return the folder of the installation: `instance/` of a checkout, else where the system keeps a user's data.

    That is not the environment that a wheel is installed into, which an update may replace.
    https://specifications.freedesktop.org/basedir-spec/
    """
    if given := environ.get(f"{PREFIX}INSTANCE"):
        return Path(given).resolve()
    if IS_CHECKOUT:
        return PROJECT / "instance"
    if sys.platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "Dateline"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "Dateline"
    return Path(environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "dateline"


def load(instance: Path, environ: Mapping[str, str], overrides: Mapping[str, Any]) -> dict[str, Any]:
    """Return Flask's configuration; create the instance folder and, once, its secret key.

    Of ``overrides`` the settings in capitals count before the environment; everything else is handed to Flask as it is.
    Raise `BadConfiguration` with one sentence when a setting cannot be used.
    """
    instance.mkdir(parents=True, exist_ok=True)
    given = _from_file(instance / "config.toml") | _from_environment(environ)
    given |= {
        name: _checked(name, overrides[name.upper()], "create_app") for name in NAMES if name.upper() in overrides
    }
    settings = Settings(**given)
    passed = {key: value for key, value in overrides.items() if key.lower() not in NAMES}
    return _for_flask(settings, instance) | passed


def secret_key(instance: Path) -> str:
    """Read the installation's secret key, made at the first start and readable by its owner alone.

    The key is written aside and linked into place, so that of several first starts one wins and none reads half a key.
    """
    path = instance / "secret_key"
    if not path.exists():
        draft = instance / f".secret_key.{secrets.token_hex(8)}"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(SECRET_BYTES))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii").strip()


def _from_file(path: Path) -> dict[str, Any]:
    """Read the settings of a TOML file, which may be missing."""
    if not path.exists():
        return {}
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadConfiguration(f"{path} is not valid TOML: {error}.") from error
    unknown = sorted(set(table) - set(NAMES))
    if unknown:
        raise BadConfiguration(f"{path}: {unknown[0]} is not a setting; there are {', '.join(NAMES)}.")
    return {name: _checked(name, value, str(path)) for name, value in table.items()}


def _from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    """Read the settings of the environment: a list is separated by commas.

    Where ``…_FILE`` is set instead, as containers hand out secrets, the setting is what that file holds.
    """
    given: dict[str, Any] = {}
    for name in NAMES:
        variable = PREFIX + name.upper()
        text = environ.get(variable, "").strip()
        if not text and (file := environ.get(f"{variable}_FILE", "").strip()):
            text = _secret(Path(file), f"{variable}_FILE")
        if not text:
            continue
        is_list = get_type_hints(Settings)[name] == tuple[str, ...]
        value = [part.strip() for part in text.split(",") if part.strip()] if is_list else text
        given[name] = _checked(name, value, f"the environment ({variable})", strict=False)
    return given


def _secret(path: Path, variable: str) -> str:
    """Read a setting from a file of its own."""
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise BadConfiguration(f"the environment ({variable}): {path} cannot be read: {error}.") from error


def _checked(name: str, value: Any, where: str, *, strict: bool = True) -> Any:
    """Return a value of the setting's type, or say where which type is wanted."""
    wanted = get_type_hints(Settings)[name]
    try:
        return msgspec.convert(os.fspath(value) if isinstance(value, Path) else value, wanted, strict=strict)
    except msgspec.ValidationError as error:
        raise BadConfiguration(f"{where}: {name} must be {WANTED[wanted]}, not {value!r}.") from error


def _for_flask(settings: Settings, instance: Path) -> dict[str, Any]:
    """Spell the settings as Flask and its extensions read them."""
    key = settings.secret_key or secret_key(instance)
    if len(key) < SECRET_BYTES:
        raise BadConfiguration(
            f"The secret key has {len(key)} characters and can be guessed: "
            f"use {SECRET_BYTES} or more, or remove it and let {instance / 'secret_key'} be made."
        )
    if settings.retention_days < 0:
        raise BadConfiguration("retention_days must be 0, which keeps everybody, or a number of days.")
    return {
        "SECRET_KEY": key,
        "BANK": PROJECT / settings.bank,
        "ARTICLES": PROJECT / settings.articles if settings.articles else None,
        "TRUSTED_HOSTS": [_host(name) for name in settings.trusted_hosts],
        "TRUSTED_PROXIES": settings.trusted_proxies,
        "MAX_CONTENT_LENGTH": settings.max_content_length,
        "MAX_FORM_MEMORY_SIZE": settings.max_form_memory_size,
        "SECURE_COOKIES": settings.secure_cookies,
        "RETENTION_DAYS": settings.retention_days,
        "SESSION_COOKIE_NAME": "__Host-dateline" if settings.secure_cookies else "dateline",
        "SESSION_COOKIE_SECURE": settings.secure_cookies,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_REFRESH_EACH_REQUEST": False,
        "PERMANENT_SESSION_LIFETIME": LOGIN_DAYS * 24 * 60 * 60,
        "PREFERRED_URL_SCHEME": "https" if settings.secure_cookies else "http",
        "SQLALCHEMY_DATABASE_URI": _database_url(settings.database_url, instance),
        "SQLALCHEMY_ENGINE_OPTIONS": engine.options(settings.database_url),
        "WTF_CSRF_TIME_LIMIT": None,
        "LOG_FORMAT": settings.log_format,
        "ACCESS_LOG": settings.access_log,
        "METRICS": settings.metrics,
        "METRICS_TOKEN": settings.metrics_token,
    }


class _AddressName(str):
    """An IPv6 address among the trusted hosts: Werkzeug compares what stands before the first colon."""

    __slots__ = ()

    def partition(self, sep: str, /) -> tuple[str, str, str]:
        """Return the whole address as the name, and no port."""
        return str(self), "", ""


def _host(name: str) -> str:
    """Spell a trusted host as browsers do: an IPv6 address stands in brackets."""
    return _AddressName(f"[{name.strip('[]')}]") if ":" in name else name


def _database_url(url: str, instance: Path) -> str:
    """Return the address of the database for SQLAlchemy; without one it is a SQLite file of the instance."""
    if not url:
        return f"sqlite:///{instance / 'dateline.sqlite'}"
    scheme, _, rest = url.partition("://")
    if scheme == "sqlite":
        return url
    if scheme in {"postgres", "postgresql", "postgresql+psycopg"}:
        if importlib.util.find_spec("psycopg") is None:
            raise BadConfiguration(
                'PostgreSQL needs its driver: install it with pip install "dateline-quiz[postgresql]".'
            )
        return f"postgresql+psycopg://{rest}"
    raise BadConfiguration("database_url must begin with sqlite:/// or postgresql://.")
