/** BIND's named (and unbound where it says the same): who asked for what, what was refused, and changes of zones. */

import type { EventDraft } from '../../event-draft.ts';
import { readDayFirstTime } from '../../time/read-time.ts';
import { messageRow as row, messageTable, readByTable } from '../message-rows.ts';

/** The name that was asked for may hold anything but a bracket's end and a colon behind it; the client stands before it. */
const client =
  '^client (?:@0x[0-9a-f]{1,16} )?([0-9A-Fa-f.:%\\w]{2,64})#(\\d{1,5})(?:/key \\S{1,255})? ?(?:\\((.{0,255}?)\\))?: (?:view \\S{1,64}: )?';
const clientParts = 'source source.port dns.question.name';

const table = messageTable([
  row(
    `${client}query: (.{1,255}) (IN|CH|HS|ANY|CLASS\\d{1,5}) ([A-Z0-9-]{1,16}) [-+]\\S{0,32}(?: \\(([0-9A-Fa-f.:]{2,45})\\))?(?: \\[.{0,64}\\])?$`,
    'dns_query network',
    `${clientParts} dns.question.name - dns.question.type destination`,
  ),
  row(
    `${client}(?:query|zone transfer|update|notify|AXFR|IXFR|bad zone transfer request|recursion|transfer of) ?(?:\\((cache)\\) )?'(.{1,512})' denied(?: \\((.{1,96})\\))?$`,
    'dns_denied network failure',
    `${clientParts} label:what label:question event.reason`,
  ),
  row(
    `${client}query(?: \\((cache)\\))? (?:'.{0,512}' )?(denied)$`,
    'dns_denied network failure',
    `${clientParts} label:what event.reason`,
  ),
  row(
    `${client}update '(.{1,255})' (denied|unsuccessful: .{1,128})`,
    'dns_denied network failure',
    `${clientParts} label:zone event.reason`,
  ),
  row(
    `${client}updating zone '(.{1,255})': (.{1,512})$`,
    'dns_zone_updated configuration success',
    `${clientParts} label:zone event.reason`,
  ),
  row(
    `${client}(?:signer "\\S{1,255}" )?update '(.{1,255})' approved`,
    'dns_zone_updated configuration success',
    `${clientParts} label:zone`,
  ),
  row(
    `${client}transfer of '(.{1,255})': (?:AXFR|IXFR|AXFR-style IXFR) (started|ended).{0,256}$`,
    'dns_zone_transferred network success',
    `${clientParts} label:zone label:state`,
  ),
  row(
    `${client}(?:zone transfer|request has invalid signature|bad zone transfer request).{0,256}$`,
    'dns_denied network failure',
    clientParts,
  ),
  row(`${client}received notify for zone '(.{1,255})'`, 'dns_notify network', `${clientParts} label:zone`),
  row(`${client}(?:rate limit (?:drop|slip)|rrl |RRL ).{0,256}$`, 'dns_limited network failure', clientParts),
  row(
    `${client}(?:rpz|RPZ) \\S{1,16} \\S{1,16} rewrite (\\S{1,255}).{0,256}$`,
    'dns_rewritten network failure',
    `${clientParts} dns.question.name`,
  ),
  row(`${client}(.{1,512})$`, 'dns_client_notice network', `${clientParts} event.reason`),
  row(
    '^((?:DNS format error|FORMERR resolving|unexpected RCODE|lame server resolving|connection refused resolving|network unreachable resolving|host unreachable resolving|error \\(.{1,64}\\) resolving|REFUSED unexpected RCODE|SERVFAIL unexpected RCODE|timed out resolving) .{1,512})$',
    'dns_resolution network failure',
    'event.reason',
  ),
  row('^(unexpected RCODE|lame server|error) .{1,512}$', 'dns_resolution network failure', 'event.reason'),
  row(
    '^zone ([^\\s:]{1,255}): (?:loaded serial|sending notifies|transferred serial|notify from|journal rollforward|next key event|reconfiguring zone keys).{0,512}$',
    'dns_zone network',
    'label:zone',
  ),
  row(
    '^(?:denied|unapproved) (update|AXFR|IXFR|recursion|query) from \\[([0-9A-Fa-f.:]{2,45})\\]\\.(\\d{1,5}) for "?([^"]{1,255})"?',
    'dns_denied network failure',
    'label:what source source.port label:zone',
  ),
  row(
    '^refused notify from non-master: (?:\\S{1,255}: )?\\[?([0-9A-Fa-f.:]{2,45})\\]?[.#](\\d{1,5})',
    'dns_denied network failure',
    'source source.port',
  ),
  row('^success resolving (.{1,512})$', 'dns_resolution network success', 'event.reason'),
  row('^zone ([^\\s:]{1,255}): (.{1,512})$', 'dns_zone network failure', 'label:zone event.reason'),
  row(
    "^transfer of '(.{1,255})' from ([0-9A-Fa-f.:]{2,45})#(\\d{1,5}): (.{1,512})$",
    'dns_zone_transferred network',
    'label:zone destination destination.port event.reason',
  ),
  row(
    "^(?:adding an RR at|deleting an RR at|deleting rrset at) '(.{1,255})'",
    'dns_zone_updated configuration success',
    'dns.question.name',
  ),
  row("^received control channel command '(.{1,512})'$", 'dns_command configuration success', 'process.command_line'),
  row(
    '^(?:invalid command from|rejected command channel message from|rejected control channel (?:message|connection) from) ([0-9A-Fa-f.:]{2,45})#(\\d{1,5})',
    'dns_command configuration failure',
    'source source.port',
  ),
  row(
    '^(?:starting BIND|running$|all zones loaded|listening on|found \\d|using |loading configuration|reloading|reading built-in|set up managed|automatic empty|command channel|managed-keys|configuring|built (?:by|with)|compiled|linked|adjusted limit|generating session|sizing zone|scheduled|any newly|resolver priming|BIND 9|---|The BIND|couldn.t (?:add|open)|not listening|dumping|no longer|obtaining|initializing|notify question)',
    'dns_server process',
  ),
  row('^(?:shutting down|stopping command|exiting|no longer listening)', 'dns_server_stopped process success'),
  // unbound
  row(
    '^\\[\\d{1,10}:\\d{1,4}\\] (?:info|notice|error|warning): ([0-9A-Fa-f.:]{2,45}) (\\S{1,255}) ([A-Z0-9]{1,16}) IN(?: (\\S{1,16}) .{0,64})?$',
    'dns_query network',
    'source dns.question.name dns.question.type dns.response_code',
  ),
  row('^\\[\\d{1,10}:\\d{1,4}\\] (?:info|notice|debug): ', 'dns_server process'),
  row(
    '^\\[\\d{1,10}:\\d{1,4}\\] (?:error|warning|fatal error): (.{1,512})$',
    'dns_server process failure',
    'event.reason',
  ),
]);

/** `queries: info: `: category and severity, where named is told to print them. */
const category = /^(?:([a-z][\w-]{2,24}): )?(?:(info|notice|warning|error|critical|debug \d{1,2}): )?/;

export function readNamed(draft: EventDraft, message: string): boolean {
  draft.parsedAs('named');
  const match = category.exec(message);
  const isTold = match?.[2] !== undefined;
  if (isTold) {
    draft.keyword('log.logger', match?.[1]);
    draft.keyword('log.level', match?.[2]);
  }
  const text = (isTold ? message.slice(match?.[0].length) : message).trimEnd();
  if (!readByTable(draft, text, table)) draft.partly('named', 'unknown-message');
  return true;
}

const fileLook = /^ (?:[a-z][\w-]{2,24}: )?(?:info|notice|warning|error|critical|debug \d{1,2}): /;

/** named's own file: `22-Nov-2026 20:00:00.123 queries: info: client …`. */
export function readNamedFile(draft: EventDraft): boolean {
  const { text } = draft;
  if (text.charCodeAt(2) !== 45) return false;
  const wall = readDayFirstTime(text, 0);
  if (wall === undefined || !fileLook.test(text.slice(wall.end, wall.end + 64))) return false;
  draft.setWall(wall, 0);
  draft.messageStart = wall.end + 1;
  draft.keyword('process.name', 'named');
  return readNamed(draft, text.slice(wall.end + 1));
}
