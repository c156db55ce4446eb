/* What the commands that run a spec share: their options, reading the spec, saying what failed. */
#ifndef UPTAKE_CLI_RUN_LINE_H
#define UPTAKE_CLI_RUN_LINE_H

#include "cli/cli.h"
#include "run/run.h"
#include "spec/spec.h"

/* Ids of the options; a command takes those that it has rows for. */
enum {
    RUN_FORMAT = 1,
    RUN_OUTPUT,
    RUN_JOBS,
    RUN_SET,
    RUN_ONLY,
    RUN_INNOVATION,
    RUN_IN_PROCESS,
    RUN_CONTAINMENT,
    RUN_WHERE,
    RUN_LOCKED,
    RUN_REUSE,
    RUN_FRESH,
    RUN_WHY
};

/* Rows that read the same in each of them. */
/* clang-format off */
#define RUN_LINE_FORMAT(words)                                                                     \
    {RUN_FORMAT, "format", 'f', "FORMAT",                                                          \
     "table (the default), " words "; without it the ending of the output's name decides"}
#define RUN_LINE_FILE "writes to a file, which appears only when it is whole; "
#define RUN_LINE_OUTPUT                                                                            \
    {RUN_OUTPUT, "output", 'o', "PATH", RUN_LINE_FILE "- is standard output"}
#define RUN_LINE_SET                                                                               \
    {RUN_SET, "set", 's', "KEY=VALUE",                                                             \
     "changes one value of the spec, such as merge.balanced.missing=worst; repeatable"}
#define RUN_LINE_ONLY {RUN_ONLY, "only", 0, "NAME", "runs one plugin of the spec, by its name there"}
#define RUN_LINE_WHERE                                                                             \
    {RUN_WHERE, "where", 'w', "FIELD=VALUE",                                                       \
     "keeps only the adopters that match, such as region=London, and the rows that name them; "    \
     "repeatable: all must hold"}
#define RUN_LINE_JOBS                                                                              \
    {RUN_JOBS, "jobs", 'j', "N", "how many workers compute at once; all processors by default"}
#define RUN_LINE_IN_PROCESS                                                                        \
    {RUN_IN_PROCESS, "in-process", 0, NULL,                                                        \
     "runs plugins in this very process, for debuggers and profilers: a crash ends it"}
#define RUN_LINE_CONTAINMENT                                                                       \
    {RUN_CONTAINMENT, "containment", 0, "LEVEL",                                                   \
     "how firmly plugins are held: best (the default), full (refuses to run, with exit code 4, "    \
     "where the machine offers less), no-landlock or process (less, on purpose)"}
/* clang-format on */

int run_line_options(const struct cli_line *line, struct run_options *run,
                     struct uptake_error *error);
/* The spec with its --set; a key that this version cannot do is refused. */
int run_line_spec(const struct cli_line *line, struct arena *arena, struct spec *spec,
                  struct uptake_error *error);
/* --where: finds the adopters and puts them into the options; nothing without it. where_finish frees them. */
int run_line_where(const struct cli_line *line, const struct spec *spec, struct arena *arena,
                   struct where *where, struct run_options *run, struct uptake_error *error);
/* Which plugins failed, on standard error. */
void run_line_failures(const struct result *result);

#endif
