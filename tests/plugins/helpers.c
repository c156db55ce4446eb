/* uptake/calendar.h against the C library's calendar (gmtime_r, timegm), and uptake/members.h against one list of names. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "uptake/calendar.h"
#include "uptake/members.h"

/* Every 13th day of the years -400 to 9999, which meets every month's first and last in time. */
Test(plugin_helpers, days)
{
    int32_t first = uptake_day_of(-400, 1, 1), last = uptake_day_of(9999, 12, 31);
    cr_expect(last == 2932896, "9999-12-31 is day %d", last); /* date -d 9999-12-31 +%s, by 86400 */
    for (int64_t day = first; day <= last; day += 13) {
        time_t seconds = (time_t)day * 86400;
        struct tm tm;
        cr_assert(gmtime_r(&seconds, &tm));
        struct uptake_date date = uptake_date_of((int32_t)day);
        cr_assert(date.year == tm.tm_year + 1900 && date.month == tm.tm_mon + 1 &&
                      date.day == tm.tm_mday,
                  "day %lld", (long long)day);
        cr_assert(uptake_day_of(date.year, date.month, date.day) == day);
    }
}

static int32_t day(int year, int month, int of_month)
{
    struct tm tm = {.tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = of_month};
    return (int32_t)(timegm(&tm) / 86400);
}

/* PostgreSQL's rule for date + interval: the same day, or the last of a shorter month. */
Test(plugin_helpers, months)
{
    static const struct {
        int from[3], months, to[3];
    } rows[] = {
        {{2023, 1, 31}, 1, {2023, 2, 28}},   {{2024, 1, 31}, 1, {2024, 2, 29}},
        {{2024, 2, 29}, 12, {2025, 2, 28}},  {{2024, 2, 29}, 48, {2028, 2, 29}},
        {{2023, 11, 30}, 3, {2024, 2, 29}},  {{2023, 12, 31}, 0, {2023, 12, 31}},
        {{2023, 12, 1}, 1, {2024, 1, 1}},    {{1999, 8, 31}, 6, {2000, 2, 29}},
        {{2024, 6, 15}, 600, {2074, 6, 15}}, {{1969, 12, 31}, 2, {1970, 2, 28}},
    };
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        const int *from = rows[k].from, *to = rows[k].to;
        cr_expect(uptake_add_months(day(from[0], from[1], from[2]), rows[k].months) ==
                      day(to[0], to[1], to[2]),
                  "row %zu", k);
    }
    cr_expect(uptake_add_months(UPTAKE_DAY_OPEN, 1) == UPTAKE_DAY_OPEN);
    cr_expect(uptake_add_months(UPTAKE_DAY_MIN, 1) == UPTAKE_DAY_MIN);
}

/* as_of of one day, and of a year; an end of one day, a month, open, and with no beginning. */
Test(plugin_helpers, ends)
{
    const struct uptake_period one = {day(2024, 6, 1), day(2024, 6, 1)};
    const struct uptake_period year = {day(2024, 1, 1), day(2024, 12, 31)};
    const struct {
        struct uptake_period as_of, ends;
        int after;
    } rows[] = {
        {one, {day(2025, 6, 1), day(2025, 6, 1)}, 0},
        {one, {day(2025, 6, 2), day(2025, 6, 2)}, 1},
        {one, {day(2025, 6, 1), day(2025, 6, 30)}, -1},
        {one, {UPTAKE_DAY_MIN, day(2025, 6, 1)}, 0},
        {one, {UPTAKE_DAY_MIN, day(2026, 6, 1)}, -1},
        {one, {UPTAKE_DAY_OPEN, UPTAKE_DAY_OPEN}, 1},
        {year, {day(2025, 1, 1), day(2025, 1, 1)}, 0},
        {year, {day(2025, 1, 2), day(2025, 1, 2)}, -1},
        {year, {day(2025, 12, 31), day(2025, 12, 31)}, -1},
        {year, {day(2026, 1, 1), day(2026, 1, 1)}, 1},
    };
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
        cr_expect(uptake_ends_after(rows[k].ends, rows[k].as_of, 12) == rows[k].after, "row %zu",
                  k);
}

/* However nine names are cut in three parts, the text is that of one list. */
Test(plugin_helpers, members)
{
    static const char pool[] = "a\0b\0c\0d\0e\0f\0g\0h\0i\0";
    static const uint64_t offsets[] = {0, 2, 4, 6, 8, 10, 12, 14, 16, 18};
    struct uptake_call call = {.text_pool = pool, .text_offsets = offsets, .text_count = 9};
    for (int first = 0; first <= 9; first++)
        for (int second = first; second <= 9; second++) {
            struct uptake_members parts[3] = {{.count = 0}};
            char text[UPTAKE_MEMBERS_BYTES];
            for (int32_t k = 0; k < 9; k++)
                uptake_members_add(&parts[(k >= first) + (k >= second)], k);
            uptake_members_merge(&parts[1], &parts[2]);
            uptake_members_merge(&parts[0], &parts[1]);
            cr_expect(parts[0].count == 9);
            cr_expect_str_eq(uptake_members_text(&call, &parts[0], text), "a, b, c, d and 5 more");
        }
    struct uptake_members none = {.count = 0};
    char text[UPTAKE_MEMBERS_BYTES];
    cr_expect_str_eq(uptake_members_text(&call, &none, text), "");
}

/* Long names, of several bytes a character, never pass the room. */
Test(plugin_helpers, long_names)
{
    char pool[4 * 200], text[UPTAKE_MEMBERS_BYTES];
    uint64_t offsets[5];
    for (int k = 0; k <= 4; k++)
        offsets[k] = (uint64_t)k * 200;
    memset(pool, 'w', sizeof pool);
    for (int k = 0; k < 4; k++)
        pool[k * 200 + 199] = 0;
    struct uptake_call call = {.text_pool = pool, .text_offsets = offsets, .text_count = 4};
    struct uptake_members members = {.count = UINT64_MAX, .first = {0, 1, 2, 3}};
    uptake_members_text(&call, &members, text);
    cr_expect(strlen(text) < sizeof text && strstr(text, "and 18446744073709551612 more"), "%s",
              text);
}
