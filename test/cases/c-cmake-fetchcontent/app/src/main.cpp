#include <fmt/core.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <slug/slug.hpp>

int main() {
  std::ifstream file("data/books.json");
  const nlohmann::json books = nlohmann::json::parse(file);
  for (const auto &book : books) fmt::print("{} {}\n", slug::make(book.at("title")), book.at("year").get<int>());
  return 0;
}
