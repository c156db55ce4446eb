/*
 * spread-barriers: how complex an innovation is to spread, by the seven domains of NASSS.
 *
 * (1) Level. A rating is simple 0, complicated .5 or complex 1. A rater's value for a domain is the
 *     worst of the questions that he or she rated in it; all ratings without a rater count as one
 *     rater's. s_d is the median over raters (of an even number: the middle of the two in the middle);
 *     its low and high are the medians of the raters' lows and highs.
 * (2) Missing. A domain of which every rating says not applicable is left out: m domains apply. r of
 *     them are rated. Unknown and left out are the same here: not rated.
 * (3) openness = 1 - sum w_d s_d / sum w_d over the rated, 0..1. Its low takes every doubt at its worst
 *     and what is not rated as complex; its high the reverse. Skipped where r/m < at_least/7, or where
 *     no rated domain has a weight.
 * (4) complex_domains = number of domains with s_d > .75; its low counts those that are so at their
 *     best, its high those that may be so, or are not rated. Weights do not enter. weakest_domain is the
 *     rated domain with the greatest s_d, of equals the one with the greater high, then the first.
 * (5) Raters differ where two are a level (.5) or more apart. That is a finding, not doubt.
 * (6) Findings: a domain blocks where it is complex at its best, is a risk where it may be complex or is
 *     complicated, and helps where it is simple. The first eight are kept, in the order of enum kind.
 *
 * Source: the domains and levels are those of NASSS (Greenhalgh et al, J Med Internet Res 2017;19:e367).
 * Its authors publish no total and say that it is neither formulaic nor predictive: (3) is this
 * plugin's own convention.
 */
#include <stdbool.h>
#include <stdio.h>

#include <uptake/plugin.h>

enum { DOMAIN, VALUE, RATER, STATE };
enum {
    OPENNESS,
    COMPLEX_DOMAINS,
    KNOWN,
    DISAGREEMENTS,
    WEAKEST_DOMAIN,
    PROFILE /* and the six behind it */
};
enum { DOMAINS = 7, RATERS_MAX = 1024, NAMES_BYTES = 128 };

static const char *const domains[] = {
    "condition",    "technology",   "value_proposition", "adopters",
    "organisation", "wider_system", "embedding",         NULL};
static const char *const spoken[DOMAINS] = {"condition", "technology",   "value proposition",
                                            "adopters",  "organisation", "wider system",
                                            "embedding"};
static const char *const states[] = {"rated", "mixed", "not_applicable", NULL};
static const char *const levels[] = {"simple", "complicated", "complex"};

struct params {
    double weights[DOMAINS];
    int64_t at_least;
};

static const struct uptake_read reads[] = {
    UPTAKE_READ_CHOICE(DOMAIN, "judgements[framework=nasss].domain", domains,
                       "NASSS domain that the rated question belongs to"),
    UPTAKE_READ_NUMBER_DOUBT(VALUE, "judgements[framework=nasss].value", "", 0, 1,
                             "simple 0, complicated 0.5, complex 1"),
    UPTAKE_READ_TEXT(RATER, "judgements[framework=nasss].rater", "who rated"),
    UPTAKE_READ_CHOICE(STATE, "judgements[framework=nasss].state", states,
                       "not_applicable leaves the domain out"),
};

static const struct uptake_param params[] = {
    UPTAKE_PARAM_TABLE(struct params, weights, 1, 0, UPTAKE_NO_LIMIT, "", domains,
                       "what each domain counts for in openness"),
    UPTAKE_PARAM_INTEGER(
        struct params, at_least, 4, 1, DOMAINS, "domains",
        "rated domains of seven below which nothing is said; where fewer than seven "
        "apply, the same share of them"),
};

#define WRITE_DOMAIN(d, key)                                                                       \
    UPTAKE_WRITE(PROFILE + d, UPTAKE_NUMBER, UPTAKE_OPTIONAL, UPTAKE_LOWER, key, "", "", 0, 1,     \
                 0.25, "nasss-" key, NULL,                                                         \
                 "median over raters: 0 simple, 0.5 complicated, 1 complex; absent if not rated")
static const struct uptake_write writes[] = {
    UPTAKE_WRITE(
        OPENNESS, UPTAKE_NUMBER, UPTAKE_BOUNDS, UPTAKE_HIGHER, "openness", "", "", 0, 1, 0.05,
        "spread-openness", NULL,
        "1 - weighted mean complexity of the rated domains: 1 simple throughout, 0 complex "
        "throughout; a convention of this plugin, not of NASSS"),
    UPTAKE_WRITE(COMPLEX_DOMAINS, UPTAKE_NUMBER, UPTAKE_BOUNDS, UPTAKE_LOWER, "complex_domains", "",
                 "domains", 0, DOMAINS, 0, "nasss-complex-domains", NULL,
                 "domains rated complex; the high counts those not rated"),
    UPTAKE_WRITE(KNOWN, UPTAKE_NUMBER, 0, UPTAKE_HIGHER, "known", "", "", 0, 1, 0, "", NULL,
                 "rated domains over those that apply"),
    UPTAKE_WRITE(DISAGREEMENTS, UPTAKE_NUMBER, 0, UPTAKE_NEITHER, "disagreements", "", "domains", 0,
                 DOMAINS, 0, "", NULL, "domains on which raters are a level or more apart"),
    UPTAKE_WRITE_CHOICE(WEAKEST_DOMAIN, "weakest_domain", domains, UPTAKE_OPTIONAL,
                        "the most complex rated domain (of equals the more doubtful, then the "
                        "first); absent where all are simple"),
    WRITE_DOMAIN(0, "condition"),
    WRITE_DOMAIN(1, "technology"),
    WRITE_DOMAIN(2, "value_proposition"),
    WRITE_DOMAIN(3, "adopters"),
    WRITE_DOMAIN(4, "organisation"),
    WRITE_DOMAIN(5, "wider_system"),
    WRITE_DOMAIN(6, "embedding"),
};

/* --- A domain: (1), (2), (5) ------------------------------------------------------------------ */

struct rating {
    int32_t rater;
    double best, low, high;
};

struct domain {
    int raters;
    bool not_applicable;
    double best, low, high; /* medians; where not rated 0..1 */
    double least, worst;    /* the raters' own, apart */
    int64_t row;            /* the rating nearest to the median; of two, the worse; -1: no row */
    int64_t worst_row;
};

static double median(const struct rating *ratings, int n, size_t member)
{
    double sorted[RATERS_MAX];
    for (int k = 0; k < n; k++) {
        double x;
        int at = k;
        memcpy(&x, (const char *)&ratings[k] + member, sizeof x);
        for (; at > 0 && sorted[at - 1] > x; at--)
            sorted[at] = sorted[at - 1];
        sorted[at] = x;
    }
    return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
}

/* The rater's entry, made where there is none; NULL: no room. */
static struct rating *rating_of(struct rating *ratings, int *n, int32_t rater)
{
    for (int k = *n - 1; k >= 0; k--)
        if (ratings[k].rater == rater || (rater < 0 && ratings[k].rater < 0))
            return &ratings[k];
    if (*n == RATERS_MAX)
        return NULL;
    ratings[*n] = (struct rating){.rater = rater};
    return &ratings[(*n)++];
}

static bool row_not_applicable(const struct uptake_call *call, int64_t row)
{
    int32_t state = uptake_choices(call, STATE)[row];
    return state == 2 || uptake_why_code(state) == UPTAKE_NOT_APPLICABLE ||
           uptake_why(uptake_numbers(call, VALUE)[row]) == UPTAKE_NOT_APPLICABLE;
}

/* Adds a row to its rater's value; false: too many raters. */
static bool row_add(const struct uptake_call *call, int64_t row, struct rating *ratings,
                    struct domain *domain)
{
    double value = uptake_numbers(call, VALUE)[row];
    if (isnan(value))
        return true;
    struct rating *rating = rating_of(ratings, &domain->raters, uptake_texts(call, RATER)[row]);
    if (!rating)
        return false;
    rating->best = fmax(rating->best, value);
    rating->low = fmax(rating->low, uptake_low(call, VALUE)[row]);
    rating->high = fmax(rating->high, uptake_high(call, VALUE)[row]);
    return true;
}

static void domain_summarise(const struct rating *ratings, struct domain *domain)
{
    int n = domain->raters;
    domain->best = median(ratings, n, offsetof(struct rating, best));
    domain->low = median(ratings, n, offsetof(struct rating, low));
    domain->high = median(ratings, n, offsetof(struct rating, high));
    domain->least = domain->worst = ratings[0].best;
    for (int k = 1; k < n; k++) {
        domain->least = fmin(domain->least, ratings[k].best);
        domain->worst = fmax(domain->worst, ratings[k].best);
    }
}

/* The rows that findings point to. */
static void domain_point(const struct uptake_call *call, uint64_t i, int d, struct domain *domain)
{
    const int64_t *list = uptake_list(call, VALUE);
    const int32_t *of = uptake_choices(call, DOMAIN);
    const double *values = uptake_numbers(call, VALUE);
    double nearest = UPTAKE_NO_LIMIT, worst = -1;
    for (int64_t row = list[i]; row < list[i + 1]; row++) {
        if (of[row] != d || isnan(values[row]) || row_not_applicable(call, row))
            continue;
        double away = fabs(values[row] - domain->best);
        if (away < nearest || (!(away > nearest) && values[row] > values[domain->row])) {
            nearest = away;
            domain->row = row;
        }
        if (values[row] > worst) {
            worst = values[row];
            domain->worst_row = row;
        }
    }
}

/* False: too many raters. */
static bool domain_read(const struct uptake_call *call, uint64_t i, int d, struct domain *domain)
{
    struct rating ratings[RATERS_MAX];
    const int64_t *list = uptake_list(call, VALUE);
    const int32_t *of = uptake_choices(call, DOMAIN);
    int64_t rows = 0, left_out = 0;
    *domain = (struct domain){.high = 1, .row = -1, .worst_row = -1};
    for (int64_t row = list[i]; row < list[i + 1]; row++) {
        if (of[row] != d)
            continue;
        domain->row = row;
        rows++;
        if (row_not_applicable(call, row))
            left_out++;
        else if (!row_add(call, row, ratings, domain))
            return false;
    }
    domain->not_applicable = rows > 0 && left_out == rows;
    if (domain->raters > 0) {
        domain_summarise(ratings, domain);
        domain_point(call, i, d, domain);
    }
    return true;
}

static bool raters_differ(const struct domain *domain)
{
    return domain->raters > 1 && domain->worst - domain->least >= 0.5;
}

/* --- Words ------------------------------------------------------------------------------------ */

/* The level that a value has at least, and at most: .25 and .75 stand between two. */
static int level_from(double value)
{
    return value > 0.75 ? 2 : value > 0.25;
}
static int level_to(double value)
{
    return value >= 0.75 ? 2 : value >= 0.25;
}

enum wanted { NOT_RATED, SIMPLE, PERHAPS_SIMPLE };

static bool is_wanted(const struct domain *domain, enum wanted wanted)
{
    bool rated = domain->raters > 0;
    switch (wanted) {
    case NOT_RATED: return !rated && !domain->not_applicable;
    case SIMPLE: return rated && level_to(domain->high) == 0;
    default: return rated && level_to(domain->high) == 1 && level_from(domain->best) == 0;
    }
}

/* Puts two words down, NUL behind; NAMES_BYTES hold all seven domains. Answers their bytes. */
static size_t name_add(char *to, const char *comma, const char *word)
{
    size_t first = strlen(comma), second = strlen(word);
    memcpy(to, comma, first);
    memcpy(to + first, word, second + 1);
    return first + second;
}

/* "technology, adopters"; answers how many. */
static int names_of(const struct domain *profile, enum wanted wanted, char names[NAMES_BYTES])
{
    int count = 0;
    size_t used = 0;
    names[0] = 0;
    for (int d = 0; d < DOMAINS; d++)
        if (is_wanted(&profile[d], wanted))
            used += name_add(names + used, count++ ? ", " : "", spoken[d]);
    return count;
}

/* --- Findings: (6) ---------------------------------------------------------------------------- */

enum kind { IS_COMPLEX, DIFFER, UNRATED, MAY_BE_COMPLEX, IS_COMPLICATED, KINDS };

static bool is_kind(const struct domain *domain, enum kind kind)
{
    if (domain->raters == 0)
        return kind == UNRATED && !domain->not_applicable;
    switch (kind) {
    case IS_COMPLEX: return level_from(domain->low) == 2;
    case DIFFER: return raters_differ(domain);
    case MAY_BE_COMPLEX: return level_from(domain->low) < 2 && level_to(domain->high) == 2;
    case IS_COMPLICATED: return level_to(domain->high) == 1 && level_from(domain->best) == 1;
    default: return false;
    }
}

static void domain_note(struct uptake_call *call, uint64_t i, int d, const struct domain *domain,
                        enum kind kind)
{
    int64_t at = kind == DIFFER ? domain->worst_row : domain->row;
    uint32_t entity = at < 0 ? UPTAKE_INNOVATION : VALUE;
    uint64_t row = at < 0 ? i : (uint64_t)at;
    if (kind == DIFFER)
        uptake_note(call, entity, row, UPTAKE_RISKS, "raters differ on %s: %s and %s", spoken[d],
                    levels[level_to(domain->worst)], levels[level_from(domain->least)]);
    else if (kind == MAY_BE_COMPLEX)
        uptake_note(call, entity, row, UPTAKE_RISKS,
                    "%s: %s to complex, so part of it may not be plannable", spoken[d],
                    levels[level_from(domain->low)]);
    else if (kind == IS_COMPLEX)
        uptake_note(call, entity, row, UPTAKE_BLOCKS,
                    "%s: complex, it keeps changing and cannot be planned part by part", spoken[d]);
    else if (kind == UNRATED)
        uptake_note(call, entity, row, UPTAKE_NOT_KNOWN,
                    "%s: not rated, so it may be anything from simple to complex", spoken[d]);
    else
        uptake_note(call, entity, row, UPTAKE_RISKS,
                    "%s: complicated, many parts, but each can be planned for", spoken[d]);
}

static void note_all(struct uptake_call *call, uint64_t i, const struct domain *profile)
{
    char names[NAMES_BYTES] = "";
    int left = UPTAKE_NOTES_MAX;
    for (int kind = 0; kind < KINDS; kind++)
        for (int d = 0; d < DOMAINS && left > 0; d++)
            if (is_kind(&profile[d], (enum kind)kind)) {
                domain_note(call, i, d, &profile[d], (enum kind)kind);
                left--;
            }
    if (left > 0 && names_of(profile, SIMPLE, names) > 0)
        uptake_note(call, UPTAKE_INNOVATION, i, UPTAKE_HELPS, "simple: %s", names);
    left -= *names != 0;
    if (left > 0 && names_of(profile, PERHAPS_SIMPLE, names) > 0)
        uptake_note(call, UPTAKE_INNOVATION, i, UPTAKE_HELPS, "simple, perhaps complicated: %s",
                    names);
}

/* --- The whole: (2) to (4) -------------------------------------------------------------------- */

struct total {
    int apply, rated, differ;
    int is_complex, surely, perhaps;
    double weight, weight_rated;    /* the largest weight is 1, so that no sum overflows */
    double complexity, least, most; /* weighted sums; least and most over all that apply */
};

static void total_add(struct total *total, const struct domain *domain, double weight)
{
    if (domain->not_applicable)
        return;
    total->apply++;
    total->weight += weight;
    total->least += weight * domain->low;
    total->most += weight * domain->high;
    total->surely += domain->raters > 0 && domain->low > 0.75;
    total->perhaps += domain->raters == 0 || domain->high > 0.75;
    if (domain->raters == 0)
        return;
    total->rated++;
    total->differ += raters_differ(domain);
    total->weight_rated += weight;
    total->complexity += weight * domain->best;
    total->is_complex += domain->best > 0.75;
}

static struct total total_of(const struct domain *profile, const double *weights)
{
    struct total total = {0};
    double largest = 0;
    for (int d = 0; d < DOMAINS; d++)
        largest = fmax(largest, weights[d]);
    for (int d = 0; d < DOMAINS; d++)
        total_add(&total, &profile[d], largest > 0 ? weights[d] / largest : 0);
    return total;
}

/* Says why there is no openness; false: there is. */
static bool skipped(struct uptake_call *call, uint64_t i, const struct domain *profile,
                    const struct total *total)
{
    const struct params *with = call->params;
    char names[NAMES_BYTES];
    if (total->apply == 0)
        uptake_skip(call, i, "none of the %d NASSS domains applies", DOMAINS);
    else if ((int64_t)total->rated * DOMAINS < with->at_least * total->apply) {
        int64_t needed = (with->at_least * total->apply + DOMAINS - 1) / DOMAINS;
        names_of(profile, NOT_RATED, names);
        uptake_skip(call, i,
                    "%d of %d NASSS domains that apply are rated, %lld needed; not rated: %s",
                    total->rated, total->apply, (long long)needed, names);
    } else if (!(total->weight_rated > 0))
        uptake_skip(call, i, "no rated NASSS domain has a weight above 0");
    else
        return false;
    return true;
}

static void write_number(const struct uptake_call *call, uint32_t write, uint64_t i, double low,
                         double best, double high)
{
    uptake_output(call, write)[i] = best;
    uptake_output_low(call, write)[i] = fmin(low, best);
    uptake_output_high(call, write)[i] = fmax(high, best);
}

/* -1: all that are rated are simple. */
static int32_t weakest_of(const struct domain *profile)
{
    int32_t weakest = -1;
    double best = 0, high = 0;
    for (int32_t d = 0; d < DOMAINS; d++) {
        const struct domain *domain = &profile[d];
        if (domain->raters == 0 || domain->best < best ||
            (domain->best <= best && domain->high <= high))
            continue;
        weakest = domain->best > 0 ? d : weakest;
        best = domain->best;
        high = domain->high;
    }
    return weakest;
}

static void write_all(const struct uptake_call *call, uint64_t i, const struct domain *profile,
                      const struct total *total)
{
    write_number(call, OPENNESS, i, fmax(0, 1 - total->most / total->weight),
                 fmax(0, 1 - total->complexity / total->weight_rated),
                 fmax(0, 1 - total->least / total->weight));
    write_number(call, COMPLEX_DOMAINS, i, total->surely, total->is_complex, total->perhaps);
    uptake_output(call, KNOWN)[i] = (double)total->rated / total->apply;
    uptake_output(call, DISAGREEMENTS)[i] = total->differ;
    if (weakest_of(profile) >= 0)
        uptake_output_choice(call, WEAKEST_DOMAIN)[i] = weakest_of(profile);
    for (int d = 0; d < DOMAINS; d++)
        if (profile[d].raters > 0)
            uptake_output(call, PROFILE + (uint32_t)d)[i] = profile[d].best;
}

static int process(struct uptake_call *call)
{
    const struct params *with = call->params;
    for (uint64_t i = 0; i < call->count; i++) {
        struct domain profile[DOMAINS];
        bool fits = true;
        for (int d = 0; d < DOMAINS && fits; d++)
            fits = domain_read(call, i, d, &profile[d]);
        if (!fits) {
            uptake_skip(call, i, "more than %d raters of one domain: summarise them first",
                        RATERS_MAX);
            continue;
        }
        struct total total = total_of(profile, with->weights);
        if (skipped(call, i, profile, &total))
            continue;
        write_all(call, i, profile, &total);
        note_all(call, i, profile);
    }
    return 0;
}

static const struct uptake_plugin plugin = {
    .size = sizeof(struct uptake_plugin),
    .id = "spread-barriers",
    .version = "0.1.0",
    .revision = 1,
    .title = "Barriers to spread",
    .summary =
        "how complex an innovation is, by the seven NASSS domains, and what stands in the way",
    .source =
        "Greenhalgh et al, J Med Internet Res 2017;19:e367 (domains and levels; the total is ours)",
    .reads = UPTAKE_ROWS(reads),
    .params = UPTAKE_ROWS(params),
    .writes = UPTAKE_ROWS(writes),
    .params_bytes = sizeof(struct params),
    .process = process,
};

UPTAKE_BUNDLE(&plugin)
