/** Libraries that tests alone are written with, by how a build file asks for them: their packages. */
export const TEST_LIBRARIES: readonly {
  readonly by: RegExp;
  readonly debian: string;
  readonly alpine: string;
}[] = [
  {
    by: /\bfind_package\s*\(\s*GTest\b|\bdependency\s*\(\s*'g(?:test|mock)|\bgtest(?:_main)?\b.*pkg/i,
    debian: 'libgtest-dev',
    alpine: 'gtest-dev',
  },
  {
    by: /\bdependency\s*\(\s*'gmock|\bGTest::gmock|\bgmock\/gmock\.h/i,
    debian: 'libgmock-dev',
    alpine: 'gtest-dev',
  },
  { by: /\bfind_package\s*\(\s*Catch2\b|\bdependency\s*\(\s*'catch2/i, debian: 'catch2', alpine: 'catch2-3' },
  {
    by: /\bfind_package\s*\(\s*doctest\b|\bdependency\s*\(\s*'doctest/i,
    debian: 'doctest-dev',
    alpine: 'doctest-dev',
  },
  { by: /\bcmocka\b/i, debian: 'libcmocka-dev', alpine: 'cmocka-dev' },
  {
    by: /\bfind_package\s*\(\s*Check\b|\bPKG_CHECK_MODULES\s*\(\s*\[?CHECK\b|\bdependency\s*\(\s*'check'|<check\.h>|-lcheck\b/,
    debian: 'check',
    alpine: 'check-dev',
  },
  { by: /\bcriterion\b/i, debian: 'libcriterion-dev', alpine: 'criterion-dev' },
  { by: /\bcppunit\b/i, debian: 'libcppunit-dev', alpine: 'cppunit-dev' },
  { by: /\bcunit\b/i, debian: 'libcunit1-dev', alpine: 'cunit-dev' },
  { by: /\bunit_test_framework\b/i, debian: 'libboost-test-dev', alpine: 'boost-dev' },
];
