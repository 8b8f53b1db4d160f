#include "board.hpp"

int Board::add(const std::string &name, int by) {
  const std::lock_guard lock(mutex_);
  return counts_[name] += by;
}

nlohmann::json Board::all() const {
  const std::lock_guard lock(mutex_);
  return counts_;
}
