#include <catch2/catch_test_macros.hpp>

#include "../src/store.hpp"

TEST_CASE("the highest comes first") {
  const auto found = highest({{"Brest", 6.9}, {"Granville", 12.3}}, 1);
  REQUIRE(found.size() == 1);
  CHECK(found[0].port == "Granville");
}
