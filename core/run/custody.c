/* Signals and orphans: see custody.h. */
#include "run/custody.h"

#include <sys/prctl.h>

static volatile sig_atomic_t interrupt;

static void on_signal(int signal_number)
{
    interrupt = signal_number;
}

int custody_interrupted(void)
{
    return interrupt;
}

/* SIGCHLD stands last: who ignores it (some launchers do) would never hear how a worker ended. */
static const int kinds[CUSTODY_SIGNALS] = {SIGINT, SIGTERM, SIGHUP, SIGCHLD};

static void take_signals(struct custody *custody)
{
    sigset_t held;
    sigemptyset(&held);
    for (int k = 0; k < CUSTODY_SIGNALS; k++) {
        struct sigaction action = {.sa_handler = kinds[k] == SIGCHLD ? SIG_DFL : on_signal};
        sigemptyset(&action.sa_mask);
        sigaction(kinds[k], NULL, &custody->before[k]);
        if (kinds[k] == SIGCHLD || custody->before[k].sa_handler != SIG_IGN)
            sigaction(kinds[k], &action, NULL);
        if (kinds[k] != SIGCHLD)
            sigaddset(&held, kinds[k]);
    }
    sigprocmask(SIG_BLOCK, &held, &custody->mask);
}

void custody_take(struct custody *custody)
{
    interrupt = 0;
    custody->subreaper = 0;
    prctl(PR_GET_CHILD_SUBREAPER, &custody->subreaper);
    child_list(&custody->others);
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    take_signals(custody);
}

void custody_give_back(struct custody *custody)
{
    child_sweep(&custody->others);
    if (!custody->subreaper)
        prctl(PR_SET_CHILD_SUBREAPER, 0);
    sigprocmask(SIG_SETMASK, &custody->mask, NULL);
    for (int k = 0; k < CUSTODY_SIGNALS; k++)
        sigaction(kinds[k], &custody->before[k], NULL);
}
