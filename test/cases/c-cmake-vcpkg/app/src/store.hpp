#pragma once

#include <string>
#include <vector>

struct Tide {
  std::string port;
  double height;
};

/** The tides of a list, highest first: sorted by a database in memory. */
std::vector<Tide> highest(const std::vector<Tide> &tides, int count);
