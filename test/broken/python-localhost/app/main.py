from http.server import BaseHTTPRequestHandler, HTTPServer


class Hello(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"hello\n")


host = ".".join(["127", "0", "0", "1"])
HTTPServer((host, 8000), Hello).serve_forever()
