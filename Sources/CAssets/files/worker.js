// Shows a page of our own where none can be had: the device has no network, or the service does not answer. It keeps
// this one page and nothing else, and touches no request but one for a page.
//
// `version` stands before it as it is served, and changes with the page: a browser that sees other bytes than it has
// takes the worker anew, and with it the page.

const PAGE = `/offline/${new URL(location).searchParams.get("language")}`;
const KEPT_AS = "offline ";
const STORE = `${KEPT_AS}${PAGE} ${version}`;

addEventListener("install", (event) => event.waitUntil(keep()));
addEventListener("activate", (event) => event.waitUntil(tidy()));
addEventListener("fetch", (event) => {
  const { method, mode } = event.request;
  if (method === "GET" && mode === "navigate") event.respondWith(load(event.request));
});

async function keep() {
  const store = await caches.open(STORE);
  await store.add(new Request(PAGE, { cache: "reload", credentials: "omit" }));
  await skipWaiting();
}

/** What older workers kept. */
async function tidy() {
  const old = (await caches.keys()).filter((name) => name.startsWith(KEPT_AS) && name !== STORE);
  await Promise.all(old.map((name) => caches.delete(name)));
}

/** Any answer is shown as it is, whatever its status; ours stands only for none. */
async function load(request) {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match(PAGE)) ?? Response.error();
  }
}
