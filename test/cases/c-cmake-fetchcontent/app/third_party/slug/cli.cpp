#include <iostream>

#include "slug/slug.hpp"

int main(int argc, char **argv) {
  for (int i = 1; i < argc; i++) std::cout << slug::make(argv[i]) << "\n";
}
