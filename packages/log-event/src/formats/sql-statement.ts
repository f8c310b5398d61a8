/** What a statement of SQL does, by its first words: for what databases audit (PCI DSS 10.2.1). */

import type { EventClass } from '../classes/event-class.ts';
import { isBuiltInAdministrator } from '../classes/built-in-administrator.ts';
import type { EventDraft } from '../event-draft.ts';

export interface SqlAct {
  readonly action: string;
  readonly classes: readonly EventClass[];
  /** The kind of object that is made, changed or removed. */
  readonly kind?: string;
}

const blanksAndComments = /(?:\s{1,256}|\(|--[^\n]{0,1024}\n|\/\*(?:[^*]|\*(?!\/)){0,1024}\*\/){0,16}/y;
const word = /[A-Za-z_]{1,64}/y;
const mostWords = 6;

/** The first words in capitals, without the comments before them. */
function firstWords(statement: string): string[] {
  const words: string[] = [];
  let at = 0;
  while (words.length < mostWords) {
    blanksAndComments.lastIndex = at;
    blanksAndComments.test(statement);
    word.lastIndex = at = blanksAndComments.lastIndex;
    const match = word.exec(statement);
    if (match === null) break;
    words.push(match[0].toUpperCase());
    at = word.lastIndex;
    if (!/\s/.test(statement.charAt(at))) break;
  }
  return words;
}

const accounts = new Set(['USER', 'ROLE', 'LOGIN', 'GROUP', 'CREDENTIAL']);
const policies = new Set(['AUDIT', 'PROFILE', 'POLICY', 'SYSTEM', 'SERVER', 'SECURITY']);
/** Words between the verb and the kind of object. */
const fillers = new Set(
  'OR REPLACE TEMPORARY TEMP UNIQUE PUBLIC GLOBAL LOCAL UNLOGGED FOREIGN EXTERNAL MATERIALIZED CONCURRENTLY IF NOT EXISTS ONLINE FORCE NO EDITIONABLE NONEDITIONABLE DEFINER RECURSIVE TRUSTED PROCEDURAL EVENT BITMAP SHARDED'.split(
    ' ',
  ),
);

/** Procedures of SQL Server whose names say what they change. */
const procedures: ReadonlyArray<readonly [RegExp, readonly EventClass[]]> = [
  [/\bsp_(?:add|drop)(?:srv)?rolemember\b/i, ['account-change', 'privilege-elevation']],
  [
    /\bsp_(?:addlogin|droplogin|adduser|dropuser|grantlogin|revokelogin|denylogin|grantdbaccess|revokedbaccess|addrole|droprole)\b/i,
    ['account-change'],
  ],
  [/\bsp_password\b/i, ['credential-change']],
  [/\b(?:sp_configure|sp_serveroption|sp_audit_write)\b/i, ['policy-change']],
  [/\bxp_(?:cmdshell|regwrite|regdeletekey|regdeletevalue)\b/i, ['administrator-action']],
  [/\bsp_cycle_(?:errorlog|agent_errorlog)\b/i, ['log-control']],
];

export function readSql(statement: string): SqlAct {
  const [verb = '', second = '', ...more] = firstWords(statement);
  switch (verb) {
    case 'SELECT':
    case 'WITH':
    case 'TABLE':
    case 'VALUES':
    case 'SHOW':
    case 'DESCRIBE':
    case 'EXPLAIN':
    case 'FETCH':
    case 'READ':
      return { action: 'sql_select', classes: [] };
    case 'INSERT':
    case 'UPDATE':
    case 'DELETE':
    case 'MERGE':
    case 'REPLACE':
    case 'COPY':
    case 'LOAD':
    case 'TRUNCATE':
    case 'COMMIT':
    case 'ROLLBACK':
    case 'BEGIN':
    case 'USE':
      return { action: `sql_${verb.toLowerCase()}`, classes: [] };
    case 'CREATE':
    case 'ALTER':
    case 'DROP':
    case 'RENAME':
    case 'COMMENT':
      return definition(verb, [second, ...more], statement);
    case 'GRANT':
      return { action: 'sql_grant', classes: ['account-change', 'privilege-elevation'] };
    case 'REVOKE':
    case 'DENY':
      return { action: 'sql_revoke', classes: ['account-change'] };
    case 'SET':
      return setting(second);
    case 'AUDIT':
    case 'NOAUDIT':
    case 'RECONFIGURE':
      return { action: `sql_${verb.toLowerCase()}`, classes: ['policy-change'] };
    case 'PURGE':
    case 'RESET':
    case 'FLUSH':
      return { action: `sql_${verb.toLowerCase()}`, classes: isOfLogs(second, more) ? ['log-control'] : [] };
    case 'BACKUP':
    case 'RESTORE':
    case 'SHUTDOWN':
    case 'KILL':
      return { action: `sql_${verb.toLowerCase()}`, classes: ['administrator-action'] };
    case 'INSTALL':
    case 'UNINSTALL':
      return { action: `sql_${verb.toLowerCase()}`, classes: ['system-object'], kind: second.toLowerCase() };
    case 'EXEC':
    case 'EXECUTE':
    case 'CALL':
    case 'DO':
      return { action: 'sql_execute', classes: ofProcedure(statement) };
    default:
      return { action: 'sql_statement', classes: [] };
  }
}

function definition(verb: string, words: readonly string[], statement: string): SqlAct {
  const kind = words.find((each) => !fillers.has(each)) ?? '';
  const action = `sql_${verb.toLowerCase()}`;
  if (kind === '') return { action, classes: ['system-object'] };
  if (kind === 'DEFAULT' && words.includes('PRIVILEGES'))
    return { action: `${action}_privileges`, classes: ['privilege-elevation', 'policy-change'] };
  if (accounts.has(kind))
    return { action: `${action}_${kind.toLowerCase()}`, classes: ofAccount(verb, statement), kind: kind.toLowerCase() };
  const isPolicy = policies.has(kind) || (kind === 'DATABASE' && words.includes('AUDIT'));
  return {
    action: `${action}_${isPolicy && kind === 'DATABASE' ? 'audit' : kind.toLowerCase()}`,
    classes: isPolicy ? ['policy-change'] : ['system-object'],
    kind: kind.toLowerCase(),
  };
}

const ofPassword = /\b(?:PASSWORD|IDENTIFIED)\b/i;
const ofMembers = /\bADD (?:MEMBER|USER)\b|\b(?:SUPERUSER|CREATEROLE|BYPASSRLS)\b/i;

function ofAccount(verb: string, statement: string): readonly EventClass[] {
  const start = statement.slice(0, 2048);
  const classes: EventClass[] = ['account-change'];
  if (ofPassword.test(start) && verb !== 'DROP') classes.push('credential-change');
  if (ofMembers.test(start) && !/\bNOSUPERUSER\b/i.test(start)) classes.push('privilege-elevation');
  return classes;
}

function setting(second: string): SqlAct {
  if (second === 'PASSWORD') return { action: 'sql_set_password', classes: ['credential-change'] };
  if (second === 'GLOBAL' || second === 'PERSIST' || second === 'PERSIST_ONLY')
    return { action: 'sql_set_global', classes: ['policy-change'] };
  if (second === 'ROLE') return { action: 'sql_set_role', classes: ['privilege-elevation'] };
  return { action: 'sql_set', classes: [] };
}

function isOfLogs(second: string, more: readonly string[]): boolean {
  return [second, ...more].some((each) => each === 'LOGS' || each === 'MASTER' || each === 'BINARY');
}

function ofProcedure(statement: string): readonly EventClass[] {
  const start = statement.slice(0, 512);
  return procedures.find(([pattern]) => pattern.test(start))?.[1] ?? [];
}

const quoted = '(?:"([^"]{1,256})"|\'([^\']{1,256})\'|`([^`]{1,256})`|\\[([^\\]]{1,256})\\]|([\\w$#@.\\\\-]{1,256}))';
const namedAccount = new RegExp(
  `\\b(?:USER|ROLE|LOGIN|GROUP|PASSWORD FOR)\\s{1,16}(?:IF\\s{1,8}(?:NOT\\s{1,8})?EXISTS\\s{1,8})?${quoted}`,
  'i',
);
const grantedTo = new RegExp(`\\b(?:TO|FROM)\\s{1,16}${quoted}`, 'i');
const namedObject =
  /\b(?:FROM|INTO|UPDATE|JOIN|TABLE|VIEW|FUNCTION|PROCEDURE|TRIGGER|DATABASE|SCHEMA|SEQUENCE|ON)\s{1,16}(?:IF\s{1,8}(?:NOT\s{1,8})?EXISTS\s{1,8})?([\w$."`[\]]{1,256})/i;

export interface SqlOutcome {
  outcome?: 'success' | 'failure' | undefined;
  /** The database's own word for what the statement does. */
  command?: string;
  /** It failed because nobody has granted it: other failures are no refusals. */
  isDenied?: boolean;
}

/**
 * Action, classes, statement, and on what: an account or an object.
 */
export function placeSql(
  draft: EventDraft,
  statement: string,
  { outcome, command = '', isDenied = false }: SqlOutcome,
): void {
  const said = readSql(statement);
  const act = said.action === 'sql_statement' && command !== '' ? readSql(command) : said;
  draft.event(act.action, 'database', outcome);
  draft.classify(...act.classes);
  if (isDenied) draft.classify('access-denied');
  if (isBuiltInAdministrator(draft.get('user.name'))) draft.classify('administrator-action');
  draft.keyword('database.statement', statement);
  const start = statement.slice(0, 4096);
  if (act.classes.includes('account-change') || act.classes.includes('credential-change')) {
    const found = (act.action === 'sql_grant' || act.action === 'sql_revoke' ? grantedTo : namedAccount).exec(start);
    draft.keyword(
      'user.target.name',
      found?.slice(1).find((each) => each !== undefined),
    );
  } else draft.keyword('database.object', namedObject.exec(start)?.[1]);
  draft.keyword('database.object_type', act.kind);
}
