import MySQLdb
from flask import Flask

app = Flask(__name__)


@app.get("/client")
def client():
    return f"the client speaks {MySQLdb.get_client_info()}"
