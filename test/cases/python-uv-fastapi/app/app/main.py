from fastapi import FastAPI

app = FastAPI()


@app.get("/tides/{port}")
def tides(port: str):
    return {"port": port, "height": 12.3}
