#pragma once
#include <string>

namespace slug {
/** A title as it stands in an address: small letters, digits and dashes. */
std::string make(const std::string &title);
}  // namespace slug
