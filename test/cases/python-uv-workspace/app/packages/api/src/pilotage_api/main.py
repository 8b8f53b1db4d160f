from datetime import date

from fastapi import FastAPI
from pilotage_core import next_pilot


def create_app() -> FastAPI:
    app = FastAPI()

    @app.get("/pilot")
    def pilot() -> dict[str, str]:
        return {"says": next_pilot(date(2026, 11, 28))}

    @app.get("/healthz")
    def healthz() -> dict[str, bool]:
        return {"ok": True}

    return app
