// ThreadSanitizer sees only what was compiled with it. Of Swift's Mutex, taking a free one is compiled into our code,
// but waiting for one that is taken stands in the standard library: after it, all that the lock protects would seem
// to be touched without it. So the test has this in place of that (Synchronization._MutexHandle._lockSlow, Linux), with
// the same meaning: it returns once the lock holds the thread's number instead of zero.
#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>

#define SWIFT_SELF __attribute__((swift_context))

__attribute__((swiftcall)) void lock_slow(uint32_t thread, SWIFT_SELF _Atomic(uint32_t) *lock)
    __asm__("$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF");

__attribute__((swiftcall)) void lock_slow(uint32_t thread, SWIFT_SELF _Atomic(uint32_t) *lock) {
    uint32_t nobody = 0;
    while (!atomic_compare_exchange_weak_explicit(lock, &nobody, thread, memory_order_acquire, memory_order_relaxed)) {
        nobody = 0;
        sched_yield();
    }
}
