#pragma once

#include <map>
#include <mutex>
#include <string>

#include <nlohmann/json.hpp>

/** Counts by name. */
class Board {
 public:
  int add(const std::string &name, int by);
  nlohmann::json all() const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, int> counts_;
};
