/** Classes that the type of an audit event does not decide: what a call did, as whom, to which file, under which rule. */

import type { EventClass } from '../../classes/event-class.ts';
import type { EventDraft } from '../../event-draft.ts';
import { isAdministratorGroup } from '../administrator-groups.ts';
import { isLogService } from '../log-daemon/log-services.ts';
import { refusals } from './syscall-actions.ts';

export interface AuditFacts {
  readonly type: string;
  /** Whether somebody signed in stands behind the process, rather than the system itself. */
  readonly isInteractive: boolean;
  readonly uid: string | undefined;
  readonly euid: string | undefined;
  readonly op: string | undefined;
  readonly program: string;
  /** A file was opened to be written. */
  readonly writes: boolean;
  /** Of SELinux: the one that a user has by default, and the one that was chosen. */
  readonly contexts: readonly (string | undefined)[];
}

export function classifyAudit(draft: EventDraft, facts: AuditFacts): void {
  const { type } = facts;
  if (type === 'SYSCALL') classifyCall(draft, facts);
  else if (type === 'CONFIG_CHANGE') {
    if (changesAuditing(facts.op, draft)) draft.classify('log-control');
  } else if (type === 'SERVICE_START' || type === 'SERVICE_STOP') {
    if (isLogService(draft.get('service.name'))) draft.classify('log-control');
  } else if (type === 'USER_START') {
    if (changesIdentity(facts.program)) draft.classify('privilege-elevation');
  } else if (type === 'GRP_MGMT' || type === 'USER_MGMT') {
    if (addsToAdministrators(draft, facts.op)) draft.classify('privilege-elevation');
  } else if (type === 'USER_ROLE_CHANGE') {
    const [usual, chosen] = facts.contexts;
    draft.classify(usual === chosen ? 'authentication-use' : 'privilege-elevation');
  } else if (type === 'USYS_CONFIG' && facts.op?.includes('time') === true) draft.classify('time-change');
  if ((type === 'USER_CHAUTHTOK' || type === 'USER_MGMT') && facts.op !== undefined && changesAccount.test(facts.op))
    draft.classify('account-change');
  if ((type === 'TTY' || type === 'USER_TTY') && facts.uid === '0') draft.classify('administrator-action');
}

const changesAccount = /\b(?:home|shell|group|uid|user name|age|expir|inactive|lock|unlock|comment)\b/;
/** Programs with which one user acts as another. */
const identityPrograms = new Set('su sudo pkexec doas runuser'.split(' '));

export function changesIdentity(program: string): boolean {
  return identityPrograms.has(program);
}

function addsToAdministrators(draft: EventDraft, op: string | undefined): boolean {
  const group = draft.get('group.name');
  return isAdministratorGroup(group) && op?.startsWith('add') === true;
}

/** `op=set audit_enabled=0 old=1`, and rules that are taken away. */
function changesAuditing(op: string | undefined, draft: EventDraft): boolean {
  return draft.labelKeys.includes('audit_enabled') || (op !== undefined && /^remove[_ ]rule/.test(op));
}

/** Directories of programs, libraries and configuration: what is made or deleted there is a system-level object (10.2.1.7). */
const systemDirectory =
  /^\/(?:bin|boot|etc|lib(?:32|64|x32)?|sbin|usr\/(?:s?bin|lib(?:32|64|exec)?|local\/(?:s?bin|lib))|opt|root\/\.ssh)\//;
const accountFile = /^\/etc\/(?:passwd|group|shadow|gshadow|security\/opasswd)-?$/;
const auditFile = /^\/var\/log\/(?:audit(?:\/|$)|secure|auth\.log|messages|syslog)/;
const policyFile =
  /^\/etc\/(?:audit|sudoers|sudoers\.d|selinux|apparmor\.d|pam\.d|security|ssh|login\.defs|firewalld|iptables|nftables)(?:[./]|$)/;
const timeFile = /^\/etc\/(?:localtime|timezone|ntp\.conf|chrony(?:\.conf|\/))/;

function classifyCall(draft: EventDraft, { isInteractive, uid, euid, writes }: AuditFacts): void {
  const error = draft.get('error.code');
  if (typeof error === 'string' && refusals.has(error)) draft.classify('access-denied');
  if (isInteractive && euid === '0') draft.classify('administrator-action');
  const action = draft.get('event.action');
  if (action === 'executed' && uid !== undefined && uid !== '0' && euid === '0') draft.classify('privilege-elevation');
  const path = draft.get('file.path');
  const failed = draft.get('event.outcome') === 'failure';
  if (typeof path === 'string' && !failed) classifyFile(draft, { path, action: String(action), writes });
  const key = draft.get('auditd.key');
  if (failed || key === undefined) return;
  for (const each of Array.isArray(key) ? key : [String(key)]) classifyByKey(draft, each);
}

const makes = new Set('created_file deleted renamed linked symlinked created_directory made_device'.split(' '));
const changes = new Set('changed_file_permissions changed_file_owner changed_file_attributes wrote_file'.split(' '));

interface FileAct {
  readonly path: string;
  readonly action: string;
  readonly writes: boolean;
}

function classifyFile(draft: EventDraft, { path, action, writes }: FileAct): void {
  if (auditFile.test(path)) {
    draft.classify('log-access');
    return;
  }
  if (makes.has(action) && systemDirectory.test(path)) draft.classify('system-object');
  if (!makes.has(action) && !changes.has(action) && !writes) return;
  if (accountFile.test(path)) draft.classify('account-change');
  if (timeFile.test(path)) draft.classify('time-change');
  if (policyFile.test(path)) draft.classify('policy-change');
}

/** Names of rules in the sets that the field shares: of PCI DSS by requirement, of CIS and STIG by subject. */
const requirements: ReadonlyArray<readonly [string, EventClass]> = [
  ['10.2.1-', 'card-data-access'],
  ['10.2.2-', 'administrator-action'],
  ['10.2.3-', 'log-access'],
  ['10.2.5.b-', 'privilege-elevation'],
  ['10.2.5.c-', 'account-change'],
  ['10.2.6-', 'log-control'],
  ['10.2.7-', 'system-object'],
  ['10.4.2b-', 'time-change'],
  ['10.5.5-', 'log-access'],
];
const subjects = new Map<string, EventClass>(
  (
    [
      ['time-change', 'time-change time_change audit_time_rules time'],
      [
        'account-change',
        'identity usergroup_modification audit_rules_usergroup_modification etcgroup etcpasswd opasswd user-modify',
      ],
      ['policy-change', 'MAC-policy mac-policy auditconfig scope sudoers'],
      ['log-access', 'auditlog access-audit-trail'],
      ['log-control', 'audittools'],
      ['system-object', 'modules kernel_modules'],
    ] as const
  ).flatMap(([name, keys]) => keys.split(' ').map((key) => [key, name] as const)),
);

function classifyByKey(draft: EventDraft, key: string): void {
  const found = subjects.get(key) ?? requirements.find(([prefix]) => key.startsWith(prefix))?.[1];
  if (found !== undefined) draft.classify(found);
}
