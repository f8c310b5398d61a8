/**
 * Oracle's audit through syslog: unified (`TYPE:"4" DBUSER:"SCOTT" ACTION:"3" …`) and traditional
 * (`ACTION :[7] 'CONNECT' DATABASE USER:[1] '/' …`), whose values say how long they are.
 */

import type { EventDraft } from '../../event-draft.ts';
import { placeSql } from '../sql-statement.ts';
import { oracleAction } from './oracle-actions.ts';

export const oracleAuditFormat = 'oracle-audit';

const start = /^LENGTH ?: ?['"]?\d{1,6}['"]? /;

/** False when the message is none of Oracle's audit. */
export function readOracleAudit(draft: EventDraft, message: string): boolean {
  if (!start.test(message)) return false;
  const values = /^LENGTH ?: ?['"]?\d{1,6}['"]? TYPE:/.test(message) ? unifiedValues(message) : countedValues(message);
  if (values === undefined) {
    draft.partly(oracleAuditFormat, 'malformed');
    return true;
  }
  draft.parsedAs(oracleAuditFormat);
  const first = (...names: string[]): string =>
    names.map((name) => values.get(name)).find((value) => value !== undefined && value !== '') ?? '';
  draft.keyword(
    'user.name',
    first('DBUSER', 'USERID', 'DATABASE USER').replace(/^\/$/, '') || first('CLIENT USER', 'OS$USERID'),
  );
  draft.keyword('user.effective.name', first('CURUSER', 'PRIVILEGE').replace('NONE', ''));
  placeOrigin(draft, first);
  draft.keyword('process.tty.name', first('TERMINAL', 'CLIENT TERMINAL'));
  draft.keyword('database.session', first('SESID', 'SESSIONID'));
  const schema = first('SCHEMA', 'OBJ$CREATOR');
  const object = first('OBJNAME', 'OBJ$NAME');
  draft.keyword('database.object', schema === '' || object === '' ? object : `${schema}.${object}`);
  placeAction(draft, first('ACTION'), first('RETCODE', 'RETURNCODE', 'STATUS'));
  for (const name of ['CLIENT USER', 'OS$USERID', 'DBID', 'CLIENTID'])
    draft.label(name.toLowerCase().replace(/[ $]/g, '_'), first(name));
  return true;
}

const clientAddress = /Client address: \(ADDRESS=\(PROTOCOL=\w{1,8}\)\(HOST=([^()\s]{1,255})\)(?:\(PORT=(\d{1,5})\))?/;

function placeOrigin(draft: EventDraft, first: (...names: string[]) => string): void {
  const match = clientAddress.exec(first('COMMENT$TEXT', 'AUTHENTICATION TYPE'));
  draft.endpoint('source', match?.[1] ?? '', match?.[2]);
  const host = first('USERHOST', 'CLIENT HOST');
  if (host !== '') draft.endpoint('source', host);
}

/** ORA-00942 is also what somebody gets who may not see the table. */
const denied = new Set('942 990 1017 1031 1720 1749 1917 1924 1927 28000 28001 28002 41900 46370'.split(' '));

function placeAction(draft: EventDraft, action: string, code: string): void {
  const outcome = code === '0' || code === '' ? 'success' : 'failure';
  if (outcome === 'failure') draft.keyword('error.code', /^\d+$/.test(code) ? `ORA-${code.padStart(5, '0')}` : code);
  if (action === '100' || action === 'CONNECT' || action === 'LOGON')
    draft.event('db_login', 'authentication', outcome);
  else if (action === '101' || action === '102' || action === 'LOGOFF' || action === 'DISCONNECT')
    draft.event('db_logout', 'session', 'success');
  else if (action === 'STARTUP' || action === 'SHUTDOWN')
    draft.event(action === 'STARTUP' ? 'db_started' : 'db_stopped', 'process', outcome);
  else if (/^\d{1,5}$/.test(action))
    placeSql(draft, '', { outcome, command: oracleAction(action) ?? '', isDenied: denied.has(code) });
  else placeSql(draft, action, { outcome, isDenied: denied.has(code) });
}

const unified = /([A-Z_]{2,32}): ?"([^"]*)"/g;

/** Of two values under one name the first is Oracle's: the names come in a fixed order, and what is typed comes late. */
function unifiedValues(message: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const [, name = '', value = ''] of message.matchAll(unified)) if (!values.has(name)) values.set(name, value);
  return values;
}

const counted = /\s{0,4}([A-Z][A-Z$ ]{1,32}?) ?:\[(\d{1,6})\] ?(['"])/y;

/** The length that stands before a value says where it ends, whatever is in it. */
function countedValues(message: string): ReadonlyMap<string, string> | undefined {
  const values = new Map<string, string>();
  let at = start.exec(message)?.[0].length ?? 0;
  while (at < message.length) {
    counted.lastIndex = at;
    const match = counted.exec(message);
    if (match === null) break;
    const from = counted.lastIndex;
    const end = from + Number(match[2]);
    if (message.charAt(end) !== match[3]) return undefined;
    const name = match[1] ?? '';
    if (!values.has(name)) values.set(name, message.slice(from, end));
    at = end + 1;
  }
  return values.size === 0 ? undefined : values;
}
