/* Connects to port 9 of this machine. */
#include "hostile.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

static void act(struct uptake_call *call, uint64_t i)
{
    struct sockaddr_in there = {.sin_family = AF_INET, .sin_port = htons(9)};
    (void)call, (void)i;
    there.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int file = socket(AF_INET, SOCK_STREAM, 0);
    if (file >= 0 && connect(file, (struct sockaddr *)&there, sizeof there) == 0)
        close(file);
}

HOSTILE("connect-loopback", "no-landlock", "connects to port 9 of this machine")
