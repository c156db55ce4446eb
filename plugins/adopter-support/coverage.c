/*
 * Cells to resources, (5), and resources to coverage and the weakest of them, (6); adopters' resources
 * come through here too. Where too little is known it says so, and nothing is written.
 */
#include "support.h"

/* Sums over a resource's cells, then their means. */
void support_parts_read(const struct grid *grid, struct part parts[RESOURCES])
{
    memset(parts, 0, RESOURCES * sizeof *parts);
    for (int c = 0; c < grid->n; c++) {
        const struct cell *cell = &grid->cells[c];
        struct part *part = &parts[cell->id / UNITS / PHASES];
        part->used++;
        part->known += cell->known;
        part->best += cell->known ? cell->best : 0;
        part->low += cell->low;
        part->high += cell->high;
    }
    for (int k = 0; k < RESOURCES; k++) {
        parts[k].best /= parts[k].known > 0 ? parts[k].known : 1;
        parts[k].low /= parts[k].used > 0 ? parts[k].used : 1;
        parts[k].high /= parts[k].used > 0 ? parts[k].used : 1;
    }
}

static void total_weakest(struct total *total, int k, const struct part *part)
{
    total->weakest_low = fmin(total->weakest_low, part->low);
    total->weakest_high = fmin(total->weakest_high, part->high);
    if (part->known > 0 && part->best < total->weakest) {
        total->weakest = part->best;
        total->weakest_resource = k;
    }
}

/* Weights over the largest of them, so that no sum overflows. */
struct total support_total_of(const struct part *parts, const double *weights)
{
    struct total total = {
        .weakest = 1, .weakest_low = 1, .weakest_high = 1, .weakest_resource = -1};
    double all = 0, known = 0, largest = 0;
    for (int k = 0; k < RESOURCES; k++)
        largest = fmax(largest, weights[k]);
    for (int k = 0; k < RESOURCES; k++) {
        double weight = parts[k].used > 0 && largest > 0 ? weights[k] / largest : 0;
        if (!(weight > 0))
            continue;
        all += weight;
        total.needed++;
        total.low += weight * parts[k].low;
        total.high += weight * parts[k].high;
        total_weakest(&total, k, &parts[k]);
        if (parts[k].known > 0) {
            total.n_known++;
            known += weight;
            total.coverage += weight * parts[k].best;
        }
    }
    if (all > 0) {
        total.coverage = known > 0 ? share(total.coverage, known) : 0;
        total.low = share(total.low, all);
        total.high = share(total.high, all);
        total.known = known / all;
    }
    return total;
}

/* Says why there is no coverage; false: there is. */
bool support_skipped(struct uptake_call *call, uint64_t i, const struct part *parts,
                     const struct total *total)
{
    const struct params *with = call->params;
    const int64_t *support = uptake_list(call, SUPPORT);
    char names[NAMES_BYTES] = "";
    size_t used = 0;
    for (int k = 0; k < RESOURCES; k++)
        if (parts[k].used > 0 && parts[k].known == 0 && with->weights[k] > 0)
            used += support_name_add(names + used, used ? ", " : "", support_spoken(k));
    if (support[i] == support[i + 1] && uptake_flags(call, SUPPORT)[i] == UPTAKE_NONE)
        uptake_skip(call, i, "adopting takes nothing, says the model (support: none)");
    else if (support[i] == support[i + 1])
        uptake_skip(call, i, "no support rows: nothing says what adopting takes");
    else if (total->needed == 0)
        uptake_skip(call, i,
                    "no support row says that an adopter needs something that has a weight");
    else if (total->n_known == 0 || total->known < with->least_known)
        uptake_skip(call, i,
                    "support is known for %d of %d resources (%.3g of the weight, %.3g needed); "
                    "not known: %s",
                    total->n_known, total->needed, total->known, with->least_known, names);
    else
        return false;
    return true;
}
