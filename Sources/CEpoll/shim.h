// What Swift's view of the C library leaves out: epoll(7) and eventfd(2).
#include <sys/epoll.h>
#include <sys/eventfd.h>
