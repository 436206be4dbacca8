"""Settings from the environment or `.env` (prefix `YIHU_`), read once at start."""

from __future__ import annotations

import contextlib
import ipaddress
import os
import re
import secrets
import time
from pathlib import Path
from typing import Final, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot import errors

MP_API = "https://api.weixin.qq.com"
WECOM_API = "https://qyapi.weixin.qq.com"

# Setting -> what may stand before `://`, and an example.
_WEB: Final = ("https?", "https://yihu.example.cn")
_ADDRESSES: Final = {
    "database_url": (r"postgres|(postgresql|sqlite)(\+\w+)?", "postgresql://user@host/yihu"),
    "redis_url": ("rediss?|unix", "redis://127.0.0.1:6379/0"),
}
# pydantic's names of faults whose own words do not say what to write instead.
_PLAINLY: Final = {
    "int_parsing": "{given!r} is not a whole number; write one like {default}",
    "bool_parsing": "{given!r} is neither on nor off; write 1 or 0",
    "less_than_equal": "{given!r} is too large; write at most {le}",
    "greater_than_equal": "{given!r} is too small; write at least {ge}",
    "literal_error": "{given!r} is not known; write {expected}",
}
_HOUR: Final = r"\s*([01]\d|2[0-3]):[0-5]\d\s*"


class Settings(BaseSettings):
    """All settings; the names with `YIHU_` in front are the environment variables."""

    model_config = SettingsConfigDict(
        env_prefix="YIHU_", env_file=".env", extra="ignore", frozen=True
    )

    data_dir: Path = Path("./var")
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    public_url: str = ""
    home_url: str = ""  # where `/` leads; the demo's phone
    timezone: str = "Asia/Shanghai"
    database_url: str = ""
    redis_url: str = ""
    secret_key: str = ""
    account_name: str = "一呼"

    wechat_app_id: str = ""
    wechat_app_secret: str = ""
    wechat_token: str = ""
    wechat_aes_key: str = ""
    wechat_original_id: str = ""
    wechat_api_base: str = MP_API
    wechat_template_id: str = ""
    wechat_subscribe_template_id: str = ""
    wechat_subscribe_kind: Literal["once", "longterm"] = "once"
    wechat_account: Literal["auto", "service", "subscription"] = "auto"  # auto: ask the platform
    wechat_autoreplies: Literal["keep", "drop"] = "keep"  # those set up on the platform's website
    wecom_corp_id: str = ""
    wecom_agent_id: str = ""
    wecom_secret: str = ""
    wecom_seats: int = Field(default=0, ge=0)  # accounts the corp may have: 200 messages each a day
    wecom_token: str = ""
    wecom_aes_key: str = ""
    wecom_api_base: str = WECOM_API

    approval_threshold: int = Field(default=5000, ge=1)
    quiet_hours: str = "21:00-08:00"
    trusted_proxies: str = ""
    test_clock: bool = False
    window: int = Field(default=128, ge=1, le=1000)

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError) as error:
            raise ValueError(
                f"unknown time zone {value!r}; write one like Asia/Shanghai"
            ) from error
        return value

    @field_validator("database_url", "redis_url", "public_url", "wechat_api_base", "wecom_api_base")
    @classmethod
    def _known_address(cls, value: str, info: ValidationInfo) -> str:
        # The address itself is not repeated: it may hold a password.
        kinds, example = _ADDRESSES.get(info.field_name or "", _WEB)
        head, _, tail = value.partition("://")
        if value and not (tail and re.fullmatch(kinds, head)):
            raise ValueError(f"not an address of the right kind; write one like {example}")
        return value

    @field_validator("quiet_hours")
    @classmethod
    def _hours(cls, value: str) -> str:
        if value.strip().lower() != "off" and not re.fullmatch(f"{_HOUR}-{_HOUR}", value):
            raise ValueError(f"{value!r} is neither hours like 21:00-08:00 nor off")
        return value

    @field_validator("trusted_proxies")
    @classmethod
    def _networks(cls, value: str) -> str:
        for each in filter(None, (part.strip() for part in value.split(","))):
            try:
                each == "*" or ipaddress.ip_network(each, strict=False)
            except ValueError as error:
                raise ValueError(f"{each!r} is no address; write 10.0.0.1,10.1.0.0/16") from error
        return value

    @field_validator("wecom_agent_id")
    @classmethod
    def _number(cls, value: str) -> str:
        if value and not (value.isascii() and value.isdecimal()):
            raise ValueError("an AgentId is a number; copy it again from the app's page")
        return value

    @field_validator("wechat_aes_key", "wecom_aes_key")
    @classmethod
    def _aes_key_length(cls, value: str) -> str:
        if value and not (len(value) == 43 and value.isalnum() and value.isascii()):
            raise ValueError(
                "an EncodingAESKey has 43 letters and digits; copy it again from the account's page"
            )
        return value

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of offices and villages."""
        return ZoneInfo(self.timezone)

    @property
    def on_postgresql(self) -> bool:
        """Whether `DATABASE_URL` names a PostgreSQL database."""
        return self.database_url.startswith(("postgres://", "postgresql"))

    @property
    def sql_url(self) -> str:
        """The SQLAlchemy address of the database, SQLite in the data dir by default."""
        url = self.database_url
        if not url:
            return f"sqlite+aiosqlite:///{self.data_dir.resolve() / 'yihu.db'}"
        head, _, tail = url.partition("://")
        driver = "sqlite+aiosqlite" if head.startswith("sqlite") else "postgresql+asyncpg"
        return f"{driver}://{tail}"

    @property
    def secret_keys(self) -> tuple[str, ...]:
        """The keys for sealing, newest first; the older ones still open."""
        return tuple(key.strip() for key in self.secret_key.split(",") if key.strip())


def load(**given: object) -> Settings:
    """Read the settings; make the data dir and, on SQLite, the secret key.

    `given` are values from the command line, by field name; they win over the environment.
    Raises SetupError with one sentence that names the setting at fault.
    """
    try:
        settings = Settings(**given)  # type: ignore[arg-type]  # checked by pydantic
    except ValueError as error:
        raise errors.SetupError(_first_fault(error)) from error
    _make_data_dir(settings.data_dir)
    if not settings.database_url:
        _make_private(settings.data_dir / "yihu.db")
    if settings.secret_keys:
        return settings
    if settings.on_postgresql:
        raise errors.SetupError(
            "YIHU_SECRET_KEY is required with PostgreSQL: set the same long random text for every process"
        )
    return settings.model_copy(update={"secret_key": _kept_secret(settings.data_dir)})


def _first_fault(error: ValueError) -> str:
    if not isinstance(error, ValidationError):
        return str(error)
    first = error.errors()[0]
    name = "YIHU_" + "_".join(str(part) for part in first["loc"]).upper()
    plainly = _PLAINLY.get(first["type"])
    if plainly:
        default = Settings.model_fields[str(first["loc"][0])].default
        limits = first.get("ctx") or {}
        return f"{name}: {plainly.format(given=first['input'], default=default, **limits)}"
    return f"{name}: {str(first['msg']).removeprefix('Value error, ')}"


def _make_data_dir(path: Path) -> None:
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise errors.SetupError(
            f"cannot make the data directory {path}: {error.strerror}; set YIHU_DATA_DIR"
        ) from error
    if not os.access(path, os.W_OK | os.X_OK):
        raise errors.SetupError(
            f"this user cannot write the data directory {path}; name another with YIHU_DATA_DIR, or mend its owner"
        )


def _make_private(path: Path) -> None:
    """An empty file for us alone, unless there is one: SQLite would let everybody read it."""
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def _kept_secret(data_dir: Path) -> str:
    path = data_dir / "secret.key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read_secret(path)
    key = secrets.token_urlsafe(48)
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(key)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        path.unlink()  # a full disk: an empty key would seal nothing
        raise
    return key


def _read_secret(path: Path) -> str:
    """The key in the file; another process may have made it this moment, and not written it yet."""
    for _ in range(20):
        if key := path.read_text("ascii").strip():
            return key
        time.sleep(0.05)
    raise errors.SetupError(
        f"{path} is empty; put back the key from your backup, or delete the file if nothing is stored yet"
    )
