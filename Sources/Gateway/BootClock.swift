import Foundation
import KeyCore

extension BootTime {
    /// CLOCK_BOOTTIME: no one sets it, and it runs while the machine sleeps (clock_gettime(2)). CLOCK_MONOTONIC would
    /// stand still then, and a laptop that wakes up would take its old lease for a valid one.
    package static var now: BootTime {
        var time = timespec()
        #if os(Linux)
        clock_gettime(CLOCK_BOOTTIME, &time)
        #else
        clock_gettime(CLOCK_MONOTONIC, &time)  // Darwin's runs while the machine sleeps
        #endif
        return BootTime(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }
}
