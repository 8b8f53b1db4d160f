import os
import signal
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"half past four, and all is well")


signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
HTTPServer((os.getenv("HOST", "localhost"), int(os.getenv("PORT", "8081"))), Handler).serve_forever()
