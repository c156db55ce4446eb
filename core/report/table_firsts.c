/* What it would pay to find out first, in a sentence of the head; `uptake explain` and the JSON have the reasons. */
#include <math.h>

#include "report/figure.h"
#include "report/firsts.h"
#include "report/table.h"

enum { FIRSTS_SHOWN = 3 };

/* "dafne support.coverage (1.3 places)" */
static const char *name(const struct table *table, const struct first *first, bool places)
{
    const char *by =
        places
            ? texts_make(table->texts, "%s %s", figure_number(table->texts, first->places, 1),
                         fabs(first->places - 1) < 0.05 ? "place" : "places")
            : texts_make(table->texts, "%s of score", figure_number(table->texts, first->score, 2));
    return texts_make(table->texts, "%s %s (%s)", view_id(table->result, first->part->innovation),
                      first->part->measure, by);
}

void table_firsts(const struct table *table)
{
    struct first firsts[FIRSTS_SHOWN];
    size_t count = firsts_find(table->result, table->texts, firsts, FIRSTS_SHOWN);
    const char *names = "";
    if (count == 0)
        return;
    bool places = firsts[0].places >= 0.05;
    for (size_t k = 0; k < count && (!places || firsts[k].places >= 0.05); k++)
        names = texts_make(table->texts, "%s%s%s", names, k > 0 ? ", " : "",
                           name(table, &firsts[k], places));
    prose_line(
        table->out, table->style, 0,
        texts_make(table->texts,
                   places
                       ? "What it would pay to find out first: %s; each figure alone, once known, "
                         "takes so many places off the rank ranges of all innovations "
                         "together (mean of the merges)."
                       : "Finding out any one figure would narrow no rank range; it would "
                         "narrow its own score most for: %s.",
                   names));
}
