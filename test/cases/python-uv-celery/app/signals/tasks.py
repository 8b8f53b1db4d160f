import os

from celery import Celery

app = Celery("signals", broker=os.environ.get("BROKER_URL", "memory://"))


@app.task
def hoist(flag):
    return f"{flag} is up"
