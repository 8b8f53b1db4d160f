import asyncio
import io
import signal

import tornado.web
from PIL import Image
from tornado.options import define, options, parse_command_line

define("port", default=8888, type=int)


class Flag(tornado.web.RequestHandler):
    def get(self, colour: str) -> None:
        data = io.BytesIO()
        Image.new("RGB", (60, 40), colour).save(data, "PNG")
        self.write(f"{len(data.getvalue())} bytes of {colour}")


async def serve() -> None:
    app = tornado.web.Application([(r"/flag/(\w+)", Flag)])
    app.listen(options.port)
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await stop.wait()


def main() -> None:
    parse_command_line()
    asyncio.run(serve())
