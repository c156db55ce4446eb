/* The sandbox: see sandbox.h. */
#include "plugin/sandbox.h"

#include <errno.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#include "plugin/filter.h"
#include "plugin/landlock.h"

/* --- What there is ----------------------------------------------------------------------------- */

static bool kernel_filters(void)
{
    uint32_t action = SECCOMP_RET_TRAP;
    return syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
}

enum sandbox_level sandbox_offered(void)
{
    static int known = -1;
    if (known < 0)
        known = !filters_known() || !kernel_filters() ? SANDBOX_PROCESS
                : landlock_version() == 0             ? SANDBOX_NO_LANDLOCK
                                                      : SANDBOX_FULL;
    return (enum sandbox_level)known;
}

const char *sandbox_name(enum sandbox_level level)
{
    static const char *const names[] = {"process", "no-landlock", "full"};
    return names[level];
}

const char *sandbox_lacks(void)
{
    switch (sandbox_offered()) {
    case SANDBOX_PROCESS:
        return filters_known()
                   ? "this kernel, or the container around it, allows no seccomp filters"
                   : "this uptake was built without libseccomp";
    case SANDBOX_NO_LANDLOCK: return "this kernel, or the container around it, offers no Landlock";
    default: return NULL;
    }
}

static enum sandbox_level most_wanted = SANDBOX_FULL;

void sandbox_limit(enum sandbox_level most)
{
    most_wanted = most;
}

enum sandbox_level sandbox_level(void)
{
    return most_wanted < sandbox_offered() ? most_wanted : sandbox_offered();
}

void sandbox_prepare(void)
{
    if (sandbox_level() != SANDBOX_PROCESS)
        filters_build();
}

/* --- In the child ------------------------------------------------------------------------------ */

static struct sandbox_denial *noted;
static bool entered;

static uint32_t first_argument(const ucontext_t *context)
{
#if defined(__x86_64__)
    return (uint32_t)context->uc_mcontext.gregs[REG_RDI];
#elif defined(__aarch64__)
    return (uint32_t)context->uc_mcontext.regs[0];
#else
    (void)context;
    return 0;
#endif
}

/* Its disposition is the default again: what is raised ends the process when this returns. */
static void on_denied(int signal_number, siginfo_t *info, void *context)
{
    atomic_store(&noted->argument, first_argument(context));
    atomic_store(&noted->call, (uint32_t)info->si_syscall + 1);
    raise(signal_number);
}

static int handle_denied(void)
{
    struct sigaction action = {.sa_sigaction = on_denied,
                               .sa_flags = SA_SIGINFO | (int)SA_RESETHAND};
    sigemptyset(&action.sa_mask);
    return sigaction(SIGSYS, &action, NULL);
}

int sandbox_enter(const char *bundle, struct sandbox_denial *denial)
{
    enum sandbox_level level = sandbox_level();
    noted = denial;
    if (level == SANDBOX_PROCESS)
        return 0;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || handle_denied() != 0)
        return -1;
    if (level == SANDBOX_FULL && landlock_restrict(bundle) != 0)
        return -1;
    if (filter_install(FILTER_GUARD) != 0 || filter_install(FILTER_LOADING) != 0)
        return -1;
    entered = true;
    return 0;
}

int sandbox_seal(void)
{
    return entered ? filter_install(FILTER_COMPUTING) : 0;
}

/* --- What was tried ---------------------------------------------------------------------------- */

static const struct {
    const char *deed;
    const char *calls; /* blanks around each */
} deeds[] = {
    {"tried to open a file", " open openat openat2 creat open_by_handle_at memfd_create "},
    {"tried to look at files",
     " stat lstat statx newfstatat access faccessat faccessat2 readlink readlinkat getcwd "
     "getdents getdents64 statfs chdir "},
    {"tried to change files",
     " unlink unlinkat rename renameat renameat2 mkdir mkdirat rmdir link linkat symlink symlinkat "
     "truncate ftruncate chmod fchmod fchmodat chown fchown lchown fchownat mknod mknodat mount "
     "umount2 "},
    {"tried to use the network",
     " socket socketpair connect bind listen accept accept4 sendto sendmsg sendmmsg recvfrom "
     "recvmsg recvmmsg "},
    {"tried to start a process", " fork vfork clone "},
    {"tried to run a program", " execve execveat "},
    {"tried to send a signal to another process",
     " kill tkill tgkill rt_sigqueueinfo rt_tgsigqueueinfo pidfd_send_signal "},
    {"tried to trace or read another process",
     " ptrace process_vm_readv process_vm_writev pidfd_open pidfd_getfd "},
    {"tried to leave its process group", " setsid setpgid "},
    {"tried to make memory executable", " mmap mprotect pkey_mprotect "},
    {"tried to share memory with others", " shmget shmat shmctl shmdt msgget semget mq_open "},
};

static const char *deed_of(const char *call, uint32_t argument)
{
    char word[48];
    snprintf(word, sizeof word, " %s ", call);
    if (strcmp(call, "clone") == 0 && (argument & CLONE_THREAD))
        return "tried to start a thread";
    for (size_t k = 0; k < sizeof deeds / sizeof *deeds; k++)
        if (strstr(deeds[k].calls, word))
            return deeds[k].deed;
    return NULL;
}

const char *sandbox_deed(const struct sandbox_denial *denial, char text[SANDBOX_DEED_BYTES])
{
    uint32_t call = atomic_load(&denial->call), argument = atomic_load(&denial->argument);
    *text = 0;
    if (call == 0)
        return text;
    const char *name = filter_call_name((int)(call - 1));
    const char *deed = name ? deed_of(name, argument) : NULL;
    if (deed)
        snprintf(text, SANDBOX_DEED_BYTES, "%s (%s)", deed, name);
    else if (name)
        snprintf(text, SANDBOX_DEED_BYTES, "made the system call %s, which plugins may not", name);
    else
        snprintf(text, SANDBOX_DEED_BYTES, "made system call %u, which plugins may not", call - 1);
    return text;
}
