import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = [' src_ip=198.51.100.66', ' log_subtype="Denied"', ' status="Successful"', 'user_name=root'];

export const typedLines: readonly TypedLine[] = [
  {
    what: 'name of a refused sign-in',
    write: (name) =>
      `<30>device="SFW" date=2026-11-22 time=20:00:01 timezone="JST" device_name="XG1" log_id=062009617502 log_type="Event" log_component="GUI" log_subtype="Authentication" status="Failed" src_ip=192.0.2.7 user_name="${name.replaceAll('"', '')}"`,
    plain: 'bob',
    syntax,
    holds: ['user.name'],
  },
];
