// Copying that either works or says that it did not.

/**
 * Copies the text of an input or of any other element, and tells whether it worked.
 *
 * Three ways, since the clipboard API is missing on plain HTTP and may be refused: the API, the older
 * command, and, when both fail, the text left selected so that the reader can copy it by hand.
 */
export async function copy(element) {
  const text = element.value ?? element.textContent;
  if (await copyByClipboard(text)) return true;
  select(element);
  return copyByCommand();
}

/** Selects all text of an element. */
export function select(element) {
  if ("select" in element) {
    element.focus({ preventScroll: true });
    element.select();
    return;
  }
  const range = document.createRange();
  range.selectNodeContents(element);
  const selection = document.getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
}

/** The text that is selected, in a field or elsewhere: as it is, whatever is drawn in its place. */
export function selectedText() {
  const { selectionStart, selectionEnd, value } = document.activeElement ?? {};
  if (value !== undefined && selectionStart !== selectionEnd) return value.slice(selectionStart, selectionEnd);
  const selection = document.getSelection();
  return selection?.rangeCount ? selection.getRangeAt(0).cloneContents().textContent : "";
}

async function copyByClipboard(text) {
  if (!navigator.clipboard?.writeText) return false;
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

function copyByCommand() {
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  }
}
