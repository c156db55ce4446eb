/*
 * Comparisons as JSON. A figure's name is a path: "rbo.ext" and "rbo.min", which follow each other, become one object
 * "rbo" with "ext" and "min". So a new statistic needs nothing here.
 */
#include "report/json_compare.h"

#include <stdio.h>
#include <string.h>

#include "report/view.h"

/* --- Figures ----------------------------------------------------------------------------------- */

/* The part of a path that begins at `at`: its bytes, up to the next dot or the end. */
static size_t part_bytes(const char *name, size_t at)
{
    return strcspn(name + at, ".");
}

static void put_part(struct json *json, const char *name, size_t at, const char *further)
{
    char key[128];
    size_t bytes = part_bytes(name, at);
    snprintf(key, sizeof key, "%.*s%s", (int)bytes, name + at, further);
    json_escaped_key(json, key);
}

static void put_figure(struct json *json, const struct result_figure *figure, size_t at)
{
    put_part(json, figure->name, at, "");
    json_put_number(json, figure->value);
    if (figure->reason) {
        put_part(json, figure->name, at, "_reason");
        json_put_text(json, figure->reason);
    }
}

/* How many figures, from the first on, share its name up to the dot that ends the part at `at`. */
static size_t group_size(const struct result_figure *figures, size_t count, size_t at)
{
    size_t bytes = at + part_bytes(figures[0].name, at) + 1;
    size_t n = 1;
    while (n < count && strncmp(figures[n].name, figures[0].name, bytes) == 0)
        n++;
    return n;
}

/* Figures whose names are alike before `at`. Names are a few parts long, so this ends. */
static void put_figures(struct json *json, const struct result_figure *figures, size_t count,
                        size_t at)
{
    for (size_t k = 0; k < count;) {
        size_t end = at + part_bytes(figures[k].name, at);
        if (figures[k].name[end] == '\0') {
            put_figure(json, &figures[k++], at);
            continue;
        }
        size_t n = group_size(figures + k, count - k, at);
        put_part(json, figures[k].name, at, "");
        json_open(json, '{');
        put_figures(json, figures + k, n, end + 1);
        json_close(json, '}');
        k += n;
    }
}

void json_figures(struct json *json, const struct result_figure *figures, size_t count)
{
    put_figures(json, figures, count, 0);
}

/* --- Pairs and differences --------------------------------------------------------------------- */

static void put_pair(struct json *json, const struct result_comparison *comparison,
                     const struct result_pair *pair)
{
    json_line(json, 4);
    json_open(json, '{');
    json_pair(json, "a", comparison->sides[pair->a].name);
    json_pair(json, "b", comparison->sides[pair->b].name);
    json_pair_count(json, "n", pair->n);
    json_pair_count(json, "only_a", pair->only_a);
    json_pair_count(json, "only_b", pair->only_b);
    json_figures(json, pair->figures, pair->n_figures);
    json_pair(json, "verdict", pair->verdict);
    if (pair->verdict_reason)
        json_pair(json, "verdict_reason", pair->verdict_reason);
    json_pair_number(json, "tolerance", pair->tolerance);
    json_close(json, '}');
}

static void put_difference(struct json *json, const struct result *result,
                           const struct result_comparison *comparison,
                           const struct result_difference *difference)
{
    json_line(json, 4);
    json_open(json, '{');
    json_pair(json, "id", view_id(result, difference->innovation));
    json_pair_number(json, "gap", difference->gap);
    json_key(json, "ranks");
    json_open(json, '{');
    for (size_t s = 0; s < comparison->n_sides; s++) {
        json_escaped_key(json, comparison->sides[s].name);
        json_put_number(json, difference->ranks[s]);
    }
    json_close(json, '}');
    json_close(json, '}');
}

static void put_between(struct json *json, const struct result_comparison *comparison)
{
    json_key(json, "between");
    json_open(json, '[');
    for (size_t s = 0; s < comparison->n_sides; s++)
        json_put_text(json, comparison->sides[s].name);
    json_close(json, ']');
}

static void put_all(struct json *json, const struct result_comparison *comparison)
{
    json_line(json, 3);
    json_key(json, "all");
    json_open(json, '{');
    json_pair_count(json, "n", comparison->n);
    json_figures(json, comparison->all, comparison->n_all);
    json_close(json, '}');
}

static void put_comparison(struct json *json, const struct result *result,
                           const struct result_comparison *comparison)
{
    json_line(json, 2);
    json_open(json, '{');
    put_between(json, comparison);
    json_pair_count(json, "top_k", comparison->top_k);
    json_pair_number(json, "rbo_p", comparison->rbo_p);
    json_line(json, 3);
    json_key(json, "pairs");
    json_open(json, '[');
    for (size_t k = 0; k < comparison->n_pairs; k++)
        put_pair(json, comparison, &comparison->pairs[k]);
    json_close(json, ']');
    put_all(json, comparison);
    json_line(json, 3);
    json_key(json, "differ_most");
    json_open(json, '[');
    for (size_t k = 0; k < comparison->n_differences; k++)
        put_difference(json, result, comparison, &comparison->differences[k]);
    json_close(json, ']');
    json_close(json, '}');
}

void json_comparisons(struct json *json, const struct result *result)
{
    json_key(json, "comparisons");
    json_open(json, '[');
    for (size_t k = 0; k < result->n_comparisons; k++)
        put_comparison(json, result, &result->comparisons[k]);
    json_close(json, ']');
}
