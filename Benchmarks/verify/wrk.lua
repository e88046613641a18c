-- For wrk: presents the keys of a file in turn, and prints what was counted as one line of JSON.
--
-- Arguments: the request with "{key}" where the key goes (a file), the keys (a file), their length, how many there
-- are, and how many requests are sent at once.

local ffi = require "ffi"
ffi.cdef [[
    int open(const char *path, int flags, ...);
    void *mmap(void *address, size_t length, int protection, int flags, int fd, long offset);
]]
local PROT_READ, MAP_SHARED = 1, 1

local threads = 0
function setup(thread)
    thread:set("number", threads)
    threads = threads + 1
end

local head, tail, keys, width, count, next_key, at_once

function init(arguments)
    local file = assert(io.open(arguments[1], "rb"))
    local text = file:read("*a")
    file:close()
    local first, last = text:find("{key}", 1, true)
    head, tail = text:sub(1, first - 1), text:sub(last + 1)
    width, count, at_once = tonumber(arguments[3]), tonumber(arguments[4]), tonumber(arguments[5])
    -- Mapped, not read: 10 million keys are more than Lua may hold.
    local mapped = ffi.C.mmap(nil, width * count, PROT_READ, MAP_SHARED, ffi.C.open(arguments[2], 0), 0)
    assert(ffi.cast("intptr_t", mapped) ~= -1, "cannot map the keys")
    keys = ffi.cast("const char *", mapped)
    -- Threads begin half-way from each other.
    next_key = math.floor(count / 2) * number % count
end

local function one()
    local key = ffi.string(keys + next_key * width, width)
    next_key = next_key + 1
    if next_key == count then next_key = 0 end
    return head .. key .. tail
end

function request()
    if at_once == 1 then return one() end
    local several = {}
    for place = 1, at_once do several[place] = one() end
    return table.concat(several)
end

function done(summary, latency)
    local errors = summary.errors
    assert(errors.connect + errors.read + errors.write + errors.timeout == 0, "connections failed")
    io.write(string.format(
        '\n{"requests":%d,"accepted":%d,"refused":%d,"lost":0,"seconds":%.6f,"p50_us":%d,"p90_us":%d,"p99_us":%d}\n',
        summary.requests, summary.requests - errors.status, errors.status, summary.duration / 1e6,
        latency:percentile(50), latency:percentile(90), latency:percentile(99)))
end
