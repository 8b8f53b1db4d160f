import os
from importlib.metadata import version

from bottle import Bottle, run

app = Bottle()


@app.get("/berth/<number:int>")
def berth(number):
    return f"berth {number} is free, says moorings {version('moorings')}"


def main():
    run(app, host=os.environ.get("HOST", "localhost"), port=int(os.environ.get("PORT", 8060)))
