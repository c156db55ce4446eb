/* Starts a thread and goes on. */
#include "hostile.h"

#include <pthread.h>
#include <unistd.h>

static void *go_on(void *nothing)
{
    sleep(20);
    return nothing;
}

static void act(struct uptake_call *call, uint64_t i)
{
    pthread_t thread;
    (void)call, (void)i;
    if (pthread_create(&thread, NULL, go_on, NULL) == 0)
        pthread_detach(thread);
}

HOSTILE("thread-left-behind", "no-landlock", "starts a thread and goes on")
