/** The simulator's JSON interface for people and its stream of events. */

const RETRY_MILLISECONDS = 1500;

/** A refusal or a failure, with a sentence that can be shown. */
class ApiError extends Error {}

async function request(path, options) {
  let response;
  try {
    response = await fetch(`/client/${path}`, options);
  } catch {
    throw new ApiError("The simulator cannot be reached.");
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok)
    throw new ApiError(answer.error ?? `The simulator answered ${response.status}.`);
  return answer;
}

export function get(path, parameters = {}) {
  const query = new URLSearchParams(parameters).toString();
  return request(query ? `${path}?${query}` : path);
}

export function post(path, body) {
  const headers = { "Content-Type": "application/json" };
  return request(path, { method: "POST", headers, body: JSON.stringify(body) });
}

/**
 * Listens to what one person sees, until `close` of the answer is called. Whenever the stream
 * opens, also again after a break, `onopen` is called: something may have been missed.
 */
export function listen(user, { onopen, onlost, onevent }) {
  let source;
  let timer;
  const open = () => {
    source = new EventSource(`/client/events?as=${user}`);
    source.onopen = onopen;
    source.onmessage = ({ data }) => onevent(JSON.parse(data));
    source.onerror = () => {
      onlost();
      // Most breaks the browser mends by itself; where it has given up, we try again.
      if (source.readyState === EventSource.CLOSED) timer = setTimeout(open, RETRY_MILLISECONDS);
    };
  };
  open();
  return {
    close() {
      clearTimeout(timer);
      source.close();
    },
  };
}
