/* Prints, reads, closes every file, handles signals and leaves a process behind; its description is fine. */
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "plain.h"

__attribute__((constructor)) static void be_rude(void)
{
    puts("a line on standard output");
    fputs("a line on standard error\n", stderr);
    fflush(stdout);
    getchar();
    for (int fd = 0; fd < 1024; fd++)
        close(fd);
    signal(SIGTERM, SIG_IGN);
    if (fork() == 0)
        for (;;)
            pause();
}

static const struct uptake_plugin plugin = PLAIN_PLUGIN("rude");

UPTAKE_BUNDLE(&plugin)
