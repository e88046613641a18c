// What was typed into a form, kept in this tab until it is sent or given up: a reload, Back, a log-out in between or a
// tab that crashed cost nothing. A key is never in it.

/** Somebody who pastes a key where words belong has not asked us to keep it. */
const LOOKS_LIKE_A_KEY = /[a-z0-9]{2,8}_[0-9A-Za-z]{36}/;

const PREFIX = "latchkey.draft.";
/** Where it is kept which draft was sent last. */
const SENT = "latchkey.sent";

export class Draft {
  /** @param {string} name begins with the person: the next who logs in at this browser is not shown it */
  constructor(name) {
    this.place = PREFIX + name;
  }

  /** Forgets the draft that was sent last, if its name begins so. An address that only claims it costs nothing. */
  static forgetSent(beginning) {
    try {
      const sent = sessionStorage.getItem(SENT);
      if (!sent?.startsWith(PREFIX + beginning)) return;
      sessionStorage.removeItem(sent);
      sessionStorage.removeItem(SENT);
    } catch {
      // As said below.
    }
  }

  /** Notes that it is sent now: the page that says that it arrived forgets it, and no other draft. */
  send() {
    try {
      sessionStorage.setItem(SENT, this.place);
    } catch {
      // As said below.
    }
  }

  /** @returns {Record<string, any> | null} what was kept, by the names of the fields */
  get value() {
    try {
      return JSON.parse(sessionStorage.getItem(this.place));
    } catch {
      return null;
    }
  }

  keep(value) {
    const text = JSON.stringify(value);
    if (LOOKS_LIKE_A_KEY.test(text)) return this.forget();
    try {
      sessionStorage.setItem(this.place, text);
    } catch {
      // A browser may keep nothing; then only the question before closing protects what was typed.
    }
  }

  forget() {
    try {
      sessionStorage.removeItem(this.place);
    } catch {
      // As said above.
    }
  }
}
