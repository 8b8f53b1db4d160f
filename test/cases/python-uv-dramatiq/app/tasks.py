import dramatiq
from dramatiq.brokers.stub import StubBroker

dramatiq.set_broker(StubBroker())


@dramatiq.actor
def blow(seconds: int) -> None:
    print(f"the horn blows for {seconds} seconds")
