"""The web role as a process: its API and what people say to it through the platform."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass, replace
from typing import Any

import aiohttp

from bot.core.model import Role
from bot.sandbox.options import DEFAULTS
from bot.store import tokens
from tests.delivery.faults.conftest import Scene


@dataclass
class Web:
    """Asks one web process as a token of the city's chair."""

    scene: Scene
    name: str
    token: str
    http: aiohttp.ClientSession

    @classmethod
    async def opened(cls, scene: Scene, name: str) -> Web:
        """Start it and wait until it serves; the platform's pushes go to it."""
        scene.crew.settings = scene.crew.settings.model_copy(
            update={
                "wechat_token": DEFAULTS["token"],
                "wechat_aes_key": DEFAULTS["aes_key"],
                "wechat_original_id": DEFAULTS["original_id"],
            }
        )
        token = await _token(scene, Role.CHAIR)
        http = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30))
        scene.closing.append(http.close)
        found = cls(scene, name, token, http)
        await found.start()
        return found

    async def other(self, role: Role) -> Web:
        """The same process, asked as somebody else in the city."""
        return replace(self, token=await _token(self.scene, role))

    async def start(self) -> None:
        self.scene.crew.start(self.name)
        await self.scene.until(self._serves, 30)
        url = f"http://127.0.0.1:{self.scene.crew.ports[self.name]}/wechat"
        self.scene.platform.control("target", url=url)

    async def _serves(self) -> bool:
        try:
            url = f"http://127.0.0.1:{self.scene.crew.ports[self.name]}/healthz"
            async with self.http.get(url) as answer:
                return answer.status == 200
        except aiohttp.ClientError:
            return False

    async def page(self, path: str) -> tuple[int, float]:
        """Anything that needs no token: the status, and how many seconds it took."""
        at = time.monotonic()
        url = f"http://127.0.0.1:{self.scene.crew.ports[self.name]}{path}"
        async with self.http.get(url) as answer:
            await answer.read()
            return answer.status, time.monotonic() - at

    async def get(self, path: str) -> tuple[int, Any]:
        return await self._ask("GET", path, None, {})

    async def post(self, path: str, body: object, **headers: str) -> tuple[int, Any]:
        return await self._ask("POST", path, body, headers)

    async def _ask(
        self, method: str, path: str, body: object, headers: dict[str, str]
    ) -> tuple[int, Any]:
        url = f"http://127.0.0.1:{self.scene.crew.ports[self.name]}/api/v1{path}"
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        async with self.http.request(
            method, url, json=body, headers={"Authorization": f"Bearer {self.token}", **names}
        ) as answer:
            return answer.status, json.loads(await answer.read())

    async def say(self, who: str, text: str) -> dict[str, Any]:
        """She says it; what the platform got."""
        return await asyncio.to_thread(
            lambda: self.scene.platform.control("say", openid=who, text=text)
        )


async def _token(scene: Scene, role: Role) -> str:
    rt, token = scene.rt, f"a token of the story's {role}"
    async with rt.write() as c:
        await tokens.add(
            c,
            digest=rt.seal.digest("token", token),
            unit_id=scene.land.units["s"].id,
            role=role,
            at_ms=rt.now_ms(),
            expires_at_ms=None,
        )
    return token
