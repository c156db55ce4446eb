/* Dates as words, and what is in force. */
#include <stdio.h>

#include <uptake/calendar.h>

#include "fit.h"

const char *fit_month_of(struct uptake_period period, char text[DATE_TEXT])
{
    struct uptake_date date = uptake_date_of(period.end);
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
