/* Values of a spec: whether a scalar is what its row wants, and what it stands for. */
#include "spec/format.h"

#include <math.h>
#include <string.h>

#include "base/date.h"
#include "base/number.h"

bool values_left_out(const struct tree *tree)
{
    return !tree || tree_is_null(tree) || (tree->kind != YAML_SCALAR && tree->count == 0);
}

bool values_number(const struct tree *tree, double *x)
{
    return tree->kind == YAML_SCALAR && tree->plain && number_parse(tree->text, tree->bytes, x);
}

struct unit {
    const char *name;
    double bytes;
};

static const struct unit units[] = {
    {"B", 1},    {"KiB", 0x1p10}, {"MiB", 0x1p20}, {"GiB", 0x1p30},
    {"KB", 1e3}, {"MB", 1e6},     {"GB", 1e9},
};

static double unit_bytes(const char *name, size_t bytes)
{
    for (size_t k = 0; k < sizeof units / sizeof *units; k++)
        if (strlen(units[k].name) == bytes && memcmp(units[k].name, name, bytes) == 0)
            return units[k].bytes;
    return 0;
}

bool values_bytes(const struct tree *tree, uint64_t *bytes)
{
    size_t digits = strspn(tree->text, "0123456789."), unit = digits;
    while (tree->text[unit] == ' ')
        unit++;
    double factor = unit < tree->bytes ? unit_bytes(tree->text + unit, tree->bytes - unit)
                                       : (double)tree->plain;
    double x;
    if (!number_parse(tree->text, digits, &x))
        return false;
    x = floor(x * factor);
    if (!(x >= 1 && x < 0x1p63))
        return false;
    *bytes = (uint64_t)x;
    return true;
}

static bool number_fits(const struct format_type *type, const struct tree *tree)
{
    double x;
    if (!values_number(tree, &x))
        return false;
    if (x < type->min || x > type->max || (type->above && x <= type->min) ||
        (type->below && x >= type->max))
        return false;
    return type->scalar != SCALAR_WHOLE || x == floor(x);
}

static bool word_fits(const struct format_type *type, const struct tree *tree)
{
    for (size_t k = 0; k < sizeof type->words / sizeof *type->words && type->words[k]; k++)
        if (strcmp(type->words[k], tree->text) == 0)
            return true;
    return false;
}

bool values_fits(const struct format_type *type, const struct tree *tree)
{
    struct uptake_period period;
    uint64_t bytes;
    double x;
    switch (type->scalar) {
    case SCALAR_NONE: return false;
    case SCALAR_ANY: return true;
    case SCALAR_ONE: return values_number(tree, &x) && x == 1;
    case SCALAR_TEXT: return tree->bytes > 0;
    case SCALAR_NUMBER:
    case SCALAR_WHOLE: return number_fits(type, tree);
    case SCALAR_DATE: return date_parse(tree->text, tree->bytes, &period);
    case SCALAR_BYTES: return values_bytes(tree, &bytes);
    case SCALAR_WORD: return word_fits(type, tree);
    case SCALAR_SHA256:
        return tree->bytes == 64 && strspn(tree->text, "0123456789abcdefABCDEF") == 64;
    }
    return false;
}
