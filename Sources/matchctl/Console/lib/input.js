// Fields that people type Chinese into: nothing happens while an input method is still composing.

/// Calls `act(value)` when the typed text has come to rest; never during composition.
export function whenTyped(field, act, rest) {
  let composing = false;
  let timer = 0;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => act(field.value), rest === undefined ? 250 : rest);
  };
  field.addEventListener("compositionstart", () => {
    composing = true;
    clearTimeout(timer);
  });
  field.addEventListener("compositionend", () => {
    composing = false;
    later();
  });
  field.addEventListener("input", () => {
    if (!composing) later();
  });
  return field;
}

/// Sends a form by its button or Enter, except the Enter that ends a composition.
export function whenSent(form, act) {
  let composing = false;
  let ended = 0;
  form.addEventListener("compositionstart", () => {
    composing = true;
  });
  form.addEventListener("compositionend", (event) => {
    composing = false;
    ended = event.timeStamp;
  });
  form.addEventListener("keydown", (event) => {
    // Safari ends the composition before it tells of the Enter: code 229 says that the key was its.
    const isComposing = composing || event.isComposing || event.keyCode === 229;
    if (event.key === "Enter" && isComposing) event.preventDefault();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (composing || event.timeStamp - ended < 20) return;
    act(new FormData(form), form);
  });
  return form;
}

/// Puts `text` on the clipboard; also without HTTPS, where browsers give pages no clipboard.
/// - Returns: whether it is there.
export async function copy(text) {
  if (navigator.clipboard && window.isSecureContext) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch (refused) {
      // Permission denied: the old way below.
    }
  }
  const before = document.activeElement;
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "copy-area";
  area.setAttribute("readonly", "");
  area.setAttribute("aria-hidden", "true");
  document.body.appendChild(area);
  area.focus();
  area.setSelectionRange(0, text.length);
  let done = false;
  try {
    done = document.execCommand("copy");
  } catch (refused) {
    done = false;
  }
  document.body.removeChild(area);
  if (before && before.focus) before.focus();
  return done;
}
