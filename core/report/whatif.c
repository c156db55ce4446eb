/* What a scenario does to an innovation: see whatif.h. */
#include "report/whatif.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

static bool same_number(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

static bool same_text(const struct view_measure *without, const struct view_measure *with,
                      uint64_t innovation)
{
    char a[UPTAKE_TEXT_BYTES + 1], b[UPTAKE_TEXT_BYTES + 1];
    size_t bytes = result_text(without->plugin, without->column, innovation, a);
    return result_text(with->plugin, with->column, innovation, b) == bytes &&
           memcmp(a, b, bytes) == 0;
}

bool whatif_same_measure(const struct view_measure *without, const struct view_measure *with,
                         uint64_t i)
{
    const struct result_column *a = without->column, *b = with->column;
    if (without->plugin->states == with->plugin->states)
        return true;
    if (without->plugin->states[i] != with->plugin->states[i])
        return false;
    if (a->codes)
        return a->codes[i] == b->codes[i];
    if (!a->values)
        return same_text(without, with, i);
    return same_number(a->values[i], b->values[i]) &&
           (!view_has_bounds(a) ||
            (same_number(a->low[i], b->low[i]) && same_number(a->high[i], b->high[i])));
}

bool whatif_same_merge(const struct result_merged *a, const struct result_merged *b, uint64_t i)
{
    return same_number(a->score[i], b->score[i]) && same_number(a->score_low[i], b->score_low[i]) &&
           same_number(a->score_high[i], b->score_high[i]) &&
           same_number(a->coverage[i], b->coverage[i]) && a->rank[i] == b->rank[i] &&
           a->rank_low[i] == b->rank_low[i] && a->rank_high[i] == b->rank_high[i];
}

bool whatif_is_rerun(const struct result *without, const struct result *with, size_t plugin)
{
    return without->plugins[plugin].states != with->plugins[plugin].states;
}

static const char *rows(uint64_t count)
{
    return count == 1 ? "row" : "rows";
}

const char *whatif_outcome(struct texts *texts, const struct result_change *change)
{
    const struct model_changed *of = &change->rows;
    if (of->unread && of->matched == 0)
        return "matches nothing, and nothing that this run computes rests on it";
    if (of->matched == 0)
        return "matches nothing: no row of the model is meant by this path";
    if (of->unknown == of->matched)
        return texts_make(
            texts, "changes nothing: what it would change is unknown in %s%" PRIu64 " matching %s",
            of->matched == 1 ? "the " : "all ", of->matched, rows(of->matched));
    const char *unknown =
        of->unknown == 0 ? "" : texts_make(texts, ", %" PRIu64 " unknown and left so", of->unknown);
    const char *unread = of->unread ? "; nothing that this run computes rests on it" : "";
    if (of->changed == 0)
        return texts_make(texts,
                          "changes nothing: %" PRIu64 " of %" PRIu64
                          " matching %s %s that value already%s%s",
                          of->matched - of->unknown, of->matched, rows(of->matched),
                          of->matched - of->unknown == 1 ? "has" : "have", unknown, unread);
    return texts_make(texts, "%" PRIu64 " of %" PRIu64 " matching %s changed%s%s", of->changed,
                      of->matched, rows(of->matched), unknown, unread);
}

const char *whatif_left_out(struct texts *texts, const struct result *without,
                            const struct result *with)
{
    uint64_t count = with->model->left_out;
    return texts_make(texts, "%" PRIu64 " %s later and %s left out, instead of %" PRIu64, count,
                      count == 1 ? "row begins" : "rows begin", count == 1 ? "is" : "are",
                      without->model->left_out);
}
