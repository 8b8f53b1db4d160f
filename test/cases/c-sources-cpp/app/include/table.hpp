#pragma once
#include <map>
#include <span>
#include <string>

using Table = std::map<std::string, int>;

/** Words of a text file and how often each stands in it. */
Table count(const std::string &path);
/** The words that stand most often, one a line. */
std::string top(const Table &table, std::span<const std::string> without);
