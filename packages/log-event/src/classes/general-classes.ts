/**
 * Classes of events whose format leaves it to the sender what it calls them (JSON, key=value, CEF, LEEF): by the words that
 * senders commonly use for an action, compared whole, and by the categories of the Elastic Common Schema.
 */

import type { EventDraft } from '../event-draft.ts';
import { flatText } from '../json-text.ts';
import { classesIn, classTableOf } from './class-table.ts';
import { classBit, type ClassSet } from './class-set.ts';

const nouns = ['user', 'account', 'group', 'member'];
const verbs = 'create add delete remove update modify change disable enable lock unlock'.split(' ');

function past(verb: string): string {
  return verb === 'modify' ? 'modified' : verb.endsWith('e') ? `${verb}d` : `${verb}ed`;
}

/** `create_user`, `user_create`, `user_created`. */
function changesOf(things: readonly string[], acts: readonly string[]): string {
  return things
    .flatMap((thing) => acts.flatMap((act) => [`${act}_${thing}`, `${thing}_${act}`, `${thing}_${past(act)}`]))
    .join(' ');
}

const signIns =
  'login logon log_in signin sign_in user_login user_logon user_signin user_sign_in authenticate authentication mfa_challenge';

const table = classTableOf({
  'authentication-use': `${signIns} logout logoff log_out signout sign_out user_logout user_logoff login_success login_succeeded logon_success authentication_success user_authenticated`,
  'authentication-use access-denied':
    signIns
      .split(' ')
      .map((word) => `${word}_failed ${word}_failure failed_${word}`)
      .join(' ') + ' auth_failed auth_failure invalid_login bad_password invalid_password account_lockout',
  'access-denied':
    'deny denied access_denied permission_denied unauthorized unauthorised forbidden block blocked drop dropped reject rejected refused access_refused',
  'credential-change': `reset_password password_reset mfa_enabled mfa_disabled mfa_reset ${changesOf(
    ['password', 'credential', 'api_key', 'access_key'],
    ['change', 'create', 'rotate', 'revoke', 'delete', 'update'],
  )}`,
  'account-change': changesOf(nouns, verbs),
  'privilege-elevation': `sudo su privilege_escalation privilege_elevation grant_privilege grant_permission permission_granted ${changesOf(
    ['role'],
    ['add', 'assign'],
  )} grant_role role_grant role_granted`,
  'policy-change': changesOf(
    ['policy', 'config', 'configuration', 'setting', 'settings', 'rule', 'firewall_rule'],
    ['change', 'update', 'modify', 'create', 'add', 'delete', 'remove', 'disable', 'enable'],
  ),
  'log-control':
    'clear_log log_cleared clear_logs logs_cleared audit_log_cleared clear_audit_log logging_started logging_stopped logging_disabled logging_enabled audit_started audit_stopped audit_disabled audit_enabled',
  'log-access':
    'view_log view_logs view_audit_log audit_log_viewed export_logs export_audit_log search_logs search_audit_log',
});

const longestAction = 48;
const keptActions = 4096;
/** A source's records have the same actions again and again. */
const kept = new Map<string, ClassSet | null>();

/** The classes of the words that the sender has for the action: `User-Login` is `user_login`. */
export function classesOfWords(action: string): ClassSet | undefined {
  if (action.length > longestAction) return undefined;
  let set = kept.get(action);
  if (set === undefined) {
    set = classesIn(table, action.toLowerCase().replace(/[ .:-]/g, '_'), undefined) ?? null;
    // Actions come from outside: the memory is only kept small, not complete.
    if (kept.size >= keptActions) kept.clear();
    kept.set(flatText(action), set);
  }
  return set ?? undefined;
}

/** What the action's words and the categories of the Elastic Common Schema say. */
export function classifyGeneral(draft: EventDraft): void {
  const failed = draft.get('event.outcome') === 'failure';
  const action = draft.get('event.action');
  if (typeof action === 'string') {
    const set = classesOfWords(action);
    if (set !== undefined) classifyBy(draft, set, failed);
  }
  const category = draft.get('event.category');
  if (category === undefined) return;
  const is = (word: string): boolean => (Array.isArray(category) ? category.includes(word) : category === word);
  if (is('authentication')) draft.classify('authentication-use', ...(failed ? (['access-denied'] as const) : []));
  else if (is('iam') && changes(draft)) draft.classify('account-change');
  else if (is('configuration') && changes(draft)) draft.classify('policy-change');
  if (saysType(draft, 'denied')) draft.classify('access-denied');
}

/** A sign-in that failed was refused, and what was refused has failed. */
function classifyBy(draft: EventDraft, { bits }: ClassSet, failed: boolean): void {
  draft.classBits |= failed && (bits & authenticationUse) !== 0 ? bits | accessDenied : bits;
  if ((bits & accessDenied) !== 0) draft.set('event.outcome', 'failure');
}

const authenticationUse = classBit('authentication-use');
const accessDenied = classBit('access-denied');

const changing = ['change', 'creation', 'deletion'];

function changes(draft: EventDraft): boolean {
  return changing.some((type) => saysType(draft, type));
}

function saysType(draft: EventDraft, word: string): boolean {
  const type = draft.get('event.type');
  return Array.isArray(type) ? type.includes(word) : type === word;
}
