"""The bare thing our callback is measured against: FastAPI and wechatpy, secure mode, no memory at all."""

from __future__ import annotations

import argparse

import uvicorn
from fastapi import FastAPI, Request, Response
from wechatpy import create_reply, parse_message
from wechatpy.crypto import WeChatCrypto
from wechatpy.events import BaseEvent, ClickEvent


def build(token: str, aes_key: str, app_id: str) -> FastAPI:
    """One route written the way wechatpy's own documentation shows it: decrypt, parse, echo, encrypt.

    The platform's own notices get `success`; whatever a person did gets a sealed text.
    """
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    crypto = WeChatCrypto(token, aes_key, app_id)

    @app.post("/wechat")
    async def take(request: Request, timestamp: str, nonce: str, msg_signature: str) -> Response:
        body = await request.body()
        said = parse_message(crypto.decrypt_message(body, msg_signature, timestamp, nonce))
        if isinstance(said, BaseEvent) and not isinstance(said, ClickEvent):
            return Response("success", media_type="text/plain")
        words = said.key if isinstance(said, ClickEvent) else said.content
        sealed = crypto.encrypt_message(create_reply(words, said).render(), nonce, timestamp)
        return Response(sealed, media_type="application/xml")

    return app


def main() -> None:
    """Serve on loopback, on the settings our own program uses, until the process is ended."""
    parser = argparse.ArgumentParser()
    for name in ("port", "token", "aes-key", "app-id"):
        parser.add_argument(f"--{name}", required=True)
    given = parser.parse_args()
    app = build(given.token, given.aes_key, given.app_id)
    uvicorn.run(app, port=int(given.port), log_config=None, access_log=False)


if __name__ == "__main__":
    main()
