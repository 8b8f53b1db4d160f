import io

import matplotlib

matplotlib.use("Agg")
from flask import Flask, Response
from matplotlib.figure import Figure


def create_app() -> Flask:
    app = Flask(__name__)

    @app.get("/course.svg")
    def course() -> Response:
        figure = Figure()
        figure.subplots().plot([0, 1, 2], [3, 1, 4])
        data = io.StringIO()
        figure.savefig(data, format="svg")
        return Response(data.getvalue(), mimetype="image/svg+xml")

    return app
