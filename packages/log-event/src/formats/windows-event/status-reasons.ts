/** NTSTATUS and Kerberos codes of refused sign-ins ([MS-ERREF] 2.3.1, RFC 4120 section 7.5.9), in words. */

const ntStatus: Readonly<Record<string, string>> = {
  c0000022: 'access denied',
  c000005e: 'no logon server',
  c0000064: 'no such user',
  c000006a: 'wrong password',
  c000006b: 'password rule',
  c000006c: 'password rule',
  c000006d: 'wrong user name or password',
  c000006e: 'account restriction',
  c000006f: 'outside logon hours',
  c0000070: 'workstation not permitted',
  c0000071: 'password expired',
  c0000072: 'account disabled',
  c00000dc: 'server in the wrong state',
  c0000133: 'clocks differ too much',
  c000015b: 'logon type not granted',
  c000018c: 'trust relationship failed',
  c000018d: 'trust relationship failed',
  c0000192: 'logon service not started',
  c0000193: 'account expired',
  c0000199: 'workstation trust account',
  c0000224: 'password must change',
  c0000225: 'not found',
  c0000234: 'account locked out',
  c00002ee: 'error at logon',
  c0000371: 'no local secret',
  c0000413: 'authentication firewall',
};

const kerberos: Readonly<Record<string, string>> = {
  1: 'client entry expired',
  2: 'server entry expired',
  6: 'no such user',
  7: 'no such service',
  9: 'null key',
  c: 'policy',
  d: 'bad option',
  e: 'encryption type not supported',
  f: 'checksum type not supported',
  10: 'pre-authentication type not supported',
  12: 'account disabled, expired or locked out',
  17: 'password expired',
  18: 'wrong password',
  19: 'pre-authentication required',
  '1b': 'user to user only',
  '1d': 'service unavailable',
  '1f': 'integrity check failed',
  20: 'ticket expired',
  21: 'ticket not yet valid',
  22: 'request replayed',
  25: 'clocks differ too much',
  29: 'message modified',
  '3c': 'error',
  44: 'user to user refused',
};

/** Undefined for success and for what the tables do not know. */
export function statusReason(code: string): string | undefined {
  const digits = hexDigits(code);
  if (digits === undefined) return undefined;
  return ntStatus[digits] ?? kerberos[digits.replace(/^0+(?=.)/, '')];
}

/** Whether a status says success; undefined where it is no status. */
export function isSuccessCode(code: string): boolean | undefined {
  const digits = hexDigits(code);
  return digits === undefined ? undefined : /^0+$/.test(digits);
}

function hexDigits(code: string): string | undefined {
  return /^0x[0-9a-f]{1,8}$/i.test(code) ? code.slice(2).toLowerCase() : undefined;
}
