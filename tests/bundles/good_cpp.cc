// A bundle in C++, two plugins, with a static object whose constructor runs when it is loaded.
#include <string>

#include "plain.h"

static std::string made_when_loaded = std::string("a") + std::string(100, 'b');

static const struct uptake_plugin one = PLAIN_PLUGIN("good-cpp");
static const struct uptake_plugin two = PLAIN_PLUGIN("good-cpp-two");

UPTAKE_BUNDLE(&one, &two)
