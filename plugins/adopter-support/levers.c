/*
 * Who gets what levers pay a year, (8): adopters, others, or nobody who is stated.
 */
#include "support.h"

void support_write_reward(const struct uptake_call *call, uint64_t i)
{
    const int64_t *levers = uptake_list(call, LEVER_VALUE);
    struct amount sums[3] = {{0, 0, 0}, {0, 0, 0}, {0, 0, 0}}; /* adopters, others, nobody stated */
    for (int64_t at = levers[i]; at < levers[i + 1]; at++) {
        int32_t to = uptake_choices(call, LEVER_RECIPIENT)[at];
        struct amount value = support_amount_of(call, LEVER_VALUE, at);
        struct amount *sum = &sums[to < 0 ? 2 : to > 0];
        if (uptake_choices(call, LEVER_UNIT)[at] != 0 || value.low < 0 ||
            !support_in_force(call, LEVER_STARTS, LEVER_ENDS, at))
            continue;
        sum->best += isnan(value.best) ? 0 : value.best;
        sum->low += value.low;
        sum->high += value.high;
    }
    double stated = sums[0].best + sums[1].best;
    if (!(stated > 0) || !(stated < UPTAKE_NO_LIMIT))
        return;
    double most = sums[0].high + sums[2].high, rest = sums[1].high + sums[2].high;
    double high = most < UPTAKE_NO_LIMIT ? share(most, most + sums[1].low) : 1;
    double low = rest < UPTAKE_NO_LIMIT ? share(sums[0].low, sums[0].low + rest) : 0;
    write_number(call, REWARD_BALANCE, i, low, sums[0].best / stated, high);
}
