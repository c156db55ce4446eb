/*
 * uptake/calendar.h: months, for plugins that need them. Optional: uptake/plugin.h does without.
 *
 * Days are counted from 1970-01-01, as in struct uptake_period; the calendar is the proleptic Gregorian, by eras of 400 years that
 * begin in March, so that a leap day is the last of its year (Howard Hinnant, "chrono-Compatible Low-Level Date
 * Algorithms").
 */
#ifndef UPTAKE_CALENDAR_H
#define UPTAKE_CALENDAR_H

#include "uptake/plugin.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A day by its names: month and day from 1. */
struct uptake_date {
    int32_t year;
    int32_t month;
    int32_t day;
};

static inline UPTAKE_UNUSED struct uptake_date uptake_date_of(int32_t number)
{
    int64_t z = (int64_t)number + 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097, of_era = z - era * 146097;
    int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    int64_t march = (5 * of_year + 2) / 153; /* months since March */
    struct uptake_date date;
    date.day = (int32_t)(of_year - (153 * march + 2) / 5 + 1);
    date.month = (int32_t)(march < 10 ? march + 3 : march - 9);
    date.year = (int32_t)(year + era * 400 + (date.month <= 2));
    return date;
}

/* month: 1 to 12. */
static inline UPTAKE_UNUSED int32_t uptake_day_of(int64_t year, int32_t month, int32_t day)
{
    int64_t y = year - (month <= 2), era = (y >= 0 ? y : y - 399) / 400, of_era = y - era * 400;
    int64_t of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    return (int32_t)(era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468);
}

/* The same day that many months (0 or more) on, or the last of a shorter month. An end that is open, and a beginning that is,
 * stay so. */
static inline UPTAKE_UNUSED int32_t uptake_add_months(int32_t day, int64_t months)
{
    struct uptake_date date = uptake_date_of(day);
    int64_t month = (int64_t)date.year * 12 + date.month - 1 + months, next = month + 1;
    int32_t first = uptake_day_of(month / 12, (int32_t)(month % 12) + 1, 1);
    int32_t days = uptake_day_of(next / 12, (int32_t)(next % 12) + 1, 1) - first;
    if (day <= UPTAKE_DAY_MIN || day == UPTAKE_DAY_OPEN)
        return day;
    return first + (date.day < days ? date.day : days) - 1;
}

/*
 * Whether an end lies more than so many months behind as_of. Both are periods, and the answer is given where it is the same for
 * every day of either: 1 yes, 0 no, -1 that depends on the day. ends: not missing.
 */
static inline UPTAKE_UNUSED int uptake_ends_after(struct uptake_period ends,
                                                  struct uptake_period as_of, int64_t months)
{
    return ends.start > uptake_add_months(as_of.end, months)    ? 1
           : ends.end <= uptake_add_months(as_of.start, months) ? 0
                                                                : -1;
}

#ifdef __cplusplus
}
#endif

#endif
