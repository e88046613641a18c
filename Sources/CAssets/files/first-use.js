// Waits for the first request made with a key. The server tells of it as it comes; where no stream of events gets
// through, it is asked again and again.

import { call } from "./page.js";

/** Milliseconds after which a stream that has said nothing counts as held back by something in between. */
const SILENCE = 5_000;
/** Milliseconds between two questions. */
const ASK_EVERY = 2_000;
/** Milliseconds for which it is worth while to wait. */
const PATIENCE = 15 * 60_000;

export class FirstUse {
  /**
   * @param {string} id what the server knows the key by
   * @param {(use: {at: string, address: string | null}) => void} onUse called once, when it has come
   * @param {() => void} onEnd called when nothing is waited for any more: it took too long, or the key is gone
   */
  constructor(id, onUse, onEnd) {
    this.id = id;
    this.onUse = onUse;
    this.onEnd = onEnd;
    this.patience = setTimeout(() => this.giveUp(), PATIENCE);
    this.listen();
  }

  /** Waits no longer. */
  stop() {
    this.stopped = true;
    this.hangUp();
    clearTimeout(this.patience);
    clearTimeout(this.next);
  }

  listen() {
    this.source = new EventSource(`/v1/keys/${this.id}/events`);
    this.silence = setTimeout(() => this.ask(), SILENCE);
    this.source.addEventListener("waiting", () => clearTimeout(this.silence));
    this.source.addEventListener("first-use", (event) => this.found(JSON.parse(event.data).first_use));
    this.source.addEventListener("error", () => this.ask());
  }

  hangUp() {
    clearTimeout(this.silence);
    this.source.close();
  }

  async ask() {
    this.hangUp();
    const answer = await call("GET", `/v1/keys/${this.id}`).catch(() => null);
    if (this.stopped) return;
    if (answer?.body?.first_use) this.found(answer.body.first_use);
    else if (answer?.status === 401 || answer?.status === 404) this.giveUp();
    else this.next = setTimeout(() => this.ask(), ASK_EVERY);
  }

  giveUp() {
    this.stop();
    this.onEnd();
  }

  found(use) {
    this.stop();
    this.onUse(use);
  }
}
