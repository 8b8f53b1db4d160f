#include "greeting.h"

const char *greeting(int hour) {
  return hour < 12 ? "Good morning" : hour < 18 ? "Good day" : "Good evening";
}
