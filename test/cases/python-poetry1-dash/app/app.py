import numpy as np
from dash import Dash, html

DEPTHS = np.linspace(4.0, 12.0, 5)

app = Dash(__name__, title="Soundings")
server = app.server
app.layout = html.Ul([html.Li(f"{depth:.1f} m") for depth in DEPTHS])

if __name__ == "__main__":
    app.run(debug=True)
