from fastapi import FastAPI

from ferry.timetable import departures

app = FastAPI()


@app.get("/departures")
def index():
    return departures()
