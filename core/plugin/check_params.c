/* Parameters: each lies inside the struct, apart from the others, and its default within its range. See check.h. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "plugin/check.h"

/* What each type of param takes in the plugin's struct. A table: one element. */
static const struct {
    uint32_t type;
    size_t bytes;
    size_t align;
} param_types[] = {
    {UPTAKE_NUMBER, sizeof(double), _Alignof(double)},
    {UPTAKE_INTEGER, sizeof(int64_t), _Alignof(int64_t)},
    {UPTAKE_FLAG, sizeof(int8_t), _Alignof(int8_t)},
    {UPTAKE_CHOICE, sizeof(int32_t), _Alignof(int32_t)},
    {UPTAKE_TEXT, sizeof(const char *), _Alignof(const char *)},
    {UPTAKE_DATE, sizeof(struct uptake_period), _Alignof(struct uptake_period)},
    {UPTAKE_TABLE, sizeof(double), _Alignof(double)},
};

static int check_param_place(const struct checking *c, const struct uptake_param *param)
{
    size_t n_types = sizeof param_types / sizeof *param_types, t = 0, end;
    while (t < n_types && param_types[t].type != param->type)
        t++;
    if (t == n_types)
        return refuse(c, "its type is %u, which no param has", param->type);
    bool table = param->type == UPTAKE_TABLE;
    size_t bytes = param_types[t].bytes * (table ? check_count_choices(param->choices) : 1);
    if (param->bytes != bytes)
        return refuse(c, "its member takes %zu bytes, expected %zu%s", param->bytes, bytes,
                      table ? " (a double for each choice)" : "");
    if (param->offset % param_types[t].align != 0)
        return refuse(c, "its member stands at byte %zu, expected a multiple of %zu", param->offset,
                      param_types[t].align);
    if (__builtin_add_overflow(param->offset, param->bytes, &end) || end > c->plugin->params_bytes)
        return refuse(c,
                      "its member, %zu bytes from byte %zu, ends outside the struct of %zu bytes",
                      param->bytes, param->offset, c->plugin->params_bytes);
    return 0;
}

static int check_default_in(const struct checking *c, double number, double min, double max)
{
    if (number >= min && number <= max)
        return 0;
    return refuse(c, "its default is %g, expected %g to %g", number, min, max);
}

static int check_default_whole(const struct checking *c, double number)
{
    if (number == trunc(number) && fabs(number) <= 0x1p53)
        return 0;
    return refuse(c, "its default is %g, expected a whole number", number);
}

static int check_default(const struct checking *c, const struct uptake_param *param)
{
    double x = param->number;
    struct uptake_period period;
    if (param->type == UPTAKE_NUMBER || param->type == UPTAKE_INTEGER ||
        param->type == UPTAKE_TABLE)
        if (check_range(c, param->min, param->max) != 0 ||
            check_default_in(c, x, param->min, param->max) != 0)
            return -1;
    if (param->type == UPTAKE_INTEGER)
        return check_default_whole(c, x);
    if (param->type == UPTAKE_FLAG)
        return x == 0 || x == 1 ? 0 : refuse(c, "its default is %g, expected 0 or 1", x);
    if (param->type == UPTAKE_CHOICE && check_default_whole(c, x) == 0)
        return check_default_in(c, x, 0, (double)check_count_choices(param->choices) - 1);
    if (param->type == UPTAKE_DATE && param->text &&
        !date_parse(param->text, strlen(param->text), &period))
        return refuse(c, "its default is '%.60s', expected a date such as 2018-01", param->text);
    return param->type == UPTAKE_CHOICE ? -1 : 0;
}

static int check_param(struct checking *c, const struct uptake_param *param)
{
    if (!name_is_plain(param->name, "_"))
        return refuse(c, "expected a name of lower-case letters, digits and underscores");
    if (check_flags(c, param->flags, 0) != 0 || check_param_place(c, param) != 0)
        return -1;
    bool has_choices = param->type == UPTAKE_CHOICE || param->type == UPTAKE_TABLE;
    if (check_choices(c, param->choices, has_choices) != 0)
        return -1;
    return check_default(c, param);
}

/* Both lie inside the struct already, so no end overflows. */
static int check_apart(const struct checking *c, size_t k)
{
    const struct uptake_param *params = c->plugin->params, *a = &params[k];
    for (size_t j = 0; j < k; j++) {
        const struct uptake_param *b = &params[j];
        if (a->offset < b->offset + b->bytes && b->offset < a->offset + a->bytes)
            return refuse(c, "its member overlaps that of param %zu '%s'", j, b->name);
    }
    return 0;
}

int check_params(struct checking *c)
{
    const struct uptake_param *params = c->plugin->params;
    if (c->plugin->params_bytes > PARAMS_BYTES_MAX)
        return refuse(c, "its params take %zu bytes, expected at most %d", c->plugin->params_bytes,
                      PARAMS_BYTES_MAX);
    for (size_t k = 0; k < c->plugin->n_params; k++) {
        check_look_at(c, "param", k, params[k].name);
        if (check_param(c, &params[k]) != 0 || check_apart(c, k) != 0)
            return -1;
    }
    check_look_at(c, NULL, 0, NULL);
    return check_different(c, &params->name, c->plugin->n_params, sizeof *params, "its param");
}
