#include <httplib.h>

#include <cstdlib>
#include <iostream>
#include <string>

#include "board.hpp"

int main() {
  const char *given = std::getenv("PORT");
  const int port = given ? std::stoi(given) : 8087;
  Board board;
  httplib::Server server;
  server.Get("/healthz", [](const httplib::Request &, httplib::Response &response) {
    response.set_content("ok", "text/plain");
  });
  server.Get("/tally", [&](const httplib::Request &, httplib::Response &response) {
    response.set_content(board.all().dump(), "application/json");
  });
  server.Get(R"(/add/(\w+))", [&](const httplib::Request &request, httplib::Response &response) {
    const auto count = board.add(request.matches[1], 1);
    response.set_content(nlohmann::json{{"count", count}}.dump(), "application/json");
  });
  server.set_mount_point("/", "./public");
  std::cout << "listening on " << port << std::endl;
  return server.listen("0.0.0.0", port) ? 0 : 1;
}
