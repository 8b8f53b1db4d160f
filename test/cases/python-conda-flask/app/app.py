import numpy as np
from flask import Flask

app = Flask(__name__)


@app.get("/height")
def height():
    waves = np.sort(np.array([1.0, 2.5, 2.0, 3.5, 1.5, 3.0]))
    return f"significant wave height {waves[-2:].mean():.2f} m"
