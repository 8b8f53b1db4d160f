import falcon


class Tide:
    def on_get(self, request, response, port):
        response.text = f"high water at {port}: 04:31"


application = falcon.App()
application.add_route("/tide/{port}", Tide())
