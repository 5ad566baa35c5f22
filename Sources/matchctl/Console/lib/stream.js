// Work that takes long: a POST whose answer is a stream of server-sent events.

/// Reads events from `body` as they come and calls `event(name, value)`.
/// - Complexity: O(bytes); keeps one unfinished event.
export async function readEvents(body, event) {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    rest += done ? decoder.decode() : decoder.decode(value, { stream: true });
    const blocks = rest.split(/\r?\n\r?\n/);
    rest = done ? "" : blocks.pop();
    for (const block of blocks) deliver(block, event);
    if (done) return;
  }
}

function deliver(block, event) {
  let name = "message";
  const data = [];
  for (const line of block.split(/\r?\n/)) {
    if (line.startsWith("event:")) name = line.slice(6).trim();
    else if (line.startsWith("data:")) data.push(line.slice(5).replace(/^ /, ""));
  }
  if (!data.length) return;
  let value = null;
  try {
    value = JSON.parse(data.join("\n"));
  } catch (notJSON) {
    value = null;
  }
  event(name, value);
}
