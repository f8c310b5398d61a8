import type { Reason } from './claim.ts';
import { firstLabel } from './name-variants.ts';
import type { SessionPeriod } from './session-periods.ts';

export function sessionReason(session: SessionPeriod): Reason {
  const { eventId, kind, account, origin, tty, place, address } = session;
  const params: Record<string, string> = { account, host: place.host ?? place.stream };
  if (origin !== null) params['origin'] = origin;
  if (tty !== null) params['tty'] = tty;
  if (session.session !== null) params['session'] = session.session;
  if (address !== null) params['address'] = address;
  return { master: 'sessions', row: eventId, kind: kind === 'elevation' ? 'elevation' : 'sign-in', params };
}

/** Forms of a terminal's name; auditd writes `pts0`, some programs the device. */
export function ttyForms(tty: string): string[] {
  return [tty, `/dev/${tty}`, tty.replace('/', '')].filter((form, index, forms) => forms.indexOf(form) === index);
}

/** Every name of a machine under which an event may be looked up. */
export function placeKeys({ host, stream }: SessionPeriod['place'], key: string): string[] {
  const names = host === null ? [stream, firstLabel(stream)] : [host, firstLabel(host), stream];
  return [...new Set(names)].map((name) => `${name.normalize('NFC')} ${key}`);
}
