/* What it would pay to find out first, in a few lines under the head. */
#include <math.h>

#include "report/explain.h"
#include "report/figure.h"
#include "report/firsts.h"

enum { FIRSTS_SHOWN = 3 };

static void put(const struct table *table, const struct first *first, bool places)
{
    const char *why = firsts_why(table->result, table->texts, first);
    const char *by =
        places
            ? texts_make(table->texts, "%s %s", figure_number(table->texts, first->places, 1),
                         fabs(first->places - 1) < 0.05 ? "place" : "places")
            : texts_make(table->texts, "%s of score", figure_number(table->texts, first->score, 2));
    prose_line(table->out, table->style, 2,
               texts_make(table->texts, "%s: %s, %s; narrows by %s%s%s",
                          view_id(table->result, first->part->innovation), first->part->measure,
                          explain_part_value(table->texts, first->part), by, why ? ". " : "",
                          why ? why : ""));
}

void table_firsts(const struct table *table)
{
    struct first firsts[FIRSTS_SHOWN];
    size_t count = firsts_find(table->result, table->texts, firsts, FIRSTS_SHOWN);
    if (count == 0)
        return;
    bool places = firsts[0].places >= 0.05;
    prose_line(table->out, table->style, 0,
               places
                   ? "What it would pay to find out first, by how far it alone would narrow the "
                     "places of all (mean of the merges):"
                   : "Finding out any one measure would narrow no place. It would narrow its own "
                     "score most for:");
    for (size_t k = 0; k < count && (!places || firsts[k].places >= 0.05); k++)
        put(table, &firsts[k], places);
}
