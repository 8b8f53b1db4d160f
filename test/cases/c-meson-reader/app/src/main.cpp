#include <archive.h>
#include <yaml-cpp/yaml.h>

#include <iostream>
#include <string>

#include "config.h"

int main() {
  const YAML::Node defaults = YAML::LoadFile(std::string(DATADIR) + "/defaults.yaml");
  std::cout << defaults["greeting"].as<std::string>() << " from " << defaults["harbours"].size() << " harbours\n";
  std::cout << (archive_version_number() >= 3000000 ? "libarchive 3\n" : "an old libarchive\n");
  return 0;
}
