from argon2 import PasswordHasher
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

HASHED = PasswordHasher(time_cost=1).hash("of the keeper")


async def pressure(request) -> PlainTextResponse:
    return PlainTextResponse(f"998 hPa and falling, {HASHED[:9]}")


app = Starlette(routes=[Route("/pressure", pressure)])
