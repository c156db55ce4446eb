/*
 * Ratings to a domain, (1), (2) and (5): each rater's value, the medians over raters, and the rows that
 * findings point to.
 */
#include "barriers.h"

struct rating {
    int32_t rater;
    double best, low, high;
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

bool barriers_domain_read(const struct uptake_call *call, uint64_t i, int d, struct domain *domain)
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

bool barriers_raters_differ(const struct domain *domain)
{
    return domain->raters > 1 && domain->worst - domain->least >= 0.5;
}
