#include "pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

std::string first_match(const std::string &pattern, const std::string &text) {
  int error;
  PCRE2_SIZE at;
  pcre2_code *code = pcre2_compile((PCRE2_SPTR)pattern.c_str(), PCRE2_ZERO_TERMINATED, 0, &error, &at, nullptr);
  if (code == nullptr) return "";
  pcre2_match_data *data = pcre2_match_data_create_from_pattern(code, nullptr);
  std::string found;
  if (pcre2_match(code, (PCRE2_SPTR)text.c_str(), text.size(), 0, 0, data, nullptr) > 0) {
    PCRE2_SIZE *ends = pcre2_get_ovector_pointer(data);
    found = text.substr(ends[0], ends[1] - ends[0]);
  }
  pcre2_match_data_free(data);
  pcre2_code_free(code);
  return found;
}
