import asyncio
import signal
from http import HTTPStatus

from websockets.asyncio.server import serve


def page(connection, request):
    if request.path == "/healthz":
        return connection.respond(HTTPStatus.OK, "afloat\n")
    return None


async def echo(socket):
    async for message in socket:
        await socket.send(message)


async def main():
    loop = asyncio.get_running_loop()
    stop = loop.create_future()
    loop.add_signal_handler(signal.SIGTERM, stop.set_result, None)
    async with serve(echo, "0.0.0.0", 8765, process_request=page):
        await stop


asyncio.run(main())
