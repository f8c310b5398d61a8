/** OpenSSH's messages, versions 3 to 10: what is done, by whom, with what outcome, from where. */
import { expect, it } from 'vitest';
import { EventDraft } from '../../event-draft.ts';
import { readSshd } from './read-sshd.ts';

/** Message, action and outcome, user, source address and port. */
const messages: ReadonlyArray<readonly [message: string, event: string, user: string, source: string]> = [
  ['Failed password for root from 2001:db8::5 port 50022 ssh2', 'ssh_login failure', 'root', '2001:db8::5 50022'],
  ['Failed password for bob from fe80::1%eth0 port 50022 ssh2', 'ssh_login failure', 'bob', 'fe80::1%eth0 50022'],
  [
    'Failed password for invalid user a from 1.2.3.4 port 5 ssh2 from 192.0.2.4 port 5000 ssh2',
    'ssh_login failure',
    'a from 1.2.3.4 port 5 ssh2',
    '192.0.2.4 5000',
  ],
  [
    'Failed password for bob from 192.0.2.7 port 22 ssh1: ruser from 198.51.100.9',
    'ssh_login failure',
    'bob',
    '192.0.2.7 22',
  ],
  [
    'Failed rhosts for bob from 192.0.2.7 port 22 ssh1: ruser x from 198.51.100.9 port 3 ssh1',
    'ssh_login failure',
    'bob',
    '192.0.2.7 22',
  ],
  [
    'Failed publickey for invalid user a from 6.6.6.6 port 1 ssh2: RSA-CERT SHA256:zz ID y from 192.0.2.7 port 5 ssh2: RSA SHA256:abc',
    'ssh_login failure',
    'a from 6.6.6.6 port 1 ssh2: RSA-CERT SHA256:zz ID y',
    '192.0.2.7 5',
  ],
  [
    'Failed publickey for invalid user bob from 192.0.2.7 port 5 ssh2: RSA-CERT SHA256:abc ID a from 6.6.6.6 port 1 ssh2 (serial 0) CA RSA SHA256:ddd',
    'ssh_login failure',
    'bob',
    '192.0.2.7 5',
  ],
  [
    'Accepted publickey for alice from 192.0.2.7 port 5 ssh2: RSA-CERT SHA256:abc ID a from 6.6.6.6 port 1 ssh2: RSA-CERT ID z (serial 0) CA RSA SHA256:ddd',
    'ssh_login success',
    'alice',
    '192.0.2.7 5',
  ],
  [
    'Accepted keyboard-interactive/pam for CORP\\\\tanaka from 192.0.2.7 port 5 ssh2',
    'ssh_login success',
    'CORP\\tanaka',
    '192.0.2.7 5',
  ],
  ['Invalid user \\346\\227\\245 from 192.0.2.7 port 5', 'ssh_invalid_user failure', '日', '192.0.2.7 5'],
  ['Invalid user  from 192.0.2.7 port 5', 'ssh_invalid_user failure', '', '192.0.2.7 5'],
  ['Received disconnect from 192.0.2.1: 11:', 'ssh_disconnected', '', '192.0.2.1'],
  ['Received disconnect from 2001:db8::5: 11: Bye Bye', 'ssh_disconnected', '', '2001:db8::5'],
  [
    'Received disconnect from 2001:db8::5 port 22:11: Bye from 6.6.6.6 port 1:11: x [preauth]',
    'ssh_disconnected',
    '',
    '2001:db8::5 22',
  ],
  [
    'Disconnecting invalid user bob 192.0.2.1 port 5: Change of username or service not allowed: (bob,ssh-connection) -> (alice,ssh-connection) [preauth]',
    'ssh_disconnecting failure',
    'bob',
    '192.0.2.1 5',
  ],
  [
    'Disconnecting invalid user bob 6.6.6.6 port 1: Packet corrupt 192.0.2.1 port 5: Change of username or service not allowed: (bob 6.6.6.6 port 1: Packet corrupt,ssh-connection) -> (alice [preauth]',
    'ssh_disconnecting failure',
    'bob 6.6.6.6 port 1: Packet corrupt',
    '192.0.2.1 5',
  ],
  [
    'Disconnecting invalid user a 6.6.6.6 port 1: x 192.0.2.1 port 5: Too many authentication failures [preauth]',
    'ssh_disconnecting failure',
    'a 6.6.6.6 port 1: x',
    '192.0.2.1 5',
  ],
  [
    'Disconnecting authenticating user root 2001:db8::9 port 5: Too many authentication failures [preauth]',
    'ssh_disconnecting failure',
    'root',
    '2001:db8::9 5',
  ],
  [
    'Disconnecting: Too many authentication failures for root from 192.0.2.1 port 5 ssh2 [preauth]',
    'ssh_max_attempts failure',
    'root',
    '192.0.2.1 5',
  ],
  ['Disconnecting: Too many authentication failures for invalid user x [preauth]', 'ssh_max_attempts failure', 'x', ''],
  [
    'error: PAM: Authentication failure for illegal user x from h.example via 192.0.2.9',
    'ssh_login failure',
    'x',
    'h.example',
  ],
  [
    'error: PAM: authentication error for illegal user x y from 6.6.6.6 via 1.1.1.1 from host.example via g',
    'ssh_login failure',
    'x y from 6.6.6.6 via 1.1.1.1',
    'host.example',
  ],
  ['error: PAM: User account has expired for bob from 192.0.2.1', 'ssh_login failure', 'bob', '192.0.2.1'],
  ['ROOT LOGIN REFUSED FROM 192.0.2.7 port 5', 'ssh_login_denied failure', 'root', '192.0.2.7 5'],
  ['ROOT LOGIN REFUSED FROM 2001:db8::1', 'ssh_login_denied failure', 'root', '2001:db8::1'],
  [
    'drop connection #0 from [2001:db8::7]:51234 on [198.51.100.1]:22 penalty: failed authentication',
    'ssh_connection_dropped failure',
    '',
    '2001:db8::7 51234',
  ],
  [
    'drop connection #1 from [192.0.2.7]:51234 past MaxStartups',
    'ssh_connection_dropped failure',
    '',
    '192.0.2.7 51234',
  ],
  ['fatal: Access denied for user bob by PAM account configuration [preauth]', 'ssh_login_denied failure', 'bob', ''],
  [
    'Connection closed by authenticating user root 2001:db8::9 port 22 [preauth]',
    'ssh_connection_closed failure',
    'root',
    '2001:db8::9 22',
  ],
  [
    'Connection closed by invalid user a b 6.6.6.6 port 1 192.0.2.9 port 22 [preauth]',
    'ssh_connection_closed failure',
    'a b 6.6.6.6 port 1',
    '192.0.2.9 22',
  ],
  ['Connection closed by 192.0.2.9 [preauth]', 'ssh_connection_closed', '', '192.0.2.9'],
  ['Connection reset by 2001:db8::9 port 5 [preauth]', 'ssh_connection_closed', '', '2001:db8::9 5'],
  ['Connection from 192.0.2.7 port 52100 on 10.0.0.1 port 22 rdomain ""', 'ssh_connection', '', '192.0.2.7 52100'],
  ['Connection from user bob 192.0.2.7 port 52100 timed out', 'ssh_connection_lost failure', 'bob', '192.0.2.7 52100'],
  ['fatal: Timeout before authentication for 192.0.2.7 port 5', 'ssh_login_timeout failure', '', '192.0.2.7 5'],
  [
    'Timeout before authentication for connection from 192.0.2.7 to 10.0.0.1, pid = 123',
    'ssh_login_timeout failure',
    '',
    '192.0.2.7',
  ],
  [
    'error: maximum authentication attempts exceeded for invalid user x y from 2404:6800::3 port 22 ssh2 [preauth]',
    'ssh_max_attempts failure',
    'x y',
    '2404:6800::3 22',
  ],
  ['User bob from 192.0.2.4 not allowed because listed in DenyUsers', 'ssh_login_denied failure', 'bob', '192.0.2.4'],
  ['User bob not allowed because account is locked', 'ssh_login_denied failure', 'bob', ''],
  ['User bob password has expired (password aged)', 'ssh_login_denied failure', 'bob', ''],
  [
    'Authentication tried for root with correct key but not from a permitted host (host=x.example, ip=192.0.2.1, required=10.0.0.0/8).',
    'ssh_login_denied failure',
    'root',
    '192.0.2.1',
  ],
  [
    'Address 192.0.2.1 maps to x.example, but this does not map back to the address.',
    'ssh_reverse_lookup failure',
    '',
    '192.0.2.1',
  ],
  [
    'reverse mapping checking getaddrinfo for x.example [192.0.2.1] failed - POSSIBLE BREAK-IN ATTEMPT!',
    'ssh_reverse_lookup failure',
    '',
    '192.0.2.1',
  ],
  ['Nasty PTR record "6.6.6.6" is set up for 192.0.2.1, ignoring', 'ssh_reverse_lookup failure', '', '192.0.2.1'],
  [
    'Unable to negotiate with 2001:db8::1 port 5: no matching key exchange method found. Their offer: x from 6.6.6.6 port 1 [preauth]',
    'ssh_negotiation_failed failure',
    '',
    '2001:db8::1 5',
  ],
  [
    'banner exchange: Connection from 2001:db8::1 port 5: invalid format',
    'ssh_bad_protocol failure',
    '',
    '2001:db8::1 5',
  ],
  [
    'kex_exchange_identification: client sent invalid protocol identifier "GET / from 6.6.6.6 port 2"',
    'ssh_bad_protocol failure',
    '',
    '',
  ],
  [
    "Bad protocol version identification 'GET from 6.6.6.6 port 1' from 192.0.2.1 port 5",
    'ssh_bad_protocol failure',
    '',
    '192.0.2.1 5',
  ],
  [
    'Protocol major versions differ for 192.0.2.1 port 5: SSH-2.0-x vs. SSH-1.5-y',
    'ssh_bad_protocol failure',
    '',
    '192.0.2.1 5',
  ],
  [
    'Starting session: shell on pts/0 for root from 192.0.2.1 port 5 id 0',
    'ssh_session_opened success',
    'root',
    '192.0.2.1 5',
  ],
  [
    "Starting session: forced-command (key-option) 'x for y from 6.6.6.6 port 1 id 0' for bob from 192.0.2.1 port 5 id 0",
    'ssh_session_opened success',
    'bob',
    '192.0.2.1 5',
  ],
  ['Close session: user bob from 192.0.2.1 port 5 id 0', 'ssh_session_closed success', 'bob', '192.0.2.1 5'],
  ['subsystem request for sftp by user x by user bob', 'ssh_subsystem', 'bob', ''],
  ['subsystem request for foo by user bob failed, subsystem not found', 'ssh_subsystem failure', 'bob', ''],
  ['session opened for local user bob from [2001:db8::1]', 'ssh_sftp_opened success', 'bob', '2001:db8::1'],
  [
    'ssh_dispatch_run_fatal: Connection from invalid user x 192.0.2.1 port 5: message authentication code incorrect [preauth]',
    'ssh_connection_lost failure',
    'x',
    '192.0.2.1 5',
  ],
  ['refused connect from 192.0.2.1 (192.0.2.1)', 'ssh_connection_refused failure', '', '192.0.2.1'],
  [
    'Did not receive identification string from 2001:db8::1 port 5',
    'ssh_no_identification failure',
    '',
    '2001:db8::1 5',
  ],
  [
    'srclimit_penalise: ipv4: new 192.0.2.1/32 deferred penalty of 5 seconds for penalty: failed authentication',
    'ssh_connection_penalised failure',
    '',
    '192.0.2.1',
  ],
  ['userauth_pubkey: key type ssh-rsa not in PubkeyAcceptedAlgorithms [preauth]', 'ssh_key_refused failure', '', ''],
  ['Authentication refused: bad ownership or modes for directory /home/bob', 'ssh_login_denied failure', '', ''],
  ['Disconnected from user bob 192.0.2.1 port 5', 'ssh_disconnected', 'bob', '192.0.2.1 5'],
  ['Disconnected from 192.0.2.1', 'ssh_disconnected', '', '192.0.2.1'],
  [
    'Disconnected from authenticating user root 2001:db8::1 port 5 [preauth]',
    'ssh_disconnected failure',
    'root',
    '2001:db8::1 5',
  ],
  ['Server listening on :: port 22.', 'ssh_server_listening success', '', ''],
  [
    'Postponed keyboard-interactive for invalid user x from 192.0.2.1 port 5 ssh2 [preauth]',
    'ssh_login unknown',
    'x',
    '192.0.2.1 5',
  ],
  [
    'Failed none for <invalid username> from 192.0.2.1 port 5 ssh2',
    'ssh_login failure',
    '<invalid username>',
    '192.0.2.1 5',
  ],
  ['Accepted password for bob from UNKNOWN port 65535 ssh2', 'ssh_login success', 'bob', 'UNKNOWN 65535'],
  [
    'Accepted gssapi-with-mic for bob from 192.0.2.1 port 5 ssh2: bob@EXAMPLE.JP',
    'ssh_login success',
    'bob',
    '192.0.2.1 5',
  ],
  ["scanned from 192.0.2.1 with SSH-1.0-SSH_Version_Mapper.  Don't panic.", 'ssh_probe failure', '', '192.0.2.1'],
  [
    'error: Received disconnect from 192.0.2.1: 3: com.jcraft.jsch.JSchException: Auth fail [preauth]',
    'ssh_disconnected',
    '',
    '192.0.2.1',
  ],
  [
    'Accepted publickey for alice from 192.0.2.1 port 5 ssh2: RSA 4f:1a:2b:3c:4d:5e:6f:70:81:92:a3:b4:c5:d6:e7:f8',
    'ssh_login success',
    'alice',
    '192.0.2.1 5',
  ],
  ['fatal: Unable to negotiate a key exchange method [preauth]', 'ssh_negotiation_failed failure', '', ''],
];

it.each(messages)('%s', (...row) => {
  const [message, event, user, source] = row;
  const draft = new EventDraft(message, 0);
  readSshd(draft, message);
  const [action, outcome] = event.split(' ');
  expect(draft.status).toBe('parsed');
  expect(draft.get('event.action')).toBe(action);
  expect(draft.get('event.outcome')).toBe(outcome);
  expect(draft.get('user.name') ?? '').toBe(user);
  const address = draft.get('source.address') ?? draft.get('source.ip');
  expect([address, draft.get('source.port')].filter((part) => part !== undefined).join(' ')).toBe(source);
});

it('says nothing about who and where when a line can be read in two ways', () => {
  const typed = 'a from 198.51.100.6 port 1 ssh2: RSA-CERT SHA256:abc ID b';
  const message = `Failed publickey for invalid user ${typed} from 192.0.2.7 port 5 ssh2: RSA-CERT SHA256:abc ID c (serial 0) CA RSA SHA256:d`;
  const draft = new EventDraft(message, 0);
  readSshd(draft, message);
  expect([draft.status, draft.reason]).toEqual(['partial', 'malformed']);
  expect([draft.get('source.ip'), draft.get('user.name')]).toEqual([undefined, undefined]);
  expect([draft.get('event.action'), draft.get('event.outcome')]).toEqual(['ssh_login', 'failure']);
});

it('counts an escape as the one byte that was typed, where the length of a name decides', () => {
  const typed = `a from 198.51.100.6 port 1 ssh2: RSA-CERT SHA256:abc ID ${'\\303'.repeat(30)}`;
  const message = `Failed publickey for invalid user ${typed} from 192.0.2.7 port 5 ssh2: RSA-CERT SHA256:abc ID c (serial 0) CA RSA SHA256:d`;
  const draft = new EventDraft(message, 0);
  readSshd(draft, message);
  expect([draft.reason, draft.get('source.ip')]).toEqual(['malformed', undefined]);
});

it('takes no address out of a message that it does not know', () => {
  const message = 'something new from 198.51.100.6 port 5';
  const draft = new EventDraft(message, 0);
  readSshd(draft, message);
  expect([draft.status, draft.get('source.ip')]).toEqual(['partial', undefined]);
});

it('makes no number of what masking has not seen as one', () => {
  for (const typed of ['\\064\\065\\065\\066', '\\357\\274\\224\\357\\274\\225']) {
    const message = `Invalid user ${typed} from 192.0.2.7 port 5`;
    const draft = new EventDraft(message, 0);
    readSshd(draft, message);
    expect(draft.get('user.name')).toBe(typed);
  }
});
