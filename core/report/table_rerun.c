/* A run repeated: whether it is the same to the bit, and what differs in what went in. */
#include "report/prose.h"
#include "report/runs.h"

void report_rerun(const struct runs *runs, const struct runs_replay *replay,
                  const struct report_style *style, struct report_out *out)
{
    struct texts texts = {0};
    prose_line(out, style, 0,
               replay->same
                   ? texts_make(&texts, "%s run again: the same to the bit.", runs->a->path)
                   : texts_make(&texts, "%s run again: not the same, from %s on.", runs->a->path,
                                replay->where));
    const struct runs_table table = {runs, style, out, &texts};
    if (replay->same && runs->n_inputs > 0)
        table_runs_inputs(&table);
    if (!replay->same)
        prose_gap(out, style);
    arena_finish(&texts.arena);
}
