/* Places in a bundle: see spot.h. Names are foreign, so they are quoted before they are shown. */
#include "plugin/spot.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

enum { SPOT_BYTES = 256, QUOTED_BYTES = 72 };

static const char *quote(char quoted[QUOTED_BYTES], const char *text)
{
    return text_quote(quoted, text, strnlen(text, QUOTED_BYTES));
}

static void spot_print(const struct spot *spot, char text[SPOT_BYTES])
{
    char id[QUOTED_BYTES], name[QUOTED_BYTES], plugin[QUOTED_BYTES + 32], row[QUOTED_BYTES + 64];
    *row = 0;
    if (!spot->plugin) {
        snprintf(text, SPOT_BYTES, "the bundle");
        return;
    }
    const char *kind = spot->merge ? "merge plugin" : "plugin";
    if (spot->id)
        snprintf(plugin, sizeof plugin, "%s '%s'", kind, quote(id, spot->id));
    else
        snprintf(plugin, sizeof plugin, "%s %zu of the bundle", kind, spot->plugin);
    if (spot->kind && spot->name)
        snprintf(row, sizeof row, ", %s %zu '%s'", spot->kind, spot->row, quote(name, spot->name));
    else if (spot->kind)
        snprintf(row, sizeof row, ", %s %zu", spot->kind, spot->row);
    snprintf(text, SPOT_BYTES, "%s%s", plugin, row);
}

int spot_refuse(const struct spot *spot, struct uptake_error *error, const char *format, ...)
{
    char where[SPOT_BYTES], what[ERROR_BYTES];
    va_list values;
    va_start(values, format);
    vsnprintf(what, sizeof what, format, values);
    va_end(values);
    spot_print(spot, where);
    return error_add(error, EXIT_INPUT, "%s: %s", where, what);
}
