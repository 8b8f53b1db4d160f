#include <gtest/gtest.h>

TEST(Echo, Answers) { EXPECT_EQ(1 + 1, 2); }
