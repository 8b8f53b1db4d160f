#include <iostream>
#include <string>
#include <vector>

#include "table.hpp"

int main(int argc, char **argv) {
  const std::vector<std::string> without(argv + 1, argv + argc);
  std::cout << top(count("texts/poem.txt"), without) << std::endl;
}
