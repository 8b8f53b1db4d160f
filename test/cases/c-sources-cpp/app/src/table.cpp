#include "table.hpp"

#include <algorithm>
#include <fstream>
#include <ranges>
#include <vector>

Table count(const std::string &path) {
  Table table;
  std::ifstream file(path);
  for (std::string word; file >> word;) table[word]++;
  return table;
}

std::string top(const Table &table, std::span<const std::string> without) {
  auto kept = table | std::views::filter([&](const auto &row) { return std::ranges::find(without, row.first) == without.end(); });
  std::vector<std::pair<std::string, int>> rows(kept.begin(), kept.end());
  std::ranges::sort(rows, [](const auto &a, const auto &b) { return a.second > b.second; });
  return rows.empty() ? "nothing" : rows.front().first + " " + std::to_string(rows.front().second);
}
