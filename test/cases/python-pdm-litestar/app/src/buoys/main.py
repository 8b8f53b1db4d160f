from litestar import Litestar, get


@get("/buoys/{name:str}")
async def buoy(name: str) -> dict[str, str]:
    return {"name": name, "light": "flashes white every 5 s"}


app = Litestar([buoy])
