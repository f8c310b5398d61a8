/** MongoDB's audit (`atype`), its log in JSON (4.4 and later: `t`, `s`, `c`, `id`, `ctx`, `msg`, `attr`), and its log in text. */

import type { EventDraft } from '../../event-draft.ts';
import type { WallTime } from '../../time/wall-time.ts';
import { takeTime, type JsonObject } from '../json/read-json.ts';

export const mongodbFormat = 'mongodb';

/** The members that are left; undefined for an object that is none of MongoDB's. */
export function readMongodbJson(draft: EventDraft, object: JsonObject): JsonObject | undefined {
  if (typeof object['atype'] === 'string') return readAudit(draft, object, object['atype']);
  const { c, ctx, msg, t } = object;
  if (
    typeof c !== 'string' ||
    typeof ctx !== 'string' ||
    typeof msg !== 'string' ||
    scalar(objectOf(t)['$date']) === ''
  )
    return undefined;
  return readLog(draft, object, { component: c, context: ctx });
}

/** The code of an action that its user has no right to. */
const unauthorized = '13';

function readAudit(draft: EventDraft, object: JsonObject, kind: string): JsonObject {
  const param = objectOf(object['param']);
  const remote = objectOf(object['remote']);
  const result = scalar(object['result']);
  const outcome = result === '' || result === '0' ? 'success' : 'failure';
  start(draft, object['ts']);
  const isSignIn = kind === 'authenticate' || kind === 'logout';
  const action =
    kind === 'authenticate' ? 'db_login' : `db_${kind.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`;
  draft.event(action, isSignIn ? 'authentication' : 'database', outcome);
  const [first] = Array.isArray(object['users']) ? (object['users'] as unknown[]) : [];
  const user = scalar(objectOf(first)['user']);
  if (kind === 'authenticate') draft.keyword('user.name', scalar(param['user']) || user);
  else {
    draft.keyword('user.name', user);
    draft.keyword('user.target.name', scalar(param['user']) || scalar(param['role']));
  }
  draft.endpoint('source', scalar(remote['ip']), scalar(remote['port']));
  draft.keyword('database.name', scalar(param['db']));
  draft.keyword('database.object', scalar(param['ns']));
  if (outcome === 'failure') draft.keyword('error.code', result);
  if (result === unauthorized) draft.classify('access-denied');
  return { param };
}

const levels: Readonly<Record<string, string>> = { F: 'fatal', E: 'error', W: 'warning', I: 'info' };
/** Numbers of the log's messages about sign-ins. */
const signIns: Readonly<Record<string, 'success' | 'failure'>> = {
  20249: 'failure',
  20250: 'success',
  20251: 'failure',
  5286306: 'success',
  5286307: 'failure',
};

function readLog(
  draft: EventDraft,
  object: JsonObject,
  { component, context }: { component: string; context: string },
): JsonObject {
  const attr = objectOf(object['attr']);
  const id = scalar(object['id']);
  start(draft, object['t']);
  draft.keyword('log.level', levels[scalar(object['s'])] ?? 'debug');
  draft.keyword('log.logger', component);
  draft.keyword('event.code', id);
  draft.keyword('database.session', context);
  const signIn = signIns[id];
  if (signIn !== undefined) {
    draft.event('db_login', 'authentication', signIn);
    draft.keyword('user.name', scalar(attr['principalName']) || scalar(attr['user']));
    draft.keyword('database.name', scalar(attr['authenticationDatabase']) || scalar(attr['db']));
    draft.keyword('event.reason', scalar(attr['error']) || scalar(attr['result']));
  } else draft.event('db_message', 'database');
  const from = /^(.{2,64}):(\d{1,5})$/.exec(scalar(attr['client']) || scalar(attr['remote']));
  draft.endpoint('source', from?.[1], from?.[2]);
  return { msg: object['msg'], attr };
}

const textLine = / ([FEWID]\d?) {1,2}([A-Z_]{2,16}) {1,8}\[([^\]]{1,64})\] /y;
/** The client is written behind what was typed. */
const textSignIn =
  /^(?:SASL )?(\S{1,32}) authentication failed for (.{0,256}) on (\S{1,128}) from client (\S{2,64}?):(\d{1,5}) ; (.{1,512})$/s;
const textSuccess =
  /^Successfully authenticated as principal (.{0,256}) on (\S{1,128})(?: from client (\S{2,64}?):(\d{1,5}))?$/s;

/** `2026-11-22T10:00:00.123+0900 I  ACCESS   [conn1] …`, the log up to 4.2. */
export function readMongodbLine(draft: EventDraft, wall: WallTime): boolean {
  textLine.lastIndex = wall.end;
  const match = textLine.exec(draft.text);
  if (match === null) return false;
  const [, level = '', component, context] = match;
  draft.parsedAs(mongodbFormat);
  draft.setWall(wall, 0);
  draft.set('process.name', 'mongod');
  draft.keyword('log.level', levels[level] ?? 'debug');
  draft.keyword('log.logger', component);
  draft.keyword('database.session', context);
  draft.messageStart = textLine.lastIndex;
  const message = draft.text.slice(draft.messageStart, draft.messageEnd).trimEnd();
  const refused = textSignIn.exec(message);
  const accepted = textSuccess.exec(message);
  if (refused !== null) {
    draft.event('db_login', 'authentication', 'failure');
    const [, method = '', user, database, address, port, reason] = refused;
    draft.keyword('user.name', user);
    draft.keyword('database.name', database);
    draft.endpoint('source', address, port);
    draft.keyword('event.reason', reason);
    draft.label('mechanism', method);
  } else if (accepted !== null) {
    draft.event('db_login', 'authentication', 'success');
    draft.keyword('user.name', accepted[1]);
    draft.keyword('database.name', accepted[2]);
    draft.endpoint('source', accepted[3], accepted[4]);
  } else draft.event('db_message', 'database');
  return true;
}

function start(draft: EventDraft, time: unknown): void {
  draft.parsedAs(mongodbFormat);
  takeTime(draft, scalar(objectOf(time)['$date']) || scalar(time));
  draft.set('process.name', 'mongod');
}

function scalar(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function objectOf(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}
