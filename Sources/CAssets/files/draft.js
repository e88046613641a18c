// What was typed into the window that creates a key, kept in this tab until the key is made or the window is left for
// good: a reload, Back, or a tab that crashed cost nothing. The key itself is never in it.

/** Somebody who pastes a key where its name belongs has not asked us to keep it. */
const LOOKS_LIKE_A_KEY = /[a-z0-9]{2,8}_[0-9A-Za-z]{36}/;

export class Draft {
  /** @param {string} person the next who logs in at this browser is not shown it */
  constructor(person) {
    this.place = `latchkey.draft.${person}`;
  }

  /** @returns {{name: string, day: string, rights: string[] | undefined} | null} */
  get value() {
    try {
      return JSON.parse(sessionStorage.getItem(this.place));
    } catch {
      return null;
    }
  }

  keep(value) {
    if (LOOKS_LIKE_A_KEY.test(value.name)) return this.forget();
    try {
      sessionStorage.setItem(this.place, JSON.stringify(value));
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
