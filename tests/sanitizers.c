/*
 * Defaults of the sanitizers in the test runner: a crash ends as its signal, which is what Criterion and
 * the tests of workers look at, not as exit 1. Weak: where the commands bring their own, those count.
 */
const char *__asan_default_options(void);
const char *__ubsan_default_options(void);
const char *__lsan_default_suppressions(void);

#define DEFAULT __attribute__((weak, visibility("default")))

DEFAULT const char *__asan_default_options(void) /* NOLINT(bugprone-reserved-identifier) */
{
    return "handle_segv=0:handle_abort=0:handle_sigbus=0:handle_sigfpe=0:handle_sigill=0";
}

DEFAULT const char *__ubsan_default_options(void) /* NOLINT(bugprone-reserved-identifier) */
{
    return "print_stacktrace=1";
}

/* Criterion 2.4.1 keeps 288 bytes of its own to the end. */
DEFAULT const char *__lsan_default_suppressions(void) /* NOLINT(bugprone-reserved-identifier) */
{
    return "leak:libcriterion.so";
}
