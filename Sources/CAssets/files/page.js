// What every script of the pages shares: the page's words, and talking to the server.

/** Milliseconds until an unanswered request counts as a lost connection. */
const PATIENCE = 20_000;

/** A phrase in the page's language, from <template id="words">; `{name}` is replaced by a value of that name. */
export function word(name, values = {}) {
  const source = document.getElementById("words")?.content.querySelector(`[data-word="${name}"]`);
  if (!source) return "";
  return source.textContent.replace(/\{(\w+)\}/g, (whole, key) => String(values[key] ?? whole));
}

/** The words for a refusal of the API: by its code, else what the API itself says. */
export function explain(problem, field) {
  const fault = problem?.errors?.find((error) => error.field === field) ?? problem;
  return word(fault?.code) || fault?.detail || word("failed");
}

/** The server could not be reached, or did not answer in time. Nothing is known of what it has done. */
export class Unreachable extends Error {}

/**
 * Calls the JSON API. Any answer is returned, whatever its status; no answer throws `Unreachable`.
 * @returns {Promise<{ok: boolean, status: number, body: any}>}
 */
export async function call(method, path, body) {
  const headers = { Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const response = await reach(path, {
    method,
    headers,
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return { ok: response.ok, status: response.status, body: await readJSON(response) };
}

/** Fetches a part of a page. `null` when the server answered with something else, such as the log-in page. */
export async function fetchPart(path, selector) {
  const response = await reach(path, { headers: { Accept: "text/html" } });
  if (!response.ok || response.redirected) return null;
  const part = new DOMParser().parseFromString(await response.text(), "text/html").querySelector(selector);
  return part && document.adoptNode(part);
}

async function reach(path, options) {
  try {
    return await fetch(path, { ...options, cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
  } catch {
    throw new Unreachable();
  }
}

async function readJSON(response) {
  try {
    return await response.json();
  } catch {
    return null;
  }
}

/** Runs a task while its button shows that it is busy and takes no second click. */
export async function whileBusy(button, task) {
  if (button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  try {
    await task();
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    return error;
  } finally {
    button.removeAttribute("aria-busy");
  }
}

/** Milliseconds for which a notice stays at the foot of the page. */
const NOTICE = 8_000;

/** Says at the foot of the page what has been done ("good") or what failed ("bad"), to eye and ear. */
export function announce(text, kind = "good") {
  const toast = document.querySelector("[data-toast]");
  toast.className = `note ${kind} toast`;
  toast.hidden = false;
  toast.querySelector("[data-text]").textContent = text;
  clearTimeout(announce.timer);
  announce.timer = setTimeout(() => {
    toast.hidden = true;
    toast.querySelector("[data-text]").textContent = "";
  }, NOTICE);
}

/** Says to screen readers what the page shows already. */
export function tell(text) {
  document.querySelector("[data-told]").textContent = text;
}

/** A notice is said once: a reload must not say it again. */
export function forgetNotice() {
  const address = new URL(location.href);
  if (!address.searchParams.has("notice")) return;
  address.searchParams.delete("notice");
  history.replaceState(null, "", address);
}
