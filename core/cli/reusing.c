/* Answers that are there already: see reusing.h. */
#include "cli/reusing.h"

#include <stdio.h>

#include "cli/run_line.h"

/* The record that the output would replace, if it is one. */
static const char *replaced(const struct destination *destination)
{
    return destination->format == AS_RECORD && destination->path && record_is_one(destination->path)
               ? destination->path
               : NULL;
}

int reusing_open(const struct cli_line *line, const struct destination *destination,
                 struct run_options *run, struct reusing *reusing, struct uptake_error *error)
{
    const char *asked = cli_value(line, RUN_REUSE);
    struct uptake_error unread = {0};
    *reusing = (struct reusing){.why = cli_has(line, RUN_WHY)};
    if (asked && cli_has(line, RUN_FRESH))
        return cli_misuse(line->command, error, "--reuse and --fresh exclude each other");
    const char *path = cli_has(line, RUN_FRESH) ? NULL : asked ? asked : replaced(destination);
    run->inputs = destination->format == AS_RECORD || path;
    if (!path)
        return 0;
    if (record_read_answers(path, &reusing->record, asked ? error : &unread) != 0) {
        if (asked || unread.exit_code == EXIT_MACHINE)
            return asked ? -1 : error_add(error, unread.exit_code, "%s", unread.text[0]);
        terminal_say("%s; nothing of it is reused", unread.text[0]);
        return 0;
    }
    reusing->path = path;
    run->reuse = &reusing->record;
    return 0;
}

static void say_why(const struct reusing *reusing, const struct result_plugin *plugin)
{
    if (plugin->reused)
        terminal_say("%s: taken from %s, computed %s", plugin->name, reusing->path,
                     plugin->computed);
    else if (plugin->rerun)
        terminal_say("%s: computed; %s", plugin->name, plugin->rerun);
    else
        terminal_say("%s: computed; there is no record to take it from", plugin->name);
}

void reusing_say(const struct reusing *reusing, const struct result *result)
{
    size_t reused = 0;
    for (size_t p = 0; p < result->n_plugins; p++) {
        reused += result->plugins[p].reused;
        if (reusing->why)
            say_why(reusing, &result->plugins[p]);
    }
    if (!reusing->why && reused > 0)
        terminal_say(
            "%zu of %zu plugins taken from %s, where they rest on the same (--why says more, "
            "--fresh computes all)",
            reused, result->n_plugins, reusing->path);
}

void reusing_close(struct reusing *reusing)
{
    record_finish(&reusing->record);
}
