#include <fmt/core.h>

#include <nlohmann/json.hpp>

#include "store.hpp"

int main(int argc, char **argv) {
  if (argc != 2) {
    fmt::print(stderr, "usage: {} '{{\"port\": height, …}}'\n", argv[0]);
    return 2;
  }
  try {
    std::vector<Tide> tides;
    const auto parsed = nlohmann::json::parse(argv[1]);
    for (const auto &[port, height] : parsed.items())
      tides.push_back({port, height.get<double>()});
    for (const auto &tide : highest(tides, 2)) fmt::print("{:<8}{:>6.2f} m\n", tide.port, tide.height);
  } catch (const std::exception &error) {
    fmt::print(stderr, "{}\n", error.what());
    return 1;
  }
  return 0;
}
