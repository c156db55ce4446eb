/* Between collect.c, which looks after states and values, and collect_log.c. */
#ifndef UPTAKE_RUN_COLLECT_INTERNAL_H
#define UPTAKE_RUN_COLLECT_INTERNAL_H

#include "run/collect.h"

struct collecting {
    struct job *job;
    const struct plugin *plugin;
    const struct model *model;
    struct result_plugin *out;
    struct result_log *log;
    uint8_t *states;
    uint8_t *failures; /* an innovation: index + 1 into the job's causes */
    /* The result's own: see struct result_plugin and struct result_log. */
    uint32_t *notes_at;
    uint32_t *notes;
    uint32_t *reasons;
    uint16_t *notes_left; /* a bucket: findings still to be placed */
    bool portfolio_failed;
    char *
        blank_numbers; /* the memory that all columns without any value share; NULL: there is none */
    char *blank_codes;
    struct arena *arena;
};

/* Whose rows a table's are: the portfolio's; or an innovation's, which collect_owner() finds. */
bool collect_of_portfolio(const struct model *model, uint32_t table);
uint64_t collect_owner(const struct model *model, uint32_t table, uint64_t row);

int collect_log(struct collecting *c);
/* Once states are settled. -1: no memory. */
int collect_texts(struct collecting *c);
int collect_notes(struct collecting *c);
int collect_reasons(struct collecting *c);

/* Before anything is looked at: rows that no worker had a value for are left out. Columns without any share one memory. */
void collect_untouched(struct collecting *c);
/* Once everything is checked: what columns without any value take is given back. */
void collect_empty(struct collecting *c);

#endif
