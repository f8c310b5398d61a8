/** HAProxy's HTTP and TCP logs, and what its processes say of servers and proxies. */

import type { EventDraft } from '../../event-draft.ts';
import { classifyStatus } from '../http-access/classify-status.ts';
import { messageRow as row, messageTable, readByTable } from '../message-rows.ts';

/** `192.0.2.7:4001 [22/Nov/2026:20:00:00.123] front~ back/server `: all of it is the proxy's own. */
const head = /^(\S{2,64}):(\d{1,5}) \[[^\]]{8,40}\] (\S{1,128}) (\S{1,128})\/(\S{1,128}) /;
const http =
  /^(-?\d{1,10}(?:\/-?\+?\d{1,10}){4}) (-?\d{1,3}) \+?(-?\d{1,15}) (\S{1,1024}) (\S{1,1024}) ([A-Za-z-]{4}) \S{9,64} \S{3,24} (?:\{(.{0,4096}?)\} ?){0,2}"?/;
const tcp = /^(-?\d{1,10}(?:\/-?\+?\d{1,10}){2}) \+?(-?\d{1,15}) ([A-Za-z-]{2}) /;
const request = /"?([A-Z]{2,16}|<BADREQ>) (\S{0,8000})(?: (HTTP\/\d(?:\.\d)?))?"?$/;

export function readHaproxy(draft: EventDraft, message: string): boolean {
  const text = message.trimEnd();
  draft.parsedAs('haproxy');
  const match = head.exec(text);
  if (match === null) {
    if (!readByTable(draft, text, table)) draft.partly('haproxy', 'unknown-message');
    return true;
  }
  const [all, address, port, frontend, backend, server] = match;
  draft.endpoint('source', address, port);
  draft.keyword('service.name', frontend?.replace(/~$/, ''));
  draft.label('backend', backend ?? '');
  draft.label('server', server ?? '');
  const rest = text.slice(all.length);
  if (!readHttp(draft, rest) && !readTcp(draft, rest)) draft.partly('haproxy', 'malformed');
  return true;
}

function readHttp(draft: EventDraft, rest: string): boolean {
  const match = http.exec(rest);
  if (match === null) return false;
  const [, timers = '', status = '', bytes, , , state = ''] = match;
  const refused = state.startsWith('PR') || state.startsWith('PD');
  draft.event(
    refused ? 'haproxy_denied' : 'http_request',
    'web',
    refused || Number(status) >= 400 || Number(status) < 0 ? 'failure' : 'success',
  );
  if (Number(status) > 0) draft.long('http.response.status_code', status);
  draft.long('http.response.body.bytes', bytes);
  draft.label('termination_state', state);
  takeDuration(draft, timers);
  takeRequest(draft, rest);
  classifyStatus(draft, status);
  if (refused) draft.classify('access-denied');
  return true;
}

/** The request stands last and in quotes; headers that were captured before it may hold anything but braces. */
function takeRequest(draft: EventDraft, rest: string): void {
  const open = rest.lastIndexOf(' "');
  const match = open < 0 ? null : request.exec(rest.slice(open + 1));
  if (match === null) return;
  const [, method, url = '', version] = match;
  draft.keyword('http.request.method', method === '<BADREQ>' ? undefined : method);
  draft.keyword('http.version', version?.slice('HTTP/'.length));
  draft.keyword('url.original', url);
  const question = url.indexOf('?');
  draft.keyword('url.path', question < 0 ? url : url.slice(0, question));
  if (question >= 0) draft.keyword('url.query', url.slice(question + 1));
}

function readTcp(draft: EventDraft, rest: string): boolean {
  const match = tcp.exec(rest);
  if (match === null) return false;
  const [, timers = '', bytes, state = ''] = match;
  draft.event('haproxy_connection', 'network', state === '--' ? 'success' : 'failure');
  draft.long('network.bytes', bytes);
  draft.label('termination_state', state);
  takeDuration(draft, timers);
  if (state.startsWith('P') && state.endsWith('R')) draft.classify('access-denied');
  return true;
}

/** The last of the timers is the whole, in milliseconds. */
function takeDuration(draft: EventDraft, timers: string): void {
  const milliseconds = Number(timers.slice(timers.lastIndexOf('/') + 1).replace('+', ''));
  if (milliseconds >= 0) draft.set('event.duration', milliseconds * 1_000_000);
}

const table = messageTable([
  row('^(?:Proxy|Server) (\\S{1,128}) started', 'haproxy_started process success', 'service.name'),
  row(
    '^(?:Stopping|Pausing|Enabling) (?:proxy|frontend|backend|GLOBAL) (\\S{1,128})',
    'haproxy_stopped process success',
    'service.name',
  ),
  row('^Proxy (\\S{1,128}) stopped', 'haproxy_stopped process success', 'service.name'),
  row(
    '^Server (\\S{1,128}) is (?:DOWN|going DOWN.{0,64}?)(?:, reason: (.{1,256}))?\\.?',
    'haproxy_server_down host failure',
    'service.name event.reason',
  ),
  row('^Server (\\S{1,128}) is (?:UP|going UP)', 'haproxy_server_up host success', 'service.name'),
  row('^backend (\\S{1,128}) has no server available', 'haproxy_server_down host failure', 'service.name'),
  row(
    '^(\\S{2,64}):(\\d{1,5}) \\[[^\\]]{8,40}\\] (\\S{1,255}): (.{1,256})$',
    'haproxy_connection network failure',
    'source source.port service.name event.reason',
  ),
  row(
    '^Connect from (\\S{2,64}):(\\d{1,5}) to (\\S{2,64}):(\\d{1,5}) \\((\\S{1,128})',
    'haproxy_connection network success',
    'source source.port destination destination.port service.name',
  ),
  row(
    '^(?:New worker|Current worker|Exiting|Loading|Reexecuting|Health check|Running on|haproxy version|path to executable|All workers)',
    'haproxy_process process',
  ),
]);
