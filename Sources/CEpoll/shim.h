// What Swift's view of the C library leaves out: epoll(7), eventfd(2) and accept4(2).
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

// Declared by the C library only where _GNU_SOURCE is defined, which would not be the library that Swift knows.
int accept4(int socket, struct sockaddr *restrict address, socklen_t *restrict length, int flags);
