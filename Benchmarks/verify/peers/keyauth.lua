-- Checks API keys in nginx as Kong's and APISIX's key-auth do, with what ours checks too: a digest instead of the
-- key itself, expiry, and the permission that is asked for.

local ffi = require "ffi"
local redis = require "nginx.redis"

ffi.cdef [[ unsigned char *SHA256(const unsigned char *data, size_t length, unsigned char *digest); ]]

local keyauth = {}
local credentials = {}
local digest = ffi.new("unsigned char[32]")

local function sha256(text)
    ffi.C.SHA256(text, #text, digest)
    return ffi.string(digest, 32)
end

local function credential(text)
    local user, expires, names = text:match("^(%S+) (%d+) (.*)$")
    local permissions = {}
    for name in names:gmatch("%S+") do permissions[name] = true end
    return { user = user, expires = tonumber(expires), permissions = permissions, names = names }
end

-- Reads all credentials before the workers are forked.
function keyauth.remember(path)
    for line in io.lines(path) do
        local hex, rest = line:match("^(%x+) (.*)$")
        local key = hex:gsub("%x%x", function(byte) return string.char(tonumber(byte, 16)) end)
        credentials[key] = credential(rest)
    end
end

function keyauth.remembered(key)
    return credentials[sha256(key)]
end

function keyauth.asked(key)
    local store = redis:new()
    assert(store:connect("127.0.0.1", keyauth.redis_port))
    local text = assert(store:get(sha256(key)))
    store:set_keepalive(60000, 128)
    return text ~= ngx.null and credential(text) or nil
end

local function refuse(status, code)
    ngx.status = status
    ngx.header["WWW-Authenticate"] = "Bearer"
    ngx.header["Content-Type"] = "application/problem+json"
    local body = '{"status":' .. status .. ',"code":"' .. code .. '"}'
    ngx.header["Content-Length"] = #body
    ngx.print(body)
end

function keyauth.answer(find)
    local header = ngx.var.http_authorization
    if not header or header:sub(1, 7) ~= "Bearer " then return refuse(401, "missing") end
    local found = find(header:sub(8))
    if not found then return refuse(401, "unknown") end
    if found.expires < ngx.time() then return refuse(401, "expired") end
    local permission = ngx.var.arg_permission
    if permission and not found.permissions[permission] then return refuse(403, "missing_permission") end
    local headers = ngx.header
    headers["Content-Type"] = "application/json"
    headers["X-User"] = found.user
    headers["X-Permissions"] = found.names
    local body = '{"valid":true,"user":"' .. found.user .. '"}'
    headers["Content-Length"] = #body
    ngx.print(body)
end

return keyauth
