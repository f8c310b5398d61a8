/**
 * Places that a message may name: the product's own words with ids that it gave itself, and names of log groups, streams, hosts
 * and the like in the few characters that such names are made of. Everything else could be a sender's prose, and stays on the
 * page behind the link.
 */
const id = String.raw`[A-Za-z0-9_.-]{1,80}`;
const name = String.raw`[A-Za-z0-9_.:/#@+-]{1,200}`;
const heads = String.raw`alert|block|channel|checkpoint-way|document|duty|event|report|review|rule|segment|disk of|digest of segment`;
const namedHeads = String.raw`agent|format|host|log-group|sender|source|stream`;
const places = new RegExp(
  String.raw`^(?:[a-z]{1,30}(?:-[a-z]{1,30}){0,3}|(?:${heads}) ${id}(?: [a-z_-]{1,40})?` +
    String.raw`|(?:${namedHeads}) ${name}(?: ${name})?|[a-z0-9/_.-]{1,200} block \d{1,15}` +
    String.raw`|(?:\d{1,3}\.){3}\d{1,3}|[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}|further (?:addresses|places|streams)|log/checkpoint|held checkpoint in the (?:file|database))$`,
);

/** The place of an incident as a message may have it; null when it stays on the page. A card number in it is the caller's to mask. */
export function tellablePlace(where: string): string | null {
  return places.test(where) ? where : null;
}

/** The cause's code; null when it is none. */
export function tellableCause(cause: string): string | null {
  return /^[a-z][a-z0-9]{0,40}(?:-[a-z0-9]{1,40}){0,8}$/.test(cause) ? cause : null;
}
