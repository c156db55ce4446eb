/*
 * What a plugin asks of the kernel. A filter is put in place before its first call, in a process of its own: whatever would
 * reach a file, the network, a thread or a process is a signal, whose handler says what it was.
 */
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "check/suite_internal.h"
#include "run/caller.h"

static const struct {
    int number;
    const char *what;
} refused[] = {
#ifdef SYS_open
    {SYS_open, "open a file"},
#endif
    {SYS_openat, "open a file"},
    {SYS_socket, "reach the network"},
    {SYS_connect, "reach the network"},
#ifdef SYS_fork
    {SYS_fork, "start a process"},
    {SYS_vfork, "start a process"},
#endif
    {SYS_clone, "start a thread or a process"},
    {SYS_clone3, "start a thread or a process"},
    {SYS_execve, "run a program"},
    {SYS_execveat, "run a program"},
    {SYS_kill, "send a signal"},
    {SYS_ptrace, "look into another process"},
    {SYS_unlinkat, "remove a file"},
    {SYS_renameat2, "rename a file"},
    {SYS_mkdirat, "make a folder"},
    {SYS_memfd_create, "make a file"},
    {SYS_pipe2, "make a pipe"},
    {SYS_shmget, "share memory"},
};

enum { REFUSED = sizeof refused / sizeof *refused };

static struct suite_run *running;

static void on_refused(int number, siginfo_t *info, void *context)
{
    const char *what = "ask the kernel for something";
    (void)number;
    (void)context;
    for (size_t k = 0; k < REFUSED; k++)
        if (refused[k].number == info->si_syscall)
            what = refused[k].what;
    check_fail(running, "it tried to %s (system call %d): a plugin only computes", what,
               info->si_syscall);
    _exit(0);
}

#if defined(__x86_64__)
#define THIS_MACHINE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define THIS_MACHINE AUDIT_ARCH_AARCH64
#else
#define THIS_MACHINE 0
#endif

static int filter_calls(void)
{
    struct sock_filter code[REFUSED + 8];
    unsigned short n = 0;
    code[n++] =
        (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch));
    code[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, THIS_MACHINE, 1, 0);
    code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP);
    code[n++] =
        (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
    for (unsigned k = 0; k < REFUSED; k++)
        code[n++] = (struct sock_filter)BPF_JUMP(
            BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)refused[k].number, (uint8_t)(REFUSED - k), 0);
    code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP);
    struct sock_fprog program = {n, code};
    return THIS_MACHINE == 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0
               ? -1
               : prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

/* Once: a filter is never taken away. */
static void before(void *data, struct caller *caller, enum phase phase)
{
    static bool done;
    struct sigaction action = {.sa_sigaction = on_refused, .sa_flags = SA_SIGINFO};
    (void)caller;
    (void)phase;
    running = data;
    if (!done && (sigaction(SIGSYS, &action, NULL) != 0 || filter_calls() != 0))
        check_skip(running, "this machine has no filter of system calls");
    done = true;
}

void check_system_calls(struct suite_run *run)
{
    struct watch watch = {before, NULL, run};
    struct run_options options = {.in_process = true, .watch = &watch};
    struct made_model made = {0};
    struct trial trial = {0};
    if (run->in_process)
        check_skip(run, "it needs a process of its own");
    else if (check_made(run, &shape_random, 1200, &made) && check_load(run, &made, &trial))
        check_run_quietly(run, &options, &trial);
    /* This process can do nothing more. */
    if (!check_failed(run))
        atomic_store(&run->answer->verdict, SUITE_PASSED);
    _exit(0);
}
