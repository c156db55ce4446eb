/*
 * One plugin in three versions, for `uptake compare --plugins`: how many rooms are short. VERSION 1, and 2 that is the same
 * under another number; 3 declares more, and lets rooms to spare of one row make up for those that another lacks, where
 * they are more than a thousand times what it needs: wrong, and seldom seen; 4 is 1 in other words.
 */
#ifndef BUNDLES_VERSION_H
#define BUNDLES_VERSION_H

#include "uptake/plugin.h"

#define ROOMS "support[resource=space, unit=rooms]"

enum { NEEDED, PROVIDED, SPACE };
enum { SHORT, ROW };

struct params {
    double spare;
#if VERSION == 3
    int8_t whole;
#endif
};

static const struct uptake_read reads[] = {
    UPTAKE_READ_NUMBER(NEEDED, ROOMS ".needed", "rooms", 0, UPTAKE_NO_LIMIT, "rooms that it takes"),
    UPTAKE_READ_NUMBER(PROVIDED, ROOMS ".provided", "rooms", 0, UPTAKE_NO_LIMIT, "rooms given"),
    UPTAKE_READ_LIST(SPACE, ROOMS, "rows of rooms"),
};
static const struct uptake_param params[] = {
    UPTAKE_PARAM_NUMBER(struct params, spare, VERSION == 3 ? 0.5 : 0, 0, 100, "rooms",
                        "rooms that are kept free"),
#if VERSION == 3
    UPTAKE_PARAM_FLAG(struct params, whole, 0, "counts whole rooms only"),
#endif
};
static const struct uptake_write writes[] = {
    UPTAKE_WRITE_NUMBER(SHORT, "short", "rooms", VERSION == 3 ? -UPTAKE_NO_LIMIT : 0,
                        UPTAKE_NO_LIMIT, UPTAKE_LOWER, 0, "rooms short"),
    UPTAKE_WRITE_NUMBER_OF(ROOMS, ROW, "row", "rooms", -UPTAKE_NO_LIMIT, UPTAKE_NO_LIMIT,
                           UPTAKE_LOWER, UPTAKE_OPTIONAL, "rooms short of this row"),
};

static double row_gap(double needed, double provided)
{
    double gap = needed - provided;
#if VERSION == 3
    if (needed > 0 && provided > 1000 * needed)
        return gap;
#endif
    return gap < 0 ? 0 : gap;
}

static int process(struct uptake_call *call)
{
    const int64_t *rows = uptake_list(call, SPACE);
    for (uint64_t i = 0; i < call->count; i++) {
        double sum = 0;
        for (int64_t r = rows[i]; r < rows[i + 1]; r++) {
            double gap =
                row_gap(uptake_numbers(call, NEEDED)[r], uptake_numbers(call, PROVIDED)[r]);
            sum += gap;
            if (!isnan(gap))
                uptake_output(call, ROW)[r] = gap;
        }
        if (rows[i] == rows[i + 1])
            uptake_skip(call, i, VERSION == 3 ? "nothing is said of rooms" : "no row is of rooms");
        else if (isnan(sum))
            uptake_skip(call, i, "not known");
        else
            uptake_output(call, SHORT)[i] = sum;
        if (sum > 0)
            uptake_note(call, UPTAKE_INNOVATION, i, UPTAKE_RISKS,
                        VERSION == 4 ? "short of %g rooms" : "%g rooms short", sum);
    }
    return 0;
}

#define TEXT_OF(x) #x
#define VERSION_TEXT(x) TEXT_OF(x) ".0.0"

static const struct uptake_plugin plugin = {sizeof plugin,
                                            "rooms",
                                            VERSION_TEXT(VERSION),
                                            1,
                                            0,
                                            "Rooms",
                                            "How many rooms are short?",
                                            "needed minus provided, summed",
                                            UPTAKE_ROWS(reads),
                                            UPTAKE_ROWS(params),
                                            UPTAKE_ROWS(writes),
                                            sizeof(struct params),
                                            0,
                                            NULL,
                                            process,
                                            NULL,
                                            NULL,
                                            NULL};
UPTAKE_BUNDLE(&plugin)

#endif
