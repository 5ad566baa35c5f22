// Who is signed in and which data answers come from: one object that screens read.

export const session = { name: null, actions: [], problem: null };

/// `value` as `GET /session` gives it, with `as_of` of `GET /status`; null: nobody.
export function setSession(value) {
  for (const key of Object.keys(session)) session[key] = null;
  session.actions = [];
  if (value) Object.assign(session, value);
}

/// Whether the access table lets this role do `action`.
export function may(action) {
  return (session.actions || []).includes(action);
}
