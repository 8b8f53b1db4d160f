import os
import subprocess
from http.server import BaseHTTPRequestHandler, HTTPServer


class Hello(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"hello\n")


tool = os.path.join("tools", "".join(["con", "vert"]))
subprocess.run([os.path.join(os.getcwd(), tool)], check=True)
HTTPServer(("0.0.0.0", 8000), Hello).serve_forever()
