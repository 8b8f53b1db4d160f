#include <iostream>

#include "pattern.h"

int main(int argc, char **argv) {
  if (argc < 3) {
    std::cerr << "matcher PATTERN TEXT\n";
    return 2;
  }
  std::cout << "found " << first_match(argv[1], argv[2]) << "\n";
  return 0;
}
