/*
 * Adopters over all innovations, (7): the state, one entry a resource of an adopter, and what finish says
 * of it: each adopter's coverage and what it is short of, the resources that most are short of, and the
 * few adopters that get the least; where no adopter is named, the resources that are short in most
 * innovations.
 */
#include "support.h"

#define BILLION 1e9

/* One a resource of an adopter: sums of c in billionths over its rows, and how many. */
struct need {
    uint64_t best, low, high;
    uint32_t rows, known, is_short;
};

/* Of a resource: innovations with a row of it that is known, and of these those with one that is short. */
struct tally {
    uint64_t known, is_short;
};

/* adopters is 0 in a state that nothing was added to: combine is not told the size. */
struct state {
    uint64_t adopters, of_adopters; /* rows that are some adopter's */
    uint64_t rows, nameless; /* for adopters, of all innovations; those that say not who gives it */
    struct tally innovations[RESOURCES];
    struct need needs[]; /* RESOURCES an adopter */
};

size_t support_state_size(const struct uptake_counts *counts, const void *with)
{
    (void)with;
    return sizeof(struct state) +
           (size_t)counts->rows[ADOPTER_ID] * RESOURCES * sizeof(struct need);
}

static uint64_t billionths(double share_of)
{
    return (uint64_t)(share_of * BILLION + 0.5);
}

static void need_add(struct state *state, int64_t adopter, const struct row *row)
{
    struct need *need = &state->needs[adopter * RESOURCES + row->resource];
    state->of_adopters++;
    need->rows++;
    need->low +=
        row->need.high < UPTAKE_NO_LIMIT ? billionths(share(row->have.low, row->need.high)) : 0;
    need->high += row->have.high < UPTAKE_NO_LIMIT
                      ? billionths(share(row->have.high, row->need.low))
                      : (uint64_t)BILLION;
    if (!row->known)
        return;
    need->known++;
    need->is_short += row_gap(row) > 0;
    need->best += billionths(share(row->have.best, row->need.best));
}

/* A row without adopter, for those of the window whom it stands for. */
static void window_add(struct state *state, const struct window *window, const struct row *row)
{
    for (int k = 0; k < WINDOW; k++)
        if ((window->pairs[k] & HAS_SPELL) && !(window->pairs[k] >> row->pair & 1))
            need_add(state, window->base + k, row);
}

/* Once an innovation, however many rows it has. */
static void tally_add(const struct uptake_call *call, uint64_t i, struct state *state)
{
    const int64_t *support = uptake_list(call, SUPPORT);
    unsigned known = 0, is_short = 0;
    struct row row;
    for (int64_t at = support[i]; at < support[i + 1]; at++)
        if (support_row_read(call, at, &row) && !row.others) {
            state->rows++;
            state->nameless += uptake_texts(call, BY)[at] < 0;
            if (!row.known)
                continue;
            known |= 1u << row.resource;
            is_short |= row_gap(&row) > 0 ? 1u << row.resource : 0;
        }
    for (int k = 0; k < RESOURCES; k++) {
        state->innovations[k].known += known >> k & 1;
        state->innovations[k].is_short += is_short >> k & 1;
    }
}

int support_update(struct uptake_call *call)
{
    const int64_t *support = uptake_list(call, SUPPORT);
    struct state *state = call->state;
    struct row row;
    state->adopters = uptake_row_count(call, ADOPTER_ID);
    for (uint64_t i = 0; i < call->count; i++) {
        struct window window = {.base = -WINDOW};
        tally_add(call, i, state);
        for (int64_t at = support[i]; at < support[i + 1]; at++)
            if (support_row_read(call, at, &row) && !row.others && row.adopter >= 0)
                need_add(state, row.adopter, &row);
        while (support[i] < support[i + 1] && support_window_next(call, i, &window))
            for (int64_t at = support[i]; at < support[i + 1]; at++)
                if (support_row_read(call, at, &row) && !row.others && row.adopter < 0)
                    window_add(state, &window, &row);
    }
    return 0;
}

int support_combine(void *into, const void *from, const void *with)
{
    struct state *a = into;
    const struct state *b = from;
    (void)with;
    for (uint64_t k = 0; k < b->adopters * RESOURCES; k++) {
        a->needs[k].best += b->needs[k].best;
        a->needs[k].low += b->needs[k].low;
        a->needs[k].high += b->needs[k].high;
        a->needs[k].rows += b->needs[k].rows;
        a->needs[k].known += b->needs[k].known;
        a->needs[k].is_short += b->needs[k].is_short;
    }
    for (int k = 0; k < RESOURCES; k++) {
        a->innovations[k].known += b->innovations[k].known;
        a->innovations[k].is_short += b->innovations[k].is_short;
    }
    a->of_adopters += b->of_adopters;
    a->rows += b->rows;
    a->nameless += b->nameless;
    a->adopters = b->adopters > a->adopters ? b->adopters : a->adopters;
    return 0;
}

/* The adopter's resources as parts; answers of how many it is short, with their names. */
static int adopter_parts(const struct need *needs, struct part parts[RESOURCES],
                         char names[NAMES_BYTES])
{
    size_t used = 0;
    int n_short = 0;
    names[0] = 0;
    for (int k = 0; k < RESOURCES; k++) {
        double rows = needs[k].rows > 0 ? needs[k].rows * BILLION : 1;
        double known = needs[k].known > 0 ? needs[k].known * BILLION : 1;
        parts[k] =
            (struct part){(int)needs[k].rows, (int)needs[k].known, (double)needs[k].best / known,
                          (double)needs[k].low / rows, (double)needs[k].high / rows};
        if (needs[k].is_short > 0)
            used += support_name_add(names + used, n_short++ ? ", " : "", support_spoken(k));
    }
    return n_short;
}

/* Answers its coverage, 1 where that is not known. */
static double write_adopter(struct uptake_call *call, uint64_t adopter, const struct need *needs)
{
    const struct params *with = call->params;
    struct part parts[RESOURCES];
    char names[NAMES_BYTES];
    int n_short = adopter_parts(needs, parts, names);
    struct total total = support_total_of(parts, with->weights);
    if (total.n_known == 0)
        return 1;
    write_number(call, ADOPTER_COVERAGE, adopter, total.low, total.coverage, total.high);
    uptake_output(call, ADOPTER_SHORT_RESOURCES)[adopter] = n_short;
    if (n_short > 0)
        uptake_write_text(call, ADOPTER_SHORT_OF, adopter, "%s", names);
    return total.coverage;
}

/* Of what most are short, the four worst: adopters, or innovations where no adopter is named. */
static void note_resources(struct uptake_call *call, struct tally tallies[RESOURCES],
                           const char *where, const char *of)
{
    for (int left = UPTAKE_NOTES_MAX / 2; left > 0; left--) {
        int most = 0;
        for (int k = 1; k < RESOURCES; k++)
            most = tallies[k].is_short > tallies[most].is_short ? k : most;
        if (tallies[most].is_short == 0)
            return;
        uptake_note(call, UPTAKE_PORTFOLIO, 0, UPTAKE_RISKS, "%s: short %s %llu of %llu %s",
                    support_spoken(most), where, (unsigned long long)tallies[most].is_short,
                    (unsigned long long)tallies[most].known, of);
        tallies[most].is_short = 0;
    }
}

static void note_all_resources(struct uptake_call *call, const struct state *state)
{
    struct tally tallies[RESOURCES] = {{0, 0}};
    for (uint64_t k = 0; k < state->adopters * RESOURCES; k++) {
        tallies[k % RESOURCES].is_short += state->needs[k].is_short > 0;
        tallies[k % RESOURCES].known += state->needs[k].known > 0;
    }
    if (state->of_adopters > 0) {
        note_resources(call, tallies, "at", "adopters that need it");
    } else if (call->innovations > 1) {
        memcpy(tallies, state->innovations, sizeof tallies);
        note_resources(call, tallies, "in", "innovations of which it is known");
    }
}

static void note_nameless(struct uptake_call *call, const struct state *state)
{
    if (call->innovations > 1 && state->nameless > 0)
        uptake_note(call, UPTAKE_PORTFOLIO, 0, UPTAKE_NOT_KNOWN,
                    "who gives adopters support is not said in %llu of %llu rows",
                    (unsigned long long)state->nameless, (unsigned long long)state->rows);
}

/* The few that get the least, least first; of equals the earlier. */
struct worst {
    int n;
    double coverage[UPTAKE_NOTES_MAX / 2];
    uint64_t adopters[UPTAKE_NOTES_MAX / 2];
};

static void worst_offer(struct worst *worst, uint64_t adopter, double coverage)
{
    int at = worst->n;
    if (at == UPTAKE_NOTES_MAX / 2 && !(coverage < worst->coverage[at - 1]))
        return;
    at -= at == UPTAKE_NOTES_MAX / 2;
    worst->n = at + 1;
    for (; at > 0 && worst->coverage[at - 1] > coverage; at--) {
        worst->coverage[at] = worst->coverage[at - 1];
        worst->adopters[at] = worst->adopters[at - 1];
    }
    worst->coverage[at] = coverage;
    worst->adopters[at] = adopter;
}

static void note_adopters(struct uptake_call *call, const struct state *state,
                          const struct worst *worst)
{
    struct part parts[RESOURCES];
    char names[NAMES_BYTES];
    for (int k = 0; k < worst->n; k++) {
        uint64_t adopter = worst->adopters[k];
        if (adopter_parts(&state->needs[adopter * RESOURCES], parts, names) > 0)
            uptake_note(call, ADOPTER_ID, adopter, UPTAKE_RISKS,
                        "%s gets %.2f of what it needs, short of %s",
                        uptake_text(call, uptake_texts(call, ADOPTER_ID)[adopter]),
                        worst->coverage[k], names);
    }
}

int support_finish(struct uptake_call *call)
{
    const struct state *state = call->state;
    struct worst worst = {0};
    for (uint64_t adopter = 0; adopter < state->adopters; adopter++) {
        double coverage = write_adopter(call, adopter, &state->needs[adopter * RESOURCES]);
        if (coverage < 1)
            worst_offer(&worst, adopter, coverage);
    }
    note_all_resources(call, state);
    note_adopters(call, state, &worst);
    note_nameless(call, state);
    return 0;
}
