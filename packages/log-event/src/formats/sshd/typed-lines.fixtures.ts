import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = [
  ' from 198.51.100.66 port 1 ssh2',
  ' from 198.51.100.66 port 1',
  ' from 198.51.100.66',
  ' 198.51.100.66 port 1',
  ' port 22',
  ' ssh2',
  ' ssh2: RSA SHA256:abc',
  ' ssh1: ruser from 198.51.100.66',
  ': Too many authentication failures',
  'invalid user ',
  'Accepted password for root',
  ' not allowed because listed in DenyUsers',
  ' via 198.51.100.66',
  ' for root from 198.51.100.66',
  ' by user root',
];

/** The server cuts a user's name at 100 characters. */
const cut = (text: string): string => text.slice(0, 100);

function line(what: string, message: (typed: string) => string, holds: string): TypedLine {
  const write = (typed: string): string => `Nov 22 10:00:00 web01 sshd[9]: ${message(typed)}`;
  return { what, write, plain: 'bob', syntax, holds: holds.split(' ') };
}

const peer = '2001:db8::7 port 50022';
const changed = 'Change of username or service not allowed: ';

export const typedLines: readonly TypedLine[] = [
  line('failed password', (user) => `Failed password for invalid user ${cut(user)} from ${peer} ssh2`, 'user.name'),
  line(
    'failed key',
    (user) => `Failed publickey for invalid user ${cut(user)} from ${peer} ssh2: RSA SHA256:${'k'.repeat(43)}`,
    'user.name',
  ),
  line(
    'key id of an accepted certificate',
    (id) =>
      `Accepted publickey for bob from ${peer} ssh2: RSA-CERT SHA256:${'k'.repeat(43)} ID ${id} (serial 1) CA RSA SHA256:c`,
    '',
  ),
  line('remote user of rhosts', (user) => `Failed rhosts for alice from ${peer} ssh1: ruser ${cut(user)}`, ''),
  line('invalid user', (user) => `Invalid user ${cut(user)} from ${peer}`, 'user.name'),
  line('connection closed', (user) => `Connection closed by invalid user ${user} ${peer} [preauth]`, 'user.name'),
  line('disconnected', (user) => `Disconnected from invalid user ${user} ${peer} [preauth]`, 'user.name'),
  line(
    'disconnecting',
    (user) => `Disconnecting invalid user ${user} ${peer}: Too many authentication failures [preauth]`,
    'user.name',
  ),
  line(
    'disconnecting after another name',
    (user) =>
      `Disconnecting authenticating user alice ${peer}: ${cut(`${changed}(alice,ssh-connection) -> (${user},x)`)}`,
    'event.reason',
  ),
  line(
    'disconnecting from a first name',
    (user) =>
      `Disconnecting invalid user ${user} ${peer}: ${cut(`${changed}(${user},ssh-connection) -> (alice,ssh-connection)`)}`,
    'user.name event.reason',
  ),
  line(
    'too many attempts',
    (user) =>
      `error: maximum authentication attempts exceeded for invalid user ${cut(user)} from ${peer} ssh2 [preauth]`,
    'user.name',
  ),
  line(
    'refusal by PAM',
    (user) => `error: PAM: Authentication failure for illegal user ${cut(user)} from 192.0.2.7`,
    'user.name',
  ),
  line('reason of a disconnection', (reason) => `Received disconnect from ${peer}:11: ${reason}`, 'event.reason'),
  line('offer', (offer) => `Unable to negotiate with ${peer}: no match. Their offer: ${offer}`, 'event.reason'),
  line('version', (version) => `Bad protocol version identification '${version}' from ${peer}`, ''),
  line('identification', (text) => `kex_exchange_identification: ${text}`, 'event.reason'),
  line('subsystem', (name) => `subsystem request for ${name} by user alice`, ''),
].map((each) => ({ ...each, holds: each.holds.filter((field) => field !== '') }));
