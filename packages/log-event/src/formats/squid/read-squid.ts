/**
 * Squid's native access log: `1795345200.123    250 192.0.2.7 TCP_MISS/200 5120 GET http://www.example.jp/ yamada
 * HIER_DIRECT/203.0.113.80 text/html`, from its own file and through syslog.
 */

import type { EventDraft } from '../../event-draft.ts';
import { epochTextMicros } from '../../time/read-epoch.ts';
import { classifyStatus } from '../http-access/classify-status.ts';

const line =
  /^ {0,8}(\d{9,11}\.\d{1,6}) {1,12}(-?\d{1,10}) (\S{1,255}) ([A-Z_]{2,64})\/(\d{3}) (-?\d{1,15}) (\S{1,32}) (\S{1,8000}) (\S{1,512}) ([A-Z_]{2,48})\/(\S{1,255}) (\S{1,128})/;
const cheapLook = / [A-Z_]{2,64}\/\d{3} \d{1,15} /;

export function readSquid(draft: EventDraft, message: string): boolean {
  const match = line.exec(message);
  if (match === null) return false;
  const [
    ,
    time = '',
    took = '',
    client = '',
    result = '',
    status,
    bytes,
    method,
    url = '',
    user,
    hierarchy = '',
    peer,
  ] = match;
  draft.parsedAs('squid');
  if (!draft.hasTime) {
    draft.epochUs = epochTextMicros(time);
    draft.timeText = time;
  }
  const isDenied = result.includes('DENIED');
  draft.event(
    isDenied ? 'squid_denied' : 'squid_request',
    'web',
    isDenied || Number(status) >= 400 ? 'failure' : 'success',
  );
  draft.set('event.duration', Number(took) * 1_000_000);
  draft.endpoint('source', client);
  draft.label('cache_result', result);
  draft.long('http.response.status_code', status);
  draft.long('http.response.body.bytes', bytes);
  draft.keyword('http.request.method', method === 'NONE' ? undefined : method);
  placeUrl(draft, url);
  if (user !== '-') draft.keyword('user.name', user);
  draft.label('hierarchy', hierarchy);
  draft.endpoint('destination', peer);
  classifyStatus(draft, status ?? '');
  if (isDenied) draft.classify('access-denied');
  return true;
}

const parts =
  /^(?:([a-z][a-z0-9+.-]{1,16}):\/\/)?([^/?#:\s]{1,255}|\[[^\]]{2,45}\])(?::(\d{1,5}))?([^?#]{0,8000})(?:\?(.{0,8000}))?/i;

function placeUrl(draft: EventDraft, url: string): void {
  draft.keyword('url.original', url);
  const match = parts.exec(url);
  if (match === null) return;
  draft.keyword('url.scheme', match[1]);
  draft.keyword('url.domain', match[2]);
  draft.long('destination.port', match[3]);
  draft.keyword('url.path', match[4]);
  draft.keyword('url.query', match[5]);
}

/** False at once for lines that do not begin with a count of seconds, blanks and milliseconds. */
export function readSquidFile(draft: EventDraft): boolean {
  const { text } = draft;
  if (text.charCodeAt(10) !== 46 || !cheapLook.test(text.slice(14, 400))) return false;
  return readSquid(draft, text);
}
