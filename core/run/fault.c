/* Faults: see fault.h. The handler has a stack of its own, since what it reports may be that the stack is full. */
#include "run/fault.h"

#include <signal.h>
#include <sys/resource.h>

enum { STACK_BYTES = 65536, NULL_BYTES = 65536, NEAR_BYTES = 1 << 20 };

static struct fault *noted;

/* The disposition is the default again: the instruction is tried once more when this returns, and that ends it. */
static void on_fault(int number, siginfo_t *info, void *context)
{
    (void)context;
    atomic_store(&noted->address, (uintptr_t)info->si_addr);
    atomic_store(&noted->known, info->si_code > 0);
    if (info->si_code <= 0) /* it was sent, not met */
        raise(number);
}

void fault_watch(struct fault *fault)
{
    static char stack[STACK_BYTES];
    const stack_t own = {.ss_sp = stack, .ss_size = sizeof stack};
    struct sigaction action = {.sa_sigaction = on_fault,
                               .sa_flags = SA_SIGINFO | SA_ONSTACK | (int)SA_RESETHAND};
    noted = fault;
    sigemptyset(&action.sa_mask);
    if (sigaltstack(&own, NULL) != 0)
        return;
    sigaction(SIGSEGV, &action, NULL);
    sigaction(SIGBUS, &action, NULL);
}

static bool is_within(uint64_t address, const void *start, size_t bytes)
{
    return start && address - (uintptr_t)start < bytes;
}

/* The worker's stack began where the host's stood. */
static bool is_below_stack(uint64_t address)
{
    struct rlimit limit;
    uint64_t here = (uintptr_t)__builtin_frame_address(0);
    if (getrlimit(RLIMIT_STACK, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
        return false;
    return address < here && here - address > limit.rlim_cur / 2 &&
           here - address < limit.rlim_cur + NEAR_BYTES;
}

static bool is_of_model(uint64_t address, const struct model *model)
{
    for (size_t k = 0; k < model->n_blocks; k++)
        if (is_within(address, model->blocks[k].start, model->blocks[k].bytes))
            return true;
    return false;
}

const char *fault_words(const struct share *share, const struct fault *fault)
{
    uint64_t address = atomic_load(&fault->address);
    if (atomic_load(&fault->known) == 0)
        return "";
    if (address < NULL_BYTES)
        return "it used a null pointer (malloc answers one beyond limits: memory)";
    if (is_within(address, share->map, share->map_bytes))
        return "it wrote outside of its results and its state";
    if (share->model && is_of_model(address, share->model))
        return "it wrote into the model";
    return is_below_stack(address) ? "its stack was full, as when a function calls itself for ever"
                                   : "it used memory that is not its own";
}
