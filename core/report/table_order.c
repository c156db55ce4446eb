/*
 * Whether any single order holds. An innovation stands before another one for certain where its score is better at
 * its worst than the other's at its best, in every merge: then no unknown value can turn the two round.
 */
#include <inttypes.h>

#include "report/table.h"

/* Beyond this many innovations pairs are not counted. */
enum { PAIRS_LIMIT = 2000 };

/* --- Pairs ------------------------------------------------------------------------------------- */

static bool stands_before(const struct result_merged *merged, uint64_t a, uint64_t b)
{
    return merged->better < 0 ? merged->score_high[a] < merged->score_low[b]
                              : merged->score_low[a] > merged->score_high[b];
}

static bool always_before(const struct result *result, uint64_t a, uint64_t b)
{
    for (size_t m = 0; m < result->n_merges; m++)
        if (!stands_before(&result->merges[m], a, b))
            return false;
    return true;
}

static bool is_ranked(const struct result *result, uint64_t i)
{
    for (size_t m = 0; m < result->n_merges; m++)
        if (result->merges[m].rank[i] == 0)
            return false;
    return true;
}

/* pairs: of innovations that every merge ranks; firm: in the same order whatever the unknown is. */
struct pairs {
    uint64_t ranked, pairs, firm;
};

static struct pairs count_pairs(const struct result *result)
{
    struct pairs found = {0};
    uint64_t n = result->model->innovations;
    for (uint64_t a = 0; a < n; a++) {
        found.ranked += is_ranked(result, a);
        for (uint64_t b = 0; n <= PAIRS_LIMIT && b < a; b++)
            if (is_ranked(result, a) && is_ranked(result, b)) {
                found.pairs++;
                found.firm += always_before(result, a, b) || always_before(result, b, a);
            }
    }
    return found;
}

/* --- Ranks ------------------------------------------------------------------------------------- */

static bool has_single_rank(const struct result *result, uint64_t i)
{
    for (size_t m = 0; m < result->n_merges; m++)
        if (result->merges[m].rank[i] == 0 ||
            result->merges[m].rank_low[i] != result->merges[m].rank_high[i] ||
            result->merges[m].rank_low[i] != result->merges[0].rank_low[i])
            return false;
    return true;
}

static uint64_t list_single(const struct table *table, uint64_t first[TABLE_IDS])
{
    uint64_t count = 0;
    for (uint64_t k = 0; k < table->result->model->innovations; k++)
        if (has_single_rank(table->result, table->order[k])) {
            if (count < TABLE_IDS)
                first[count] = table->order[k];
            count++;
        }
    return count;
}

/* --- Sentences --------------------------------------------------------------------------------- */

static const char *in_merges(const struct table *table)
{
    size_t n = table->result->n_merges;
    if (n == 1)
        return texts_make(table->texts, "in %s", table->result->merges[0].name);
    return n == 2 ? "in both merges" : texts_make(table->texts, "in all %zu merges", n);
}

static const char *pairs_sentence(const struct table *table, struct pairs found)
{
    if (found.pairs == 0 || (found.pairs == 1 && found.firm == 0))
        return "";
    if (found.firm == 0)
        return texts_make(table->texts,
                          " Not one of %" PRIu64
                          " pairs comes in the same order %s, whatever the unknown "
                          "turns out to be.",
                          found.pairs, in_merges(table));
    return texts_make(
        table->texts,
        " %" PRIu64 " of %" PRIu64 " pairs %s in the same order %s, whatever the unknown turns "
        "out to be.",
        found.firm, found.pairs, found.firm == 1 ? "comes" : "come", in_merges(table));
}

static const char *single_sentence(const struct table *table)
{
    uint64_t first[TABLE_IDS];
    uint64_t count = list_single(table, first);
    if (count == 0)
        return " No innovation has one certain rank.";
    return texts_make(
        table->texts, " One certain rank, the same %s: %s.", in_merges(table),
        table_ids(table, first, count < TABLE_IDS ? (size_t)count : TABLE_IDS, count));
}

const char *table_order(const struct table *table)
{
    const struct result *result = table->result;
    uint64_t ignored[TABLE_IDS];
    if (result->n_merges == 0)
        return "Nothing is merged, so there is no order: rows stand by id.";
    if (result->model->innovations == 1)
        return "One innovation alone has no rank; `uptake explain SPEC ID` places it among the "
               "others.";
    struct pairs found = count_pairs(result);
    if (found.ranked == 0)
        return "No order: no innovation is known well enough to be ranked.";
    if (found.ranked > 1 && list_single(table, ignored) == found.ranked)
        return texts_make(table->texts,
                          "One order holds %s for the %" PRIu64 " ranked innovations.",
                          in_merges(table), found.ranked);
    if (found.ranked == 1)
        return "Only one innovation could be ranked, so there is no order.";
    return texts_make(table->texts, "No single order holds.%s%s", pairs_sentence(table, found),
                      single_sentence(table));
}
