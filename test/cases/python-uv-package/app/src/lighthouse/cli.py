import os
from importlib.metadata import version

import uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route


async def light(request):
    return PlainTextResponse(f"Fl(2) W 10s, lighthouse {version('lighthouse')}")


def main():
    app = Starlette(routes=[Route("/light", light), Route("/healthz", light)])
    uvicorn.run(app, host=os.environ.get("HOST", "127.0.0.1"), port=int(os.environ.get("PORT", "8090")))
