"""Command line and environment of the sandbox."""

from __future__ import annotations

import argparse
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

# Development credentials, public on purpose: they open nothing but a sandbox.
DEFAULTS = {
    "app_id": "wx5a4db0c5e7f01a2b",
    "app_secret": "5a4db0c5e7f01a2b3c4d5e6f70819203",
    "token": "yihusandbox",
    "aes_key": "YihuSandboxDevelopmentKey0123456789abcdefgA",
    "original_id": "gh_5a4db0c5e7f0",
    "template_id": "yihu-sandbox-notice-template-00000000000001",
    "subscription_id": "yihu-sandbox-subscription-template-00000001",
    "corp_id": "ww5a4db0c5e7f01a2b",
    "corp_secret": "corp4db0c5e7f01a2b3c4d5e6f70819203",
    "agent_id": "1000002",
}


@dataclass(frozen=True, slots=True)
class Options:
    """What the sandbox was started with. `templates`, `subscriptions`: ids known from the start."""

    host: str = "127.0.0.1"
    port: int = 0
    target: str = ""
    data_dir: Path | None = None
    app_id: str = DEFAULTS["app_id"]
    app_secret: str = DEFAULTS["app_secret"]
    token: str = DEFAULTS["token"]
    aes_key: str = DEFAULTS["aes_key"]
    original_id: str = DEFAULTS["original_id"]
    templates: tuple[str, ...] = field(default=(DEFAULTS["template_id"],))
    subscriptions: tuple[str, ...] = field(default=(DEFAULTS["subscription_id"],))
    corp_id: str = DEFAULTS["corp_id"]
    corp_secret: str = DEFAULTS["corp_secret"]
    agent_id: str = DEFAULTS["agent_id"]
    mode: str = "secure"
    form: str = "xml"
    until_eof: bool = False
    key: str = ""


def _env(name: str, fallback: str) -> str:
    return os.environ.get(f"YIHU_SANDBOX_{name}") or fallback


class _Parser(argparse.ArgumentParser):
    """Says what was wrong in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{message} (see `{self.prog} --help`)\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="yihu sandbox",
        description="A WeChat/WeCom platform on this machine. Defaults come from YIHU_SANDBOX_* in the environment.",
    )
    add = parser.add_argument
    add(
        "--host", default=_env("HOST", "127.0.0.1"), help="address to listen on (default 127.0.0.1)"
    )
    add(
        "--port",
        type=int,
        default=_env("PORT", "8090"),
        help="port; 0 picks a free one (default 8090)",
    )
    add(
        "--target",
        default=_env("TARGET", ""),
        help="webhook of the bot; without a path, /wechat is added",
    )
    add(
        "--data-dir",
        default=_env("DATA_DIR", ""),
        help="keep the ledger and the state here over restarts",
    )
    ours = ("app_id", "app_secret", "token", "aes_key", "original_id", "corp_id", "corp_secret")
    for name in ours:
        add(f"--{name.replace('_', '-')}", default=_env(name.upper(), DEFAULTS[name]))
    add("--agent-id", type=int, default=_env("AGENT_ID", DEFAULTS["agent_id"]))
    add("--template-id", action="append", help="a template of the account; may be repeated")
    add("--subscription-id", action="append", help="a template of subscription notices")
    add("--mode", choices=("secure", "plain", "compatible"), default=_env("MODE", "secure"))
    add(
        "--until-eof",
        action="store_true",
        help="stop when standard input ends: with whoever started us",
    )
    add("--key", default=_env("KEY", ""), help="lets other machines in: they open /?key=KEY once")
    add("--format", dest="form", choices=("xml", "json"), default=_env("FORMAT", "xml"))
    return parser


def read(argv: list[str]) -> Options:
    """Options from arguments and environment; argparse ends the program with code 2 on a mistake."""
    given = _parser().parse_args(argv)
    templates = tuple(given.template_id or _env("TEMPLATE_ID", DEFAULTS["template_id"]).split(","))
    subscribed = given.subscription_id or _env(
        "SUBSCRIPTION_ID", DEFAULTS["subscription_id"]
    ).split(",")
    return Options(
        host=given.host,
        port=given.port,
        target=given.target,
        data_dir=Path(given.data_dir) if given.data_dir else None,
        app_id=given.app_id,
        app_secret=given.app_secret,
        token=given.token,
        aes_key=given.aes_key,
        original_id=given.original_id,
        templates=templates,
        subscriptions=tuple(subscribed),
        corp_id=given.corp_id,
        corp_secret=given.corp_secret,
        agent_id=str(given.agent_id),
        mode=given.mode,
        form=given.form,
        until_eof=given.until_eof,
        key=given.key,
    )
