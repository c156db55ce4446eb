/* The calendar that the checks need: days by eras of 400 years (Howard Hinnant, "chrono-Compatible Low-Level Date
 * Algorithms"). */
#include <stdio.h>

#include "fit.h"

struct civil {
    int64_t year, month, day;
};

static struct civil civil_of(int32_t number)
{
    int64_t z = (int64_t)number + 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097, of_era = z - era * 146097;
    int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    int64_t month = (5 * of_year + 2) / 153, day = of_year - (153 * month + 2) / 5 + 1;
    month += month < 10 ? 3 : -9;
    return (struct civil){year + era * 400 + (month <= 2), month, day};
}

static int64_t day_of(int64_t year, int64_t month, int64_t day)
{
    int64_t y = year - (month <= 2), era = (y >= 0 ? y : y - 399) / 400, of_era = y - era * 400;
    int64_t of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

int32_t fit_add_months(int32_t day, int64_t months)
{
    if (day <= UPTAKE_DAY_MIN || day == UPTAKE_DAY_OPEN)
        return day;
    struct civil date = civil_of(day);
    int64_t month = date.year * 12 + date.month - 1 + months;
    int64_t first = day_of(month / 12, month % 12 + 1, 1);
    int64_t days = day_of((month + 1) / 12, (month + 1) % 12 + 1, 1) - first;
    return (int32_t)(first + (date.day < days ? date.day : days) - 1);
}

const char *fit_month_of(struct uptake_period period, char text[DATE_TEXT])
{
    struct civil date = civil_of(period.end);
    if (period.end == UPTAKE_DAY_OPEN)
        snprintf(text, DATE_TEXT, "no end is set");
    else
        snprintf(text, DATE_TEXT, "%04d-%02d", (int)date.year, (int)date.month);
    return text;
}

bool fit_in_force(const struct uptake_call *call, struct uptake_period ends)
{
    return uptake_why_date(ends) != UPTAKE_PRESENT || ends.end >= call->as_of.start;
}
