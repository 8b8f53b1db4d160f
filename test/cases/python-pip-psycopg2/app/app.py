import psycopg2
from bottle import Bottle

app = Bottle()


@app.get("/version")
def version():
    return f"libpq {psycopg2.extensions.libpq_version()}"
