/*
 * The filters: see filter.h. What may be called is a table by name, so that it holds for every architecture; a name
 * that an architecture lacks is left out. The one for loading allows what is listed and traps the rest; the others are stacked on
 * it, and of what they say the strictest holds.
 */
#include "plugin/filter.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/prctl.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifdef UPTAKE_SECCOMP

#include <seccomp.h>

/* Stands for the number of the process that installs it. No process has it: it is above the kernel's PID_MAX_LIMIT. */
enum { PLACE_OF_PID = 0x5e1f5e1f };

/* A condition on one argument: (argument & mask) == value. mask 0: none. */
struct condition {
    unsigned argument;
    uint32_t mask, value;
};

struct rule {
    const char *call;
    uint32_t action; /* SCMP_ACT_... */
    struct condition when;
};

#define ALLOW(call)                                                                                \
    {                                                                                              \
        call, SCMP_ACT_ALLOW,                                                                      \
        {                                                                                          \
            0, 0, 0                                                                                \
        }                                                                                          \
    }
#define ALLOW_IF(call, argument, mask, value)                                                      \
    {                                                                                              \
        call, SCMP_ACT_ALLOW,                                                                      \
        {                                                                                          \
            argument, mask, (uint32_t)(value)                                                      \
        }                                                                                          \
    }
#define FAIL(call, code)                                                                           \
    {                                                                                              \
        call, SCMP_ACT_ERRNO(code),                                                                \
        {                                                                                          \
            0, 0, 0                                                                                \
        }                                                                                          \
    }
#define FAIL_IF(call, code, argument, mask, value)                                                 \
    {                                                                                              \
        call, SCMP_ACT_ERRNO(code),                                                                \
        {                                                                                          \
            argument, mask, (uint32_t)(value)                                                      \
        }                                                                                          \
    }
#define TRAP(call)                                                                                 \
    {                                                                                              \
        call, SCMP_ACT_TRAP,                                                                       \
        {                                                                                          \
            0, 0, 0                                                                                \
        }                                                                                          \
    }
#define TRAP_IF(call, argument, mask, value)                                                       \
    {                                                                                              \
        call, SCMP_ACT_TRAP,                                                                       \
        {                                                                                          \
            argument, mask, (uint32_t)(value)                                                      \
        }                                                                                          \
    }

#define EVERY_BIT UINT32_MAX
#define WRITES (O_ACCMODE | O_CREAT | O_TRUNC | (O_TMPFILE & ~O_DIRECTORY))

static const struct rule loading[] = {
    /* Memory. */
    ALLOW("brk"),
    ALLOW("mmap"),
    ALLOW("munmap"),
    ALLOW("mprotect"),
    ALLOW("mremap"),
    ALLOW("madvise"),
    /* Reading files, for the loader; filter 2 takes the opening away. */
    ALLOW_IF("open", 1, WRITES, O_RDONLY),
    ALLOW_IF("openat", 2, WRITES, O_RDONLY),
    ALLOW("read"),
    ALLOW("readv"),
    ALLOW("pread64"),
    ALLOW("lseek"),
    ALLOW("fstat"),
    ALLOW("newfstatat"),
    ALLOW("stat"),
    ALLOW("lstat"),
    ALLOW("statx"),
    ALLOW("access"),
    ALLOW("faccessat"),
    ALLOW("faccessat2"),
    ALLOW("readlink"),
    ALLOW("readlinkat"),
    ALLOW("getcwd"),
    /* The log is all that is open: what is printed goes there. */
    ALLOW("write"),
    ALLOW("writev"),
    ALLOW("close"),
    ALLOW("close_range"),
    FAIL("ioctl", ENOTTY),
    ALLOW_IF("fcntl", 1, EVERY_BIT, F_GETFL),
    ALLOW_IF("fcntl", 1, EVERY_BIT, F_GETFD),
    ALLOW_IF("fcntl", 1, EVERY_BIT, F_SETFD),
    /* Time and waiting: a limit of the run ends what waits too long. */
    ALLOW("clock_gettime"),
    ALLOW("clock_getres"),
    ALLOW("gettimeofday"),
    ALLOW("time"),
    ALLOW("times"),
    ALLOW("getrusage"),
    ALLOW("nanosleep"),
    ALLOW("clock_nanosleep"),
    ALLOW("pause"),
    ALLOW("poll"),
    ALLOW("ppoll"),
    ALLOW("select"),
    ALLOW("pselect6"),
    ALLOW("alarm"),
    ALLOW("restart_syscall"),
    /* Who and where it is. */
    ALLOW("getpid"),
    ALLOW("gettid"),
    ALLOW("getppid"),
    ALLOW("getpgrp"),
    ALLOW("getpgid"),
    ALLOW("getsid"),
    ALLOW("getuid"),
    ALLOW("geteuid"),
    ALLOW("getgid"),
    ALLOW("getegid"),
    ALLOW("uname"),
    ALLOW("sysinfo"),
    ALLOW("getcpu"),
    ALLOW("sched_yield"),
    ALLOW("sched_getaffinity"),
    ALLOW("getrandom"),
    ALLOW("getrlimit"),
    ALLOW_IF("prlimit64", 2, EVERY_BIT, 0),
    /* Signals to itself: abort and raise are to end it as they always do. */
    ALLOW_IF("tgkill", 0, EVERY_BIT, PLACE_OF_PID),
    ALLOW_IF("kill", 0, EVERY_BIT, PLACE_OF_PID),
    ALLOW("rt_sigaction"),
    ALLOW("rt_sigprocmask"),
    ALLOW("rt_sigpending"),
    ALLOW("rt_sigsuspend"),
    ALLOW("rt_sigtimedwait"),
    ALLOW("rt_sigreturn"),
    ALLOW("sigaltstack"),
    /* What the C library does by itself. */
    ALLOW("futex"),
    ALLOW("futex_waitv"),
    ALLOW("set_robust_list"),
    ALLOW("set_tid_address"),
    ALLOW("rseq"),
    ALLOW("arch_prctl"),
    ALLOW_IF("prctl", 0, EVERY_BIT, PR_SET_NAME),
    ALLOW_IF("prctl", 0, EVERY_BIT, PR_GET_NAME),
    ALLOW_IF("prctl", 0, EVERY_BIT, PR_SET_VMA),
    ALLOW_IF("seccomp", 0, EVERY_BIT, SECCOMP_SET_MODE_FILTER),
    FAIL("membarrier", ENOSYS),
    FAIL("clone3", ENOSYS), /* its flags lie in memory: the C library then asks for clone */
    ALLOW("exit"),
    ALLOW("exit_group"),
};

/* The handler of SIGSYS stays ours, from before a constructor runs. All others are its own. */
static const struct rule guard[] = {
    FAIL_IF("rt_sigaction", EPERM, 0, EVERY_BIT, SIGSYS),
};

/* newfstatat: the C library looks at a descriptor by it, with an empty path, and does without the answer; a path beside that
 * flag is as readable as any. */
static const struct rule computing[] = {
    TRAP_IF("newfstatat", 3, AT_EMPTY_PATH, 0),
    FAIL_IF("newfstatat", EACCES, 3, AT_EMPTY_PATH, AT_EMPTY_PATH),
    TRAP("open"),
    TRAP("openat"),
    TRAP("stat"),
    TRAP("lstat"),
    TRAP("statx"),
    TRAP("access"),
    TRAP("faccessat"),
    TRAP("faccessat2"),
    TRAP("readlink"),
    TRAP("readlinkat"),
    TRAP("getcwd"),
    TRAP("seccomp"),
    TRAP_IF("mmap", 2, PROT_EXEC, PROT_EXEC),
    TRAP_IF("mprotect", 2, PROT_EXEC, PROT_EXEC),
};

static const struct {
    const struct rule *rules;
    size_t count;
    uint32_t otherwise;
} stages[FILTER_STAGES] = {
    [FILTER_GUARD] = {guard, sizeof guard / sizeof *guard, SCMP_ACT_ALLOW},
    [FILTER_LOADING] = {loading, sizeof loading / sizeof *loading, SCMP_ACT_TRAP},
    [FILTER_COMPUTING] = {computing, sizeof computing / sizeof *computing, SCMP_ACT_ALLOW},
};

/* --- Building, in the host --------------------------------------------------------------------- */

static struct sock_fprog built[FILTER_STAGES];

bool filters_known(void)
{
    return true;
}

static int add_rule(scmp_filter_ctx filter, const struct rule *rule)
{
    const struct condition *when = &rule->when;
    int number = seccomp_syscall_resolve_name(rule->call);
    if (number < 0) /* not of this architecture */
        return 0;
    if (when->mask == 0)
        return seccomp_rule_add(filter, rule->action, number, 0);
    return seccomp_rule_add(
        filter, rule->action, number, 1,
        SCMP_CMP32(when->argument, SCMP_CMP_MASKED_EQ, when->mask, when->value));
}

/* The library writes to a descriptor only. */
static int export_filter(scmp_filter_ctx filter, struct sock_fprog *program)
{
    int failed = -1, file = memfd_create("uptake-filter", MFD_CLOEXEC);
    off_t bytes;
    if (file >= 0 && seccomp_export_bpf(filter, file) == 0 &&
        (bytes = lseek(file, 0, SEEK_END)) > 0 && (program->filter = malloc((size_t)bytes)) &&
        pread(file, program->filter, (size_t)bytes, 0) == bytes) {
        program->len = (unsigned short)((size_t)bytes / sizeof *program->filter);
        failed = 0;
    }
    if (file >= 0)
        close(file);
    return failed;
}

static int build(enum filter_stage stage)
{
    scmp_filter_ctx filter = seccomp_init(stages[stage].otherwise);
    int failed = !filter || seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2) != 0;
    for (size_t k = 0; !failed && k < stages[stage].count; k++)
        failed = add_rule(filter, &stages[stage].rules[k]);
    if (!failed)
        failed = export_filter(filter, &built[stage]);
    if (filter)
        seccomp_release(filter);
    return failed ? -1 : 0;
}

int filters_build(void)
{
    for (int stage = 0; stage < FILTER_STAGES; stage++)
        if (!built[stage].filter && build((enum filter_stage)stage) != 0)
            return -1;
    return 0;
}

const char *filter_call_name(int number)
{
    static char name[32];
    char *found = seccomp_syscall_resolve_num_arch(SCMP_ARCH_NATIVE, number);
    if (!found)
        return NULL;
    strncpy(name, found, sizeof name - 1);
    free(found);
    return name;
}

/* --- Installing, in the child ------------------------------------------------------------------ */

int filter_install(enum filter_stage stage)
{
    struct sock_fprog *program = &built[stage];
    if (filters_build() != 0)
        return -1;
    for (unsigned k = 0; k < program->len; k++)
        if (BPF_CLASS(program->filter[k].code) == BPF_JMP && program->filter[k].k == PLACE_OF_PID)
            program->filter[k].k = (uint32_t)getpid();
    return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, program);
}

#else /* without libseccomp */

bool filters_known(void)
{
    return false;
}
int filters_build(void)
{
    return 0;
}
int filter_install(enum filter_stage stage)
{
    (void)stage;
    return -1;
}
const char *filter_call_name(int number)
{
    (void)number;
    return NULL;
}

#endif
