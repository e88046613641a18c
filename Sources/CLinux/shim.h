// What Swift's view of the C library leaves out: epoll(7), eventfd(2), accept4(2) and sched_setattr(2).
#include <linux/sched/types.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

// Declared by the C library only where _GNU_SOURCE is defined, which would not be the library that Swift knows.
int accept4(int socket, struct sockaddr *restrict address, socklen_t *restrict length, int flags);
long syscall(long number, ...);

/// Asks the kernel to give the calling thread the processor in slices of so many nanoseconds, 100,000 at least.
///
/// Its share of the processor stays the same, as its policy and niceness do; it gets it sooner after it has slept.
/// Kernels before 6.12 do not listen.
static inline void latchkey_ask_for_slices(uint64_t nanoseconds) {
    struct sched_attr wish = {.size = sizeof wish};
    if (syscall(SYS_sched_getattr, 0, &wish, sizeof wish, 0) != 0) return;
    wish.sched_runtime = nanoseconds;
    syscall(SYS_sched_setattr, 0, &wish, 0);
}
