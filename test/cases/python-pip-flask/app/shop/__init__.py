from flask import Flask, render_template


def create_app():
    app = Flask(__name__)

    @app.get("/")
    def index():
        return render_template("index.html", fish=["cod", "turbot"])

    @app.get("/healthz")
    def health():
        return "ok"

    return app
