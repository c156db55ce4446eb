/* Versions and their ranges. Order as in Semantic Versioning 2.0.0, item 11 ("1.0.0-alpha < 1.0.0-beta < 1.0.0 < 2.0.0 <
 * 2.1.0 < 2.1.1"). */
#include <criterion/criterion.h>

#include "run/pin.h"

static const struct {
    const char *version, *range;
    int fits;
} cases[] = {
    {"1.2.0", "1.2.0", 1},         {"1.2.0", "=1.2.0", 1},
    {"1.2", "1.2.0", 1},           {"1.2.1", "1.2", 0},
    {"1.2.0", ">=1.2 <2", 1},      {"1.10.0", ">=1.2 <2", 1},
    {"2.0.0", ">=1.2 <2", 0},      {"1.1.9", ">=1.2 <2", 0},
    {"1.2.0", ">1.2", 0},          {"1.2.0", "<=1.2", 1},
    {"1.2.0", ">=1.2, <2", 1},     {"1.0.0-alpha", "<1.0.0-beta", 1},
    {"1.0.0-beta", "<1.0.0", 1},   {"1.0.0", "<1.0.0-beta", 0},
    {"2.1.0", ">2.0.0 <2.1.1", 1}, {"2.0.0+build7", "2.0.0", 1},
    {"nonsense", ">=0", 0},        {"1.0.0", "", -1},
    {"1.0.0", ">=", -1},           {"1.0.0", "one", -1},
    {"1.0.0", ">= 1", -1},         {"1.0.0", "1..0", -1},
    {"1.0.0", "1.0.0.0.0", -1},    {"1.0.0", "99999999999999999999", -1},
    {"1.0.0", "~1.0", -1},
};

Test(run_pins, versions)
{
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++)
        cr_expect(pin_version_fits(cases[k].version, cases[k].range) == cases[k].fits,
                  "'%s' in '%s': %d", cases[k].version, cases[k].range,
                  pin_version_fits(cases[k].version, cases[k].range));
}
