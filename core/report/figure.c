/* Values as people read them: see figure.h. */
#include "report/figure.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* --- Digits ------------------------------------------------------------------------------------ */

/* What is there: the largest size, and whether all of it is whole. */
struct extent {
    double largest;
    bool whole;
};

static void extend(struct extent *extent, const double *values, const uint64_t *rows, size_t n_rows)
{
    for (size_t k = 0; values && k < n_rows; k++) {
        double x = values[rows[k]];
        if (!isfinite(x))
            continue;
        extent->largest = fmax(extent->largest, fabs(x));
        extent->whole = extent->whole && x == floor(x);
    }
}

static double declared_scale(const struct uptake_write *write)
{
    return isfinite(write->min) && isfinite(write->max) ? fmax(fabs(write->min), fabs(write->max))
                                                        : 0;
}

int figure_decimals(const struct result_column *column, const uint64_t *rows, size_t n_rows)
{
    struct extent extent = {0, true};
    double scale = declared_scale(column->write);
    extend(&extent, column->values, rows, n_rows);
    extend(&extent, column->low, rows, n_rows);
    extend(&extent, column->high, rows, n_rows);
    bool unit_scale = scale > 0 && scale <= 1;
    if (extent.largest == 0 || (extent.whole && !unit_scale))
        return unit_scale ? 2 : 0;
    if (scale == 0 || scale > 100 * extent.largest)
        scale = extent.largest;
    return (int)fmin(fmax(2 - ceil(log10(scale)), 0), 6);
}

/* Commas between thousands, in place; the text has room for them. */
static void group_thousands(char *text)
{
    size_t sign = text[0] == '-';
    size_t digits = strspn(text + sign, "0123456789");
    for (size_t at = digits; at > 3; at -= 3) {
        char *comma = text + sign + at - 3;
        memmove(comma + 1, comma, strlen(comma) + 1);
        *comma = ',';
    }
}

const char *figure_number(struct texts *texts, double x, int decimals)
{
    char text[512];
    if (isinf(x))
        return "no limit";
    double least = pow(10, -decimals);
    if (x != 0 && fabs(x) < least / 2)
        return texts_make(texts, x > 0 ? "<%.*f" : ">-%.*f", decimals, least);
    snprintf(text, sizeof text, "%.*f", decimals, x + 0.0);
    group_thousands(text);
    return texts_make(texts, "%s", text);
}

/* --- One value --------------------------------------------------------------------------------- */

const char *figure_words(struct texts *texts, const char *name)
{
    char *words = texts_array(texts, strlen(name) + 1, 1);
    if (!words)
        return "";
    for (size_t k = 0; name[k]; k++)
        words[k] = name[k] == '_' ? ' ' : name[k];
    return words;
}

static const char *bounded(struct texts *texts, const char *value, double low, double high,
                           int decimals)
{
    const char *from = figure_number(texts, low, decimals);
    const char *to = figure_number(texts, high, decimals);
    if (strcmp(from, to) == 0 && strcmp(value, from) == 0)
        return value;
    if (isinf(high) && strcmp(value, from) == 0)
        return texts_make(texts, "%s or more", value);
    if (isinf(low) && strcmp(value, to) == 0)
        return texts_make(texts, "%s or less", value);
    return texts_make(texts, "%s [%s, %s]", value, from, to);
}

static const char *number(struct texts *texts, const struct result_column *column, uint64_t row,
                          int decimals)
{
    double x = column->values[row];
    bool bounds = view_has_bounds(column) && !isnan(column->low[row]) && !isnan(column->high[row]);
    const char *text = isnan(x) ? view_missing(uptake_why(x)) : figure_number(texts, x, decimals);
    if (isnan(x) && !bounds)
        return text;
    if (bounds)
        text = bounded(texts, text, column->low[row], column->high[row], decimals);
    if (column->write->unit[0] && strcmp(column->write->unit, "share") != 0)
        text = texts_make(texts, "%s %s", text, figure_words(texts, column->write->unit));
    return text;
}

static const char *written(struct texts *texts, const struct result_plugin *plugin,
                           const struct result_column *column, uint64_t row)
{
    char text[UPTAKE_TEXT_BYTES + 1];
    const char *choice = view_choice(column, row);
    if (column->codes)
        return choice ? figure_words(texts, choice)
                      : view_missing(uptake_why_code(column->codes[row]));
    return result_text(plugin, column, row, text) > 0 ? texts_make(texts, "%s", text) : "–";
}

static bool of_innovation(const struct result_column *column)
{
    return column->write->entity[0] == '\0';
}

const char *figure_value(struct texts *texts, const struct result_plugin *plugin,
                         const struct result_column *column, uint64_t row, int decimals)
{
    if (of_innovation(column) && plugin->states[row] == RESULT_SKIPPED)
        return "not assessed";
    if (of_innovation(column) && plugin->states[row] == RESULT_FAILED)
        return "failed";
    return column->values ? number(texts, column, row, decimals)
                          : written(texts, plugin, column, row);
}

const char *figure_rank(struct texts *texts, const struct result_merged *merged,
                        uint64_t innovation)
{
    uint64_t low = merged->rank_low[innovation], high = merged->rank_high[innovation];
    if (merged->rank[innovation] == 0)
        return "not ranked";
    return low == high ? texts_make(texts, "%" PRIu64, low)
                       : texts_make(texts, "%" PRIu64 "–%" PRIu64, low, high);
}
