#include "slug/slug.hpp"

#include <cctype>

std::string slug::make(const std::string &title) {
  std::string made;
  for (unsigned char c : title) {
    if (std::isalnum(c) != 0) made += static_cast<char>(std::tolower(c));
    else if (!made.empty() && made.back() != '-') made += '-';
  }
  return made;
}
