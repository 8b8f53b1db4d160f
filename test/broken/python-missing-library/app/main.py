import ctypes
from http.server import BaseHTTPRequestHandler, HTTPServer


class Hello(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"hello\n")


ctypes.CDLL("".join(["lib", "uv.so.1"]))
HTTPServer(("0.0.0.0", 8000), Hello).serve_forever()
