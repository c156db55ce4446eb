/*
 * The first places. Each side's own list counts whole: an innovation that one side does not have stands in the other
 * side's list all the same. Ties stand for equality (variant w of Corsi and Urbano 2024): a tied group that begins at
 * place t is in from depth t on, whole.
 */
#include "compare/overlap.h"

/* How many of each list, and of both, stand within the first k places. */
struct first {
    uint64_t a, b, both;
};

static struct first count_first(const struct pair *pair, uint64_t k)
{
    struct first first = {0, 0, 0};
    for (size_t i = 0; i < pair->rows; i++) {
        bool in_a = pair->list_a[i] > 0 && pair->list_a[i] <= k;
        bool in_b = pair->list_b[i] > 0 && pair->list_b[i] <= k;
        first.a += in_a;
        first.b += in_b;
        first.both += in_a && in_b;
    }
    return first;
}

int overlap_top_k(const struct pair *pair, struct figures *figures, struct uptake_error *error)
{
    (void)error;
    struct first first = count_first(pair, pair->top_k);
    const char *reason = first.a == 0 || first.b == 0 ? "no_values" : NULL;
    double sum = (double)first.a + (double)first.b;
    figures_either(figures, "top_k_overlap", reason ? 0 : 2 * (double)first.both / sum, reason);
    return 0;
}
