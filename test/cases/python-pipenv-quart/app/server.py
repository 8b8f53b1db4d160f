from quart import Quart

app = Quart(__name__)


@app.get("/wind")
async def wind():
    return {"from": "south-west", "force": 6}
