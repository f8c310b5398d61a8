/** Fields of an audit event from its records: one, or several that say together what one call did. */

import type { EventDraft } from '../../event-draft.ts';
import type { AuditRecord } from './audit-record.ts';
import { readSocketAddress } from './audit-values.ts';
import { changesIdentity, classifyAudit } from './classify-audit.ts';
import { commandOf, pathOf } from './joined-values.ts';
import { categoryOf } from './record-types.ts';
import { errorName, syscallAction } from './syscall-actions.ts';
import { syscallName } from './syscall-names.ts';

/** Records that say more about another one of their event. */
const companions = new Set(
  `SYSCALL PATH CWD EXECVE PROCTITLE SOCKADDR SOCKETCALL EOE BPRM_FCAPS CAPSET OBJ_PID FD_PAIR IPC IPC_SET_PERM MMAP
   MQ_OPEN MQ_SENDRECV MQ_NOTIFY MQ_GETSETATTR INODE AVC_PATH OPENAT2`.split(/\s+/),
);

/** The record that says what happened: one that stands for itself, else the call, else the first. */
function mainRecord(records: readonly AuditRecord[]): AuditRecord | undefined {
  return (
    records.find(({ type }) => !companions.has(type)) ?? records.find(({ type }) => type === 'SYSCALL') ?? records[0]
  );
}

/** Types whose `acct` is who acts… */
const ofActor =
  /^(?:USER_(?:AUTH|ACCT|LOGIN|LOGOUT|START|END|ERR)|CRED_(?:ACQ|DISP|REFR)|LOGIN|GRP_AUTH|ANOM_LOGIN_\w+|CRYPTO_LOG(?:IN|OUT)|ANOM_EXEC)$/;
/** …on whom… */
const ofTarget =
  /^(?:ADD_USER|DEL_USER|ACCT_LOCK|ACCT_UNLOCK|(?:USER|GRP)_(?:MGMT|CHAUTHTOK)|CH(?:USER|GRP)_ID|ROLE_\w+|USER_ROLE_CHANGE|ANOM_(?:ADD|DEL|MOD)_ACCT|RESP_ACCT_\w+)$/;
/** …or a group. */
const ofGroup = /^(?:ADD|DEL)_GROUP$/;
/** Of sudo, those that say under whose name the session is. */
const ofSession = /^(?:USER_(?:START|END)|CRED_(?:ACQ|DISP|REFR))$/;

export function fillAuditEvent(draft: EventDraft, records: readonly AuditRecord[]): void {
  const main = mainRecord(records);
  if (main === undefined) return;
  draft.keyword('auditd.type', main.type);
  draft.keyword('event.id', main.serial);
  draft.keyword('host.name', main.node);
  const call = records.find(({ type }) => type === 'SYSCALL');
  const callName = callNameOf(call);
  draft.keyword('auditd.syscall', callName);
  const path = pathOf(records);
  setEvent(draft, { main, call, callName, creates: path?.nameType === 'CREATE' });
  placeWho(draft, main.pairs.has('auid') || main.pairs.has('uid') || call === undefined ? main : call, main);
  draft.keyword('process.command_line', commandOf(records));
  if (path !== undefined) {
    draft.keyword('file.path', path.path);
    draft.keyword('file.target_path', path.target);
    for (const [key, value] of path.labels) draft.label(key, value);
  }
  for (const record of records) placeRest(draft, record, callName);
  draft.keyword('service.name', serviceOf(main.type));
  if (main.type.startsWith('DAEMON_')) draft.keyword('event.reason', main.lead.replace(/,$/, ''));
  classifyAudit(draft, {
    type: main.type,
    isInteractive: isSet((call ?? main).pairs.get('auid')),
    uid: (call ?? main).pairs.get('uid'),
    euid: call?.pairs.get('euid'),
    op: main.pairs.get('op') ?? main.innerLead,
    contexts: [main.pairs.get('default-context'), main.pairs.get('selected-context')],
    program: programOf(main.pairs),
    writes: call !== undefined && opensToWrite(call.pairs, callName),
  });
}

/** What a change of the system's own security is about, where no unit is named. */
function serviceOf(type: string): string | undefined {
  if (type.startsWith('DAEMON_') || type === 'CONFIG_CHANGE' || type === 'FEATURE_CHANGE') return 'auditd';
  if (type.startsWith('MAC_') || type.startsWith('USER_MAC_')) return 'selinux';
  if (type === 'NETFILTER_CFG') return 'netfilter';
  return type.startsWith('TIME_') ? 'clock' : undefined;
}

function callNameOf(call: AuditRecord | undefined): string | undefined {
  if (call === undefined) return undefined;
  const number = call.pairs.get('syscall') ?? '';
  return call.pairs.get('SYSCALL') ?? syscallName(call.pairs.get('arch') ?? '', number) ?? number;
}

/** Which argument of a call that opens a file holds its flags, in hexadecimal digits (open(2)). */
const flagsOf = new Map([
  ['open', 'a1'],
  ['openat', 'a2'],
]);
/** O_WRONLY or O_RDWR. */
const writing = 3;

function opensToWrite(pairs: ReadonlyMap<string, string>, callName: string | undefined): boolean {
  const flags = pairs.get(flagsOf.get(callName ?? '') ?? '');
  return callName === 'creat' || (flags !== undefined && (Number.parseInt(flags.slice(-1), 16) & writing) !== 0);
}

interface Deed {
  readonly main: AuditRecord;
  readonly call: AuditRecord | undefined;
  readonly callName: string | undefined;
  readonly creates: boolean;
}

function setEvent(draft: EventDraft, { main, call, callName, creates }: Deed): void {
  const outcome =
    outcomeOf(main) ??
    (call === undefined ? undefined : outcomeOf(call)) ??
    (isDone.test(main.type) ? 'success' : undefined);
  if (main.type !== 'SYSCALL') {
    const decision = decisionOf(main);
    const action = decision === undefined ? main.type.toLowerCase() : `${decision.by}_${decision.word}`;
    draft.event(action, categoryOf(main.type), outcome ?? decision?.outcome);
    draft.label('permission', decision?.permission ?? '');
    return;
  }
  const known = syscallAction(callName ?? '');
  const action = known?.action === 'opened_file' && creates ? 'created_file' : (known?.action ?? 'syscall');
  draft.event(action, known?.category ?? 'host', outcome);
}

/** Written when something has been done, without a result. */
const isDone = /^(?:MAC_(?:STATUS|POLICY_LOAD|CONFIG_CHANGE)|TIME_\w+|NETFILTER_CFG|KERN_MODULE|DAEMON_ROTATE)$/;

interface Decision {
  readonly by: string;
  readonly word: string;
  readonly outcome: 'success' | 'failure' | undefined;
  /** What was asked for, in SELinux's words. */
  readonly permission?: string;
}

const seLinux = /avc:\s{1,2}(denied|granted)\s{1,2}\{ ([\w ]{1,200}?) \}/;

/** What a security module decided: SELinux in words before the pairs, AppArmor in a pair, fanotify in a number. */
function decisionOf({ type, lead, innerLead, pairs }: AuditRecord): Decision | undefined {
  const word = pairs.get('apparmor')?.toLowerCase();
  if (word !== undefined) return { by: 'apparmor', word, outcome: word === 'denied' ? 'failure' : undefined };
  if (type === 'FANOTIFY') {
    const isDenied = pairs.get('resp') === '2';
    return { by: 'fanotify', word: isDenied ? 'denied' : 'allowed', outcome: isDenied ? 'failure' : 'success' };
  }
  if (type !== 'AVC' && type !== 'USER_AVC') return undefined;
  const match = seLinux.exec(type === 'AVC' ? lead : innerLead);
  if (match === null) return undefined;
  const isDenied = match[1] === 'denied' && pairs.get('permissive') !== '1';
  return { by: 'avc', word: match[1] ?? '', outcome: isDenied ? 'failure' : 'success', permission: match[2] ?? '' };
}

const results = new Map<string, 'success' | 'failure'>([
  ['success', 'success'],
  ['yes', 'success'],
  ['1', 'success'],
  ['failed', 'failure'],
  ['fail', 'failure'],
  ['no', 'failure'],
  ['0', 'failure'],
]);

function outcomeOf({ pairs }: AuditRecord): 'success' | 'failure' | undefined {
  return results.get(pairs.get('res') ?? pairs.get('success') ?? pairs.get('result') ?? '');
}

const unset = new Set(['4294967295', '-1', 'unset']);

function isSet(id: string | undefined): id is string {
  return id !== undefined && !unset.has(id);
}

function programOf(pairs: ReadonlyMap<string, string>): string {
  const exe = pairs.get('exe') ?? '';
  return exe.slice(exe.lastIndexOf('/') + 1);
}

/** The account that signed in acts, whatever name it has taken since; the process's own says as whom. */
function placeWho(draft: EventDraft, { pairs }: AuditRecord, main: AuditRecord): void {
  const { type } = main;
  const acct = main.pairs.get('acct');
  const auid = pairs.get('auid');
  const uid = pairs.get('uid');
  if (acct !== undefined && ofActor.test(type)) {
    const program = programOf(main.pairs);
    const isOther = changesIdentity(program) && (program !== 'sudo' || ofSession.test(type));
    draft.keyword(isOther ? 'user.effective.name' : 'user.name', acct);
    if (isOther) nameUser(draft, 'user', isSet(auid) ? [auid, pairs.get('AUID')] : [uid, pairs.get('UID')]);
    else if (isSet(auid)) draft.keyword('user.id', auid);
    return;
  }
  if (ofGroup.test(type)) {
    draft.keyword('group.name', acct ?? main.pairs.get('grp'));
    draft.keyword('group.id', main.pairs.get('id'));
  } else if (ofTarget.test(type)) {
    draft.keyword('group.name', main.pairs.get('grp'));
    draft.keyword('user.target.name', acct ?? main.pairs.get('ID'));
    draft.keyword('user.target.id', main.pairs.get('id'));
  }
  if (type === 'USER_LOGIN' || type === 'USER_LOGOUT')
    nameUser(draft, 'user', [main.pairs.get('id'), main.pairs.get('ID')]);
  const acts = isSet(auid) ? ([auid, pairs.get('AUID')] as const) : ([uid, pairs.get('UID')] as const);
  nameUser(draft, 'user', acts);
  if (ofActor.test(type)) return;
  const euid = pairs.get('euid');
  nameUser(draft, 'user.effective', euid === undefined ? [uid, pairs.get('UID')] : [euid, pairs.get('EUID')]);
}

/** Number 0 is root by definition; other names stand only where auditd has looked them up. */
function nameUser(
  draft: EventDraft,
  as: 'user' | 'user.effective',
  [id, name]: readonly [string | undefined, string | undefined],
): void {
  if (!isSet(id)) return;
  draft.keyword(as === 'user' ? 'user.id' : 'user.effective.id', id);
  const known = name === undefined || name === 'unset' || name.startsWith('unknown(') ? undefined : name;
  draft.keyword(as === 'user' ? 'user.name' : 'user.effective.name', known ?? (id === '0' ? 'root' : undefined));
}

/** Read above, or numbers that say nothing without the kernel's memory: the record keeps them. */
const passedOver = new Set(
  `acct auid euid id grp res success result syscall arch items item argc suid fsuid egid sgid fsgid ogid ouid rdev
   inode mode nametype cap_fp cap_fi cap_fe cap_fver cap_frootid obj name cwd proctitle cmd saddr SYSCALL ARCH per
   saddr_fam SADDR SUID FSUID EGID SGID FSGID OUID OGID AUID UID EUID ID GID OAUID objtype`.split(/\s+/),
);
/** What stands for itself where its record is the only one. */
const keywords = new Map([
  ['exe', 'process.executable'],
  ['comm', 'process.name'],
  ['unit', 'service.name'],
  ['reason', 'event.reason'],
  ['sw', 'package.name'],
  ['data', 'process.command_line'],
]);
const argument = /^a\d/;
/** Sets of capabilities in digits. */
const ofKernelOnly = new Set(['BPRM_FCAPS', 'CAPSET']);

function placeRest(draft: EventDraft, { type, pairs }: AuditRecord, callName: string | undefined): void {
  // A name without an address is the own host's.
  draft.endpoint('source', pairs.get('addr'));
  const hostName = pairs.get('hostname');
  if (hostName !== undefined) {
    if (pairs.has('addr')) draft.endpoint('source', hostName);
    else draft.keyword('host.name', hostName);
  }
  if (ofKernelOnly.has(type)) return;
  for (const [key, value] of pairs) {
    if (passedOver.has(key) || value === '(none)' || (argument.test(key) && (type === 'SYSCALL' || type === 'EXECVE')))
      continue;
    const field = keywords.get(key);
    if (field !== undefined) draft.keyword(field, value);
    else if (!placeKnown(draft, key, value)) placeLabel(draft, type, { key, value });
  }
  if (draft.get('process.name') === undefined) draft.keyword('process.name', programOf(pairs));
  const saddr = pairs.get('saddr');
  if (saddr !== undefined) placeSocket(draft, saddr, callName);
  draft.keyword('process.working_directory', pairs.get('cwd'));
}

function placeKnown(draft: EventDraft, key: string, value: string): boolean {
  switch (key) {
    case 'pid':
      draft.long('process.pid', value);
      return true;
    case 'ppid':
      draft.long('process.parent.pid', value);
      return true;
    case 'tty':
    case 'terminal':
      draft.keyword('process.tty.name', value);
      return true;
    case 'key':
      placeKeys(draft, value);
      return true;
    case 'uid':
      // Of a sign-in it is the server's own.
      return value === draft.get('user.effective.id') || value === draft.get('user.id');
    case 'ses':
      if (isSet(value)) draft.keyword('session.id', value);
      return true;
    case 'hostname':
    case 'addr':
      return true;
    case 'rport':
      draft.long('source.port', value);
      return true;
    case 'exit':
      draft.keyword('error.code', errorName(value));
      return false;
    default:
      return false;
  }
}

/** Of several rules that took one event, the keys stand between control characters, each with its name before it. */
function placeKeys(draft: EventDraft, written: string): void {
  const keys = written.split('\u0001').map((key) => (key.startsWith('key=') ? key.slice(4) : key));
  if (keys.length === 1) draft.keyword('auditd.key', keys[0]);
  else draft.set('auditd.key', keys);
}

function placeLabel(draft: EventDraft, type: string, { key, value }: { key: string; value: string }): void {
  if (key === 'laddr' || key === 'lport') {
    if (type === 'SOCKADDR') return;
    if (key === 'laddr') draft.endpoint('destination', value);
    else draft.long('destination.port', value);
    return;
  }
  if (!unset.has(value)) draft.label(key, value);
}

/** The other side of a connection; for a call that listens, the own one. */
function placeSocket(draft: EventDraft, saddr: string, callName: string | undefined): void {
  const socket = readSocketAddress(saddr);
  if (socket === undefined) return;
  if (socket.path !== undefined) draft.keyword('file.path', socket.path);
  else draft.endpoint(callName?.startsWith('accept') === true ? 'source' : 'destination', socket.address, socket.port);
}
