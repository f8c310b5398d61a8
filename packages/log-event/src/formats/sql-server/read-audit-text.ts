/**
 * SQL Server's audit as it writes it into Windows' logs (event 33205): `action_id:LGIF`, `succeeded:false`, …, one a line, or
 * with blanks between them. The statement was typed; what stands before it is the server's.
 */

import type { EventClass } from '../../classes/event-class.ts';
import type { EventDraft } from '../../event-draft.ts';
import { placeSql } from '../sql-statement.ts';

const names =
  'audit_schema_version event_time sequence_number action_id succeeded is_column_permission session_id server_principal_id database_principal_id target_server_principal_id target_database_principal_id object_id user_defined_event_id transaction_id class_type permission_bitmask sequence_group_id session_server_principal_name server_principal_name server_principal_sid database_principal_name target_server_principal_name target_server_principal_sid target_database_principal_name server_instance_name database_name schema_name object_name duration_milliseconds response_rows affected_rows client_ip client_tls_version application_name host_name connection_id data_sensitivity_information';
const field = new RegExp(
  `(?:^|[\\s])(${names.split(' ').join('|')}):([^\\n]*?)(?=\\s(?:${names.split(' ').join('|')}):|\\n|$)`,
  'g',
);
const statementStart = /(?:^|\s)statement:/;
const statementEnd = /\sadditional_information:/;

interface Action {
  action: string;
  category: string;
  classes: readonly EventClass[];
}

const actions: Readonly<Record<string, Action>> = {
  LGIS: { action: 'db_login', category: 'authentication', classes: ['authentication-use'] },
  LGIF: { action: 'db_login', category: 'authentication', classes: ['authentication-use', 'access-denied'] },
  DBAS: { action: 'db_login', category: 'authentication', classes: ['authentication-use'] },
  DBAF: { action: 'db_login', category: 'authentication', classes: ['authentication-use', 'access-denied'] },
  LGO: { action: 'db_logout', category: 'session', classes: ['authentication-use'] },
  DAGL: { action: 'db_logout', category: 'session', classes: ['authentication-use'] },
  PWC: { action: 'db_password_changed', category: 'iam', classes: ['credential-change'] },
  PWCS: { action: 'db_password_changed', category: 'iam', classes: ['credential-change'] },
  PWR: { action: 'db_password_reset', category: 'iam', classes: ['credential-change'] },
  PWRS: { action: 'db_password_reset', category: 'iam', classes: ['credential-change'] },
  PWU: { action: 'db_login_unlocked', category: 'iam', classes: ['account-change'] },
  LGEA: { action: 'db_login_enabled', category: 'iam', classes: ['account-change'] },
  LGDA: { action: 'db_login_disabled', category: 'iam', classes: ['account-change'] },
  APRL: { action: 'db_role_member_added', category: 'iam', classes: ['account-change', 'privilege-elevation'] },
  DPRL: { action: 'db_role_member_removed', category: 'iam', classes: ['account-change'] },
  IMP: { action: 'db_impersonation', category: 'iam', classes: ['privilege-elevation'] },
  AUSC: { action: 'db_audit_changed', category: 'process', classes: ['log-control'] },
  AUSF: { action: 'db_audit_stopped', category: 'process', classes: ['log-control'] },
  SVSR: { action: 'db_started', category: 'process', classes: [] },
  SVSD: { action: 'db_stopped', category: 'process', classes: ['administrator-action'] },
  OPSV: { action: 'db_setting_changed', category: 'configuration', classes: ['policy-change'] },
};

const commands: Readonly<Record<string, string>> = {
  SL: 'SELECT',
  IN: 'INSERT',
  UP: 'UPDATE',
  DL: 'DELETE',
  EX: 'EXECUTE',
  CR: 'CREATE',
  AL: 'ALTER',
  DR: 'DROP',
  G: 'GRANT',
  GWG: 'GRANT',
  R: 'REVOKE',
  D: 'DENY',
  BA: 'BACKUP',
  RS: 'RESTORE',
};

/** False when the text is no such audit. */
export function placeSqlServerAudit(draft: EventDraft, text: string): boolean {
  const cut = statementStart.exec(text);
  const head = cut === null ? text : text.slice(0, cut.index);
  const values = new Map<string, string>();
  for (const [, name = '', value = ''] of head.slice(0, 8192).matchAll(field))
    if (!values.has(name)) values.set(name, value.trim());
  const id = values.get('action_id') ?? '';
  if (id === '') return false;
  const tail = cut === null ? '' : text.slice(cut.index + cut[0].length);
  const end = statementEnd.exec(tail);
  const statement = (end === null ? tail : tail.slice(0, end.index)).trim();
  const value = (name: string): string => values.get(name) ?? '';
  const account = /^(?:([^\\]{1,128})\\)?(.{1,256})$/s.exec(
    value('session_server_principal_name') || value('server_principal_name'),
  );
  draft.keyword('user.name', account?.[2]);
  draft.keyword('user.domain', account?.[1]);
  if (value('client_ip') !== 'local machine') draft.endpoint('source', value('client_ip'));
  const target = value('target_server_principal_name') || value('target_database_principal_name');
  draft.keyword('user.target.name', target);
  draft.keyword('database.name', value('database_name'));
  const object = [value('schema_name'), value('object_name')].filter((part) => part !== '').join('.');
  draft.keyword('database.object', object);
  draft.keyword('database.session', value('session_id'));
  draft.label('action_id', id);
  draft.label('application_name', value('application_name'));
  draft.label('server_instance_name', value('server_instance_name'));
  placeAction(draft, { id, statement, outcome: value('succeeded') === 'false' ? 'failure' : 'success' });
  return true;
}

function placeAction(
  draft: EventDraft,
  { id, statement, outcome }: { id: string; statement: string; outcome: 'success' | 'failure' },
): void {
  const known = actions[id];
  if (known === undefined) {
    placeSql(draft, statement, { outcome, command: commands[id] ?? '', isDenied: outcome === 'failure' });
    return;
  }
  draft.event(known.action, known.category, outcome);
  draft.classify(...known.classes);
  draft.keyword('database.statement', statement);
}
