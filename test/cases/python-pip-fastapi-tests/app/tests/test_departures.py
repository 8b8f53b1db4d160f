from fastapi.testclient import TestClient

from ferry.main import app


def test_the_first_one_goes_to_amrum():
    assert TestClient(app).get("/departures").json()[0]["to"] == "Amrum"
