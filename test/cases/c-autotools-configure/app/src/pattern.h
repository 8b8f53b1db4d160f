#pragma once
#include <string>

/** The first text that a pattern matches in another; empty: none. */
std::string first_match(const std::string &pattern, const std::string &text);
