/*
 * Why an innovation has its rank range: the parts of its score in each merge, and for each part that is missing or
 * doubtful the range that it would have if that part alone were found out, at its worst and at its best.
 */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "report/explain.h"
#include "report/figure.h"
#include "report/sheet.h"

enum { PLACE_COLUMNS = 5, PART_COLUMNS = 7 };

/* --- Where it stands --------------------------------------------------------------------------- */

static const char *range(struct texts *texts, uint32_t low, uint32_t high)
{
    if (low == 0 || high == 0)
        return "not ranked";
    return low == high ? texts_make(texts, "%" PRIu32, low)
                       : texts_make(texts, "%" PRIu32 "–%" PRIu32, low, high);
}

static int decimals_of(double largest)
{
    return largest <= 1 ? 2 : largest <= 10 ? 1 : 0;
}

static const char *score_of(struct texts *texts, const struct result_merged *merged, uint64_t i)
{
    double low = merged->score_low[i], high = merged->score_high[i], score = merged->score[i];
    int decimals = decimals_of(fmax(fabs(low), fabs(high)));
    if (isnan(low) || isnan(high))
        return "none";
    const char *from = figure_number(texts, low, decimals);
    const char *to = figure_number(texts, high, decimals);
    if (isnan(score))
        return texts_make(texts, "[%s, %s]", from, to);
    const char *best = figure_number(texts, score, decimals);
    return strcmp(from, to) == 0 ? best : texts_make(texts, "%s [%s, %s]", best, from, to);
}

static uint64_t count_ranked(const struct table *table, const struct result_merged *merged)
{
    uint64_t count = 0;
    for (uint64_t i = 0; i < table->result->model->innovations; i++)
        count += merged->rank[i] > 0;
    return count;
}

static void put_standing(const struct table *table, uint64_t i)
{
    static const struct sheet_column columns[PLACE_COLUMNS] = {
        {.above = "", .heading = "merge"},
        {.above = "", .heading = "place", .strong = true},
        {.above = "", .heading = "of", .right = true},
        {.above = "", .heading = "score"},
        {.above = "", .heading = "known", .right = true},
    };
    const struct result *result = table->result;
    const char **cells = texts_array(table->texts, result->n_merges * PLACE_COLUMNS, sizeof *cells);
    if (!cells)
        return;
    for (size_t m = 0; m < result->n_merges; m++) {
        const struct result_merged *merged = &result->merges[m];
        const char **row = cells + m * PLACE_COLUMNS;
        row[0] = merged->name;
        row[1] = figure_rank(table->texts, merged, i);
        row[2] = texts_make(table->texts, "%" PRIu64, count_ranked(table, merged));
        row[3] = score_of(table->texts, merged, i);
        row[4] = texts_make(table->texts, "%.0f %%", 100 * merged->coverage[i]);
    }
    const struct sheet sheet = {columns, PLACE_COLUMNS, cells, result->n_merges, 2};
    sheet_print(table->out, table->style, &sheet);
}

/* --- The parts --------------------------------------------------------------------------------- */

static bool is_whole(double x)
{
    return isnan(x) || x == floor(x);
}

const char *explain_part_value(struct texts *texts, const struct result_part *part)
{
    double largest = fmax(fabs(part->low), fabs(part->high));
    bool whole = is_whole(part->value) && is_whole(part->low) && is_whole(part->high);
    int decimals = whole && largest > 1 ? 0 : decimals_of(largest);
    if (isnan(part->value) && (isnan(part->low) || isnan(part->high)))
        return "missing, without limits";
    const char *from = figure_number(texts, part->low, decimals);
    const char *to = figure_number(texts, part->high, decimals);
    if (isnan(part->value))
        return texts_make(texts, "missing [%s, %s]", from, to);
    const char *value = figure_number(texts, part->value, decimals);
    return strcmp(from, to) == 0 ? value : texts_make(texts, "%s [%s, %s]", value, from, to);
}

static void fill_part(struct texts *texts, const struct result_part *part, bool is_ranked,
                      const char **cells)
{
    bool open = !isnan(part->places);
    cells[0] = part->measure ? part->measure : "all of these";
    cells[1] = part->measure ? explain_part_value(texts, part) : "";
    cells[2] = part->weight > 0 ? texts_make(texts, "%.0f %%", 100 * part->weight) : "";
    cells[3] = isnan(part->contribution) ? "" : figure_number(texts, part->contribution, 2);
    cells[4] = open ? range(texts, part->rank_low[0], part->rank_high[0]) : "–";
    cells[5] = open ? range(texts, part->rank_low[1], part->rank_high[1]) : "–";
    cells[6] = !open        ? "–"
               : !is_ranked ? "" /* without a place there is none to narrow */
                            : figure_number(texts, part->places, 1);
}

static void put_parts(const struct table *table, const struct result_part *parts, size_t count,
                      bool is_ranked)
{
    static const struct sheet_column columns[PART_COLUMNS] = {
        {.above = "", .heading = "measure"},
        {.above = "", .heading = "known so far"},
        {.above = "", .heading = "weight", .right = true},
        {.above = "adds to", .heading = "score", .right = true},
        {.above = "place", .heading = "at worst"},
        {.above = "place", .heading = "at best"},
        {.above = "places", .heading = "fewer", .right = true},
    };
    const char **cells = texts_array(table->texts, count * PART_COLUMNS, sizeof *cells);
    if (!cells)
        return;
    for (size_t k = 0; k < count; k++)
        fill_part(table->texts, &parts[k], is_ranked, cells + k * PART_COLUMNS);
    const struct sheet sheet = {columns, PART_COLUMNS, cells, count, 2};
    prose_gap(table->out, table->style);
    sheet_print(table->out, table->style, &sheet);
}

/* The part whose settling narrows most: places first, then the score; NULL: nothing is open. */
static const struct result_part *widest(const struct result_part *parts, size_t count)
{
    const struct result_part *best = NULL;
    for (size_t k = 0; k < count; k++)
        if (!isnan(parts[k].places) && parts[k].measure &&
            (!best || parts[k].places > best->places + 1e-9 ||
             (parts[k].places > best->places - 1e-9 && parts[k].score > best->score)))
            best = &parts[k];
    return best;
}

static const char *reason(const struct table *table, const struct result_merged *merged, uint64_t i,
                          const struct result_part *part)
{
    bool certain = merged->rank[i] > 0 && merged->rank_low[i] == merged->rank_high[i];
    if (merged->rank[i] == 0)
        return texts_make(table->texts,
                          "It is not ranked: %.0f %% of the weight is known, and that is too "
                          "little for a place. Below stand the places that it would have.",
                          100 * merged->coverage[i]);
    if (certain)
        return "Whatever the unknown turns out to be, it keeps this place.";
    if (!part)
        return "Everything about it is known; its range comes from what is not known of the "
               "others.";
    if (part->places < 0.05)
        return texts_make(table->texts,
                          "Finding out any one of its measures would not narrow a place: too much "
                          "else is open. %s would narrow its score most, by %s.",
                          part->measure, figure_number(table->texts, part->score, 2));
    return texts_make(table->texts,
                      "Finding out %s would narrow the places of all innovations together by %s on "
                      "average; no other of its measures would narrow them more.",
                      part->measure, figure_number(table->texts, part->places, 1));
}

static void put_merge(const struct table *table, const struct result_merged *merged, uint64_t i)
{
    size_t first = 0;
    while (first < merged->n_parts && merged->parts[first].innovation != i)
        first++;
    size_t end = first;
    while (end < merged->n_parts && merged->parts[end].innovation == i)
        end++;
    if (first == end)
        return;
    prose_subheading(table->out, table->style,
                     texts_make(table->texts, "%s (%s): place %s", merged->name, merged->method,
                                figure_rank(table->texts, merged, i)));
    prose_line(table->out, table->style, 2,
               reason(table, merged, i, widest(merged->parts + first, end - first)));
    bool together = end > first && !isnan(merged->parts[end - 1].places);
    put_parts(table, merged->parts + first, end - first - !together, merged->rank[i] > 0);
}

void explain_places(const struct table *table, uint64_t innovation)
{
    const struct result *result = table->result;
    if (result->n_merges == 0)
        return;
    prose_heading(table->out, table->style, "Where it stands");
    put_standing(table, innovation);
    prose_line(
        table->out, table->style, 2,
        "place: the best and the worst that is possible, given what is not known; known: the "
        "share of the merge's weight whose measures are known.");
    prose_heading(table->out, table->style, "Why, and what would settle it");
    prose_line(table->out, table->style, 0,
               "Found by filling in one measure at its worst, its middle and its best, and merging "
               "again; everything else stays as it is.");
    for (size_t m = 0; m < result->n_merges; m++)
        put_merge(table, &result->merges[m], innovation);
}
