-- Asks Latchkey whether a request may pass. haproxy.cfg beside this file calls it.

local ADDRESS = "http://127.0.0.1:8080/v1/authorize"
-- Milliseconds for one attempt; a decision takes less than one. HAProxy 2.6 makes four before it gives up.
local LIMIT = 500

local IDENTITY = {
    "x-latchkey-key", "x-latchkey-user", "x-latchkey-company", "x-latchkey-permissions", "x-latchkey-expires",
    "x-latchkey-stale",
}
-- What of a refusal reaches the client, besides its status and its body.
local SHOWN = { "content-type", "www-authenticate", "retry-after", "cache-control" }
local UNAVAILABLE = '{"type":"/docs#unavailable","title":"Service Unavailable","status":503,"code":"unavailable"}\n'

-- Nothing of the client's but its key; the method and the path as HAProxy itself has read them.
local function ask(txn)
    local sent = txn.http:req_get_headers()
    return core.httpclient():get({
        url = ADDRESS,
        timeout = LIMIT,
        headers = {
            ["authorization"] = sent["authorization"],
            ["x-api-key"] = sent["x-api-key"],
            ["x-original-method"] = { txn.sf:method() },
            ["x-original-uri"] = { txn.sf:pathq() },
            ["x-forwarded-for"] = { txn.sf:src() },
        },
    })
end

local function refuse(txn, status, headers, body)
    local reply = txn:reply({ status = status, body = body })
    for _, name in ipairs(SHOWN) do
        for _, value in pairs(headers[name] or {}) do
            reply:add_header(name, value)
        end
    end
    txn:done(reply)
end

-- Latchkey refuses with a problem document. Any other answer is HAProxy's own, about a Latchkey that it cannot reach.
local function is_refusal(answer)
    for _, kind in pairs(answer.headers["content-type"] or {}) do
        return kind:find("application/problem+json", 1, true) == 1
    end
end

core.register_action("latchkey", { "http-req" }, function(txn)
    local answered, answer = pcall(ask, txn)
    if answered and answer and answer.status == 200 then
        for _, name in ipairs(IDENTITY) do
            for _, value in pairs(answer.headers[name] or {}) do
                txn.http:req_set_header(name, value)
            end
        end
        txn:set_var("txn.latchkey", "passed")
    elseif answered and answer and answer.headers and is_refusal(answer) then
        refuse(txn, answer.status, answer.headers, answer.body)
    else
        refuse(txn, 503, { ["content-type"] = { "application/problem+json" } }, UNAVAILABLE)
    end
end, 0)
