/**
 * Devices of Huawei and H3C: `%%01SHELL/4/LOGINFAILED(l)[4711]:Failed to login. (Ip=203.0.113.5, UserName=root, …)`. Module and
 * mnemonic say what happened.
 */

import type { EventDraft } from '../../event-draft.ts';
import { fillNamed, messageRow as row, messageTable, readByTable } from '../message-rows.ts';

const header = /^%%(\d{2})([A-Za-z][\w-]{0,31})\/([0-7])\/([\w-]{1,64})(?:\([a-zA-Z]\))?(?:\[\d{1,10}\])?: ?/;

/** By mnemonic: action, category and outcome. */
const events: ReadonlyMap<string, string> = new Map([
  ...same(
    'LOGIN LOGINSUCC LOGIN_SUCC SHELL_LOGIN SSHS_LOG SSH_LOGIN LOGINOK ONLINE',
    'huawei_login authentication success',
  ),
  ...same(
    'LOGINFAILED LOGIN_FAILED LOGINFAIL LOGIN_FAIL SSHS_AUTH_FAIL SSHS_AUTH_EXCEED_RETRY_TIMES AUTHFAIL AUTH_FAIL SSH_FAIL',
    'huawei_login authentication failure',
  ),
  ...same('LOGOUT SHELL_LOGOUT SSH_LOGOUT OFFLINE', 'huawei_logout session success'),
  ...same('CMDRECORD CMD_CONFIRM_CMDRECORD SHELL_CMD CMD', 'huawei_command configuration success'),
  ...same('CFGCHANGE CFGMAN_CFGCHANGED SAVE CONFIG_I CFG_SAVE_SUCCESS', 'huawei_configured configuration success'),
  ...same('PACKET_DENY POLICYDENY POLICY_DENY FILTER_PACKET_DENY ACL_DENY', 'huawei_denied network failure'),
  ...same('SESSION_TEARDOWN SESSION_CREATE POLICYPERMIT', 'huawei_session network success'),
  ...same('ADDUSER ADD_USER', 'huawei_user_added iam success'),
  ...same('DELUSER DEL_USER', 'huawei_user_deleted iam success'),
]);

function same(mnemonics: string, event: string): Array<[string, string]> {
  return mnemonics.split(' ').map((mnemonic) => [mnemonic, event]);
}

const names = new Map(
  Object.entries({
    username: 'user.name',
    user: 'user.name',
    ip: 'source',
    userip: 'source',
    ipaddress: 'source',
    sourceip: 'source',
    srcip: 'source',
    'source-ip': 'source',
    sourceport: 'source.port',
    srcport: 'source.port',
    'source-port': 'source.port',
    destinationip: 'destination',
    dstip: 'destination',
    'destination-ip': 'destination',
    destinationport: 'destination.port',
    dstport: 'destination.port',
    'destination-port': 'destination.port',
    protocol: 'network.transport',
    command: 'process.command_line',
    accesstype: 'network.protocol',
    reason: 'event.reason',
    policyname: 'rule.name',
    rulename: 'rule.name',
    mac: 'source.mac',
  }),
);

/** H3C writes sentences. */
const texts = messageTable([
  row('^(.{1,256}) logged in from (\\S{1,64}?)\\.?$', 'huawei_login authentication success', 'user.name source'),
  row('^(.{1,256}) logged out from (\\S{1,64}?)\\.?$', 'huawei_logout session success', 'user.name source'),
  row(
    '^(.{1,256}) failed to (?:log|login) in from (\\S{1,64}?)\\.?$',
    'huawei_login authentication failure',
    'user.name source',
  ),
  row(
    '^-Line=(\\S{1,32})-IPAddr=(\\S{1,64}?)-User=(.{1,256}?); Command is (.{1,1024})$',
    'huawei_command configuration success',
    'process.tty.name source user.name process.command_line',
  ),
]);

const mostPairs = 64;
const pair = /(?:^|[\s(,;])([A-Za-z][\w-]{0,31})=("[^"]{0,1024}"|[^,;)]{0,1024})/g;

export function readHuawei(draft: EventDraft, message: string): boolean {
  const match = header.exec(message);
  if (match === null) return false;
  const [all, , module = '', severity, mnemonic = ''] = match;
  draft.parsedAs('huawei');
  draft.keyword('event.code', `${module}/${mnemonic}`);
  draft.long('event.severity', severity);
  const text = message.slice(all.length).trimEnd();
  if (readByTable(draft, text, texts)) return true;
  const [action, category, outcome] = (events.get(mnemonic) ?? `huawei_${module}_${mnemonic} host`).split(' ');
  draft.event(
    action?.toLowerCase().replaceAll('-', '_') ?? '',
    category ?? '',
    outcome === 'success' || outcome === 'failure' ? outcome : undefined,
  );
  takePairs(draft, text);
  return true;
}

/** The first of a key counts: what is typed can only stand behind the key of its own. */
function takePairs(draft: EventDraft, text: string): void {
  let count = 0;
  for (const [, key = '', written = ''] of text.matchAll(pair)) {
    if (++count > mostPairs) return;
    const value = written.startsWith('"') ? written.slice(1, -1) : written.trim();
    if (value !== '') fillNamed(draft, names.get(key.toLowerCase()) ?? `label:${key}`, value);
  }
}
