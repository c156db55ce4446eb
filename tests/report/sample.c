/* The sample: see sample.h. */
#include "report/sample.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define NONE UINT32_MAX

/* --- The model --------------------------------------------------------------------------------- */

/* Text ids, in the pool's order. */
enum { IAPT, DAFNE, RAID, IAPT_NAME, DAFNE_NAME, RAID_NAME, BECAUSE_TIME, BECAUSE_MONEY, TEXTS };

static const char *const texts[TEXTS] = {
    "iapt",
    "dafne",
    "raid",
    "Improving Access to Psychological Therapies",
    "Dose Adjustment for Normal Eating",
    "Rapid \"RAID\", a liaison service",
    "Educators are paid for half of the week, they said.",
    "A grant pays for 3,000 of 5,000.",
};

static char pool[512];
static uint64_t pool_at[TEXTS];

static void fill_pool(void)
{
    uint64_t used = 0;
    for (size_t k = 0; k < TEXTS; k++) {
        pool_at[k] = used;
        strcpy(pool + used, texts[k]);
        used += strlen(texts[k]) + 1;
    }
}

static const int32_t ids[] = {IAPT, DAFNE, RAID};
static const int32_t names[] = {IAPT_NAME, DAFNE_NAME, RAID_NAME};
static const int64_t support_at[] = {0, 0, 2, 3};
static const uint8_t support_basis[] = {BASIS_DESK | BASIS_HINDSIGHT, BASIS_DESK, 0};
static const int32_t support_because[] = {BECAUSE_TIME, BECAUSE_MONEY, -1};

static struct model_table tables[] = {
    {.path = "", .list = "", .parent = MODEL_NO_TABLE, .rows = 3},
    {.path = "support[]",
     .list = "support[]",
     .parent = 0,
     .rows = 3,
     .offsets = support_at,
     .parents = 3,
     .basis = support_basis,
     .because = support_because},
};

static struct model model;

static void fill_model(void)
{
    fill_pool();
    model = (struct model){.tables = tables,
                           .n_tables = COUNT(tables),
                           .innovations = 3,
                           .ids = ids,
                           .names = names,
                           .text_pool = pool,
                           .text_offsets = pool_at,
                           .text_count = TEXTS,
                           .left_out = 2,
                           .hindsight = 1,
                           .desk_rows = 2,
                           .basis_rows = 3};
}

/* --- The plugins ------------------------------------------------------------------------------- */

static const char *const resources[] = {"time", "money_a", NULL};

static const struct uptake_write barrier_writes[] = {
    UPTAKE_WRITE_NUMBER(0, "openness", "", 0, 1, UPTAKE_HIGHER, UPTAKE_BOUNDS,
                        "1 is simple throughout, 0 complex throughout"),
    UPTAKE_WRITE_TEXT(1, "profile", 0, "the domains, in words"),
};
static const struct uptake_write support_writes[] = {
    UPTAKE_WRITE_NUMBER(0, "coverage", "", 0, 1, UPTAKE_HIGHER, UPTAKE_BOUNDS,
                        "share of what adopters need that they get."),
    UPTAKE_WRITE_CHOICE(1, "weakest_resource", resources, 0, "what is shortest"),
    UPTAKE_WRITE_NUMBER_OF("support[]", 2, "gap", "hours_per_week", 0, UPTAKE_NO_LIMIT,
                           UPTAKE_LOWER, UPTAKE_BOUNDS, "what a row lacks"),
    UPTAKE_WRITE_NUMBER_OF("/", 3, "median", "", 0, 1, UPTAKE_NEITHER, 0, "of all coverages"),
};

static const struct plugin plugins[] = {
    {.id = "spread-barriers",
     .version = "1.0.0",
     .revision = 2,
     .title = "Barriers",
     .writes = barrier_writes,
     .n_writes = COUNT(barrier_writes)},
    {.id = "adopter-support",
     .version = "0.2.0",
     .revision = 1,
     .title = "Support",
     .writes = support_writes,
     .n_writes = COUNT(support_writes)},
};

/* --- Logs: notes, reasons and texts ------------------------------------------------------------ */

static char log_memory[2][4096] __attribute__((aligned(8)));
static uint32_t log_templates[2][LOG_NUMBERS];
static struct log_writer writers[2];
static struct result_log logs[2];

static uint32_t write_log(size_t p, struct log_head head, const char *text)
{
    uint32_t place = RESULT_PLACE(0, writers[p].used);
    log_append_plain(&writers[p], head, text, strlen(text));
    return place;
}

static uint32_t note(size_t p, int level, uint8_t entity, uint32_t innovation, uint32_t row,
                     const char *text)
{
    struct log_head head = {.kind = LOG_NOTE,
                            .level = (uint8_t)level,
                            .portfolio = innovation == UINT32_MAX,
                            .entity = entity,
                            .innovation = innovation == UINT32_MAX ? 0 : innovation,
                            .row = row};
    return write_log(p, head, text);
}

static uint32_t barrier_notes[2], support_notes[3], support_reasons[3], profile_texts[3];
static const uint32_t barrier_notes_at[] = {0, 1, 2, 2}, support_notes_at[] = {0, 0, 2, 2};
static const uint32_t support_read_tables[] = {1};

static void fill_logs(void)
{
    for (size_t p = 0; p < 2; p++) {
        log_open(&writers[p], log_memory[p], sizeof log_memory[p], 0);
        logs[p] = (struct result_log){0};
    }
    barrier_notes[0] = note(0, UPTAKE_NOT_KNOWN, LOG_WHOLE, 0, 0, "technology is not rated");
    barrier_notes[1] = note(0, UPTAKE_HELPS, LOG_WHOLE, 1, 1, "condition is simple");
    support_notes[0] = note(1, UPTAKE_RISKS, 0, 1, 1, "money covers 60 %");
    support_notes[1] = note(1, UPTAKE_BLOCKS, 0, 1, 0, "time is 4 hours a week short");
    support_notes[2] =
        note(1, UPTAKE_RISKS, LOG_WHOLE, UINT32_MAX, 0, "skills are short everywhere");
    profile_texts[0] = NONE;
    profile_texts[1] = write_log(0, (struct log_head){.kind = LOG_TEXT, .innovation = 1, .row = 1},
                                 "simple, \"mostly\"");
    profile_texts[2] = NONE;
    for (size_t i = 0; i < 3; i++)
        support_reasons[i] = NONE;
    support_reasons[0] =
        write_log(1, (struct log_head){.kind = LOG_SKIP, .entity = LOG_WHOLE}, "no support rows");
    for (size_t p = 0; p < 2; p++)
        log_read(&logs[p].slots[0], log_memory[p], writers[p].used, log_templates[p]);
    logs[0].notes = barrier_notes;
    logs[1].notes = support_notes;
    logs[1].reasons = support_reasons;
    logs[1].read_tables = support_read_tables;
    logs[1].n_reads = 1;
}

/* --- The columns ------------------------------------------------------------------------------- */

static double openness[3], openness_low[3], openness_high[3];
static double coverage[3], coverage_low[3], coverage_high[3];
static double gap[3], gap_low[3], gap_high[3], median[1];
static int32_t weakest[3];
static const uint8_t barrier_states[] = {RESULT_OK, RESULT_OK, RESULT_OK};
static const uint8_t support_states[] = {RESULT_SKIPPED, RESULT_OK, RESULT_FAILED};
static const uint8_t support_failures[] = {0, 0, 1};
static const char *const support_causes[] = {"SIGSEGV"};
static const char *const messages[] = {
    "plugin adopter-support 0.2.0 failed on innovation raid: SIGSEGV"};

static struct result_column barrier_columns[2], support_columns[4];

static void fill_values(void)
{
    const double none = uptake_missing_number(UPTAKE_LEFT_OUT);
    memcpy(openness, (double[]){1 - 2.75 / 6, 1 - 2.5 / 7, 0.125}, sizeof openness);
    memcpy(openness_low, (double[]){1 - 3.75 / 7, 1 - 4.5 / 7, 0.125}, sizeof openness_low);
    memcpy(openness_high, (double[]){1 - 2.75 / 7, 1 - 1.5 / 7, 0.125}, sizeof openness_high);
    memcpy(coverage, (double[]){none, 0.7, none}, sizeof coverage);
    memcpy(coverage_low, (double[]){none, 0.2875, none}, sizeof coverage_low);
    memcpy(coverage_high, (double[]){none, 1, none}, sizeof coverage_high);
    memcpy(gap, (double[]){4, 2000.5, 0}, sizeof gap);
    memcpy(gap_low, (double[]){3, 2000.5, 0}, sizeof gap_low);
    memcpy(gap_high, (double[]){INFINITY, 2000.5, 0}, sizeof gap_high);
    memcpy(weakest, (int32_t[]){-UPTAKE_LEFT_OUT, 0, -UPTAKE_LEFT_OUT}, sizeof weakest);
    median[0] = 0.7;
}

static void fill_columns(void)
{
    barrier_columns[0] = (struct result_column){
        .table = 0, .rows = 3, .values = openness, .low = openness_low, .high = openness_high};
    barrier_columns[1] = (struct result_column){.table = 0, .rows = 3, .texts = profile_texts};
    support_columns[0] = (struct result_column){.table = 0,
                                                .rows = 3,
                                                .values = coverage,
                                                .low = coverage_low,
                                                .high = coverage_high,
                                                .basis_tables = {1},
                                                .n_basis_tables = 1};
    support_columns[1] = (struct result_column){
        .table = 0, .rows = 3, .codes = weakest, .basis_tables = {1}, .n_basis_tables = 1};
    support_columns[2] = (struct result_column){
        .table = 1, .rows = 3, .values = gap, .low = gap_low, .high = gap_high};
    support_columns[3] =
        (struct result_column){.table = MODEL_NO_TABLE, .rows = 1, .values = median};
    for (size_t w = 0; w < COUNT(barrier_columns); w++)
        barrier_columns[w].write = &barrier_writes[w];
    for (size_t w = 0; w < COUNT(support_columns); w++)
        support_columns[w].write = &support_writes[w];
}

static struct result_plugin run_plugins[2];

static void fill_plugins(void)
{
    logs[1].failures = support_failures;
    logs[1].causes = support_causes;
    run_plugins[0] = (struct result_plugin){.name = "barriers",
                                            .plugin = &plugins[0],
                                            .ok = 3,
                                            .states = barrier_states,
                                            .columns = barrier_columns,
                                            .n_columns = COUNT(barrier_columns),
                                            .n_notes = COUNT(barrier_notes),
                                            .notes_at = barrier_notes_at,
                                            .with_text = "floor: 0.4",
                                            .log = &logs[0]};
    run_plugins[1] = (struct result_plugin){.name = "support",
                                            .plugin = &plugins[1],
                                            .status = PLUGIN_PARTIAL,
                                            .ok = 1,
                                            .skipped = 1,
                                            .failed = 1,
                                            .states = support_states,
                                            .columns = support_columns,
                                            .n_columns = COUNT(support_columns),
                                            .n_notes = COUNT(support_notes),
                                            .notes_at = support_notes_at,
                                            .messages = messages,
                                            .n_messages = COUNT(messages),
                                            .log = &logs[1]};
}

/* --- Merges and agreement ---------------------------------------------------------------------- */

static double score[3], score_low[3], score_high[3], cover[3];
static uint32_t rank[3], rank_low[3], rank_high[3];
static uint64_t order[3];
static const char *const merge_notes[] = {"weights were divided by their sum, 3"};
static struct result_merged merges[2];
static struct result_agreement agreements[1];

static void fill_merges(void)
{
    const double none = (double)NAN;
    memcpy(score, (double[]){0.5, 0.65, none}, sizeof score);
    memcpy(score_low, (double[]){0.3, 0.35, none}, sizeof score_low);
    memcpy(score_high, (double[]){0.7, 0.85, none}, sizeof score_high);
    memcpy(cover, (double[]){0.5, 1, 0.25}, sizeof cover);
    memcpy(rank, (uint32_t[]){2, 1, 0}, sizeof rank);
    memcpy(rank_low, (uint32_t[]){1, 1, 0}, sizeof rank_low);
    memcpy(rank_high, (uint32_t[]){2, 2, 0}, sizeof rank_high);
    memcpy(order, (uint64_t[]){1, 0, 2}, sizeof order);
    merges[0] = (struct result_merged){.name = "balanced",
                                       .method = "weighted-sum",
                                       .normalise = "declared",
                                       .missing = "bounds",
                                       .better = 1,
                                       .score = score,
                                       .score_low = score_low,
                                       .score_high = score_high,
                                       .coverage = cover,
                                       .rank = rank,
                                       .rank_low = rank_low,
                                       .rank_high = rank_high,
                                       .order = order,
                                       .notes = merge_notes,
                                       .n_notes = 1};
    merges[1] = merges[0];
    merges[1].name = "weakest-link";
    merges[1].method = "minimum";
    merges[1].n_notes = 0;
    agreements[0] = (struct result_agreement){.a = "barriers.openness",
                                              .b = "support.coverage",
                                              .n = 1,
                                              .kendall_tau_b = none,
                                              .spearman = none,
                                              .reason = "n_lt_8"};
}

struct result *sample_result(void)
{
    static struct result result;
    fill_model();
    fill_logs();
    fill_values();
    fill_columns();
    fill_plugins();
    fill_merges();
    result = (struct result){.model = &model,
                             .spec_path = "specs/three.yaml",
                             .spec_title = "Three that spread",
                             .spec_note =
                                 "All three were chosen because they spread: nothing here predicts "
                                 "spread.",
                             .model_path = "models/three.yaml",
                             .as_of_given = true,
                             .as_of = {17555, 17555}, /* 2018-01-24 */
                             .containment = "process",
                             .plugins = run_plugins,
                             .n_plugins = COUNT(run_plugins),
                             .merges = merges,
                             .n_merges = COUNT(merges),
                             .agreements = agreements,
                             .n_agreements = COUNT(agreements)};
    return &result;
}

/* --- Many innovations -------------------------------------------------------------------------- */

struct large {
    struct model_table table;
    struct model model;
    struct result result;
    struct result_plugin plugin;
    struct result_column columns[24];
    struct uptake_write writes[24];
    char write_names[24][16];
    struct plugin described;
    struct result_merged merged;
    struct result_log log;
};

static void *many(uint64_t count, size_t size)
{
    void *memory = calloc(count + 1, size);
    if (!memory)
        abort();
    return memory;
}

static void large_ids(struct large *large, uint64_t n)
{
    char *bytes = many(n, 12);
    uint64_t *at = many(n, sizeof *at);
    int32_t *id = many(n, sizeof *id);
    uint64_t used = 0;
    for (uint64_t i = 0; i < n; i++) {
        at[i] = used;
        id[i] = (int32_t)i;
        used += (uint64_t)sprintf(bytes + used, "m%lu", (unsigned long)i) + 1;
    }
    large->table =
        (struct model_table){.path = "", .list = "", .parent = MODEL_NO_TABLE, .rows = n};
    large->model = (struct model){.tables = &large->table,
                                  .n_tables = 1,
                                  .innovations = n,
                                  .ids = id,
                                  .names = id,
                                  .text_pool = bytes,
                                  .text_offsets = at,
                                  .text_count = n};
}

static void large_columns(struct large *large, uint64_t n)
{
    for (size_t w = 0; w < COUNT(large->columns); w++) {
        double *values = many(n, sizeof *values);
        for (uint64_t i = 0; i < n; i++)
            values[i] = (double)(i * (w + 1) % n) / (double)n;
        sprintf(large->write_names[w], "value_%zu", w);
        large->writes[w] = (struct uptake_write){.type = UPTAKE_NUMBER,
                                                 .name = large->write_names[w],
                                                 .entity = "",
                                                 .unit = "",
                                                 .quantity = "",
                                                 .max = 1,
                                                 .doc = "invented"};
        large->columns[w] =
            (struct result_column){.write = &large->writes[w], .rows = n, .values = values};
        if (w % 2 == 0)
            large->columns[w].low = large->columns[w].high = values;
    }
}

static void large_plugin(struct large *large, uint64_t n)
{
    uint8_t *states = many(n, 1);
    memset(states, RESULT_OK, n);
    large->described = (struct plugin){.id = "invented", .version = "0.0.1", .title = "Invented"};
    large->plugin = (struct result_plugin){.name = "big",
                                           .plugin = &large->described,
                                           .ok = n,
                                           .states = states,
                                           .columns = large->columns,
                                           .n_columns = COUNT(large->columns),
                                           .notes_at = many(n + 1, sizeof(uint32_t)),
                                           .log = &large->log};
}

static void large_merge(struct large *large, uint64_t n)
{
    uint32_t *ranks = many(n, sizeof *ranks);
    uint64_t *lines = many(n, sizeof *lines);
    double *scores = many(n, sizeof *scores);
    for (uint64_t i = 0; i < n; i++) {
        ranks[i] = (uint32_t)(n - i);
        lines[i] = n - 1 - i;
        scores[i] = (double)i / (double)n;
    }
    large->merged = (struct result_merged){.name = "one",
                                           .method = "weighted-sum",
                                           .normalise = "declared",
                                           .missing = "bounds",
                                           .better = 1,
                                           .score = scores,
                                           .score_low = scores,
                                           .score_high = scores,
                                           .coverage = scores,
                                           .rank = ranks,
                                           .rank_low = ranks,
                                           .rank_high = ranks,
                                           .order = lines};
}

struct result *sample_large(uint64_t innovations)
{
    struct large *large = many(1, sizeof *large);
    large_ids(large, innovations);
    large_columns(large, innovations);
    large_plugin(large, innovations);
    large_merge(large, innovations);
    large->result = (struct result){.model = &large->model,
                                    .spec_path = "large.yaml",
                                    .model_path = "large-model.yaml",
                                    .containment = "process",
                                    .plugins = &large->plugin,
                                    .n_plugins = 1,
                                    .merges = &large->merged,
                                    .n_merges = 1};
    return &large->result;
}

/* --- Outputs ----------------------------------------------------------------------------------- */

void sample_out(struct report_out *out)
{
    int fd = memfd_create("report", MFD_CLOEXEC);
    if (fd < 0)
        abort();
    out_start(out, fd, "memory");
}

char *sample_text(struct report_out *out)
{
    struct uptake_error error = {0};
    if (out_flush(out, &error) != 0)
        abort();
    off_t bytes = lseek(out->fd, 0, SEEK_END);
    char *text = malloc((size_t)bytes + 1);
    if (!text || pread(out->fd, text, (size_t)bytes, 0) != bytes)
        abort();
    text[bytes] = '\0';
    out_abandon(out);
    return text;
}
