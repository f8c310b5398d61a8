'use client';

import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useSyncExternalStore } from 'react';
import { zoneChoices, type ZoneChoice } from './zone-choices.ts';
import { noteUrlWrite } from '../navigation/url-writes.ts';
import { useSession } from '../session/session-context.tsx';
import { isKnownZone } from './zoned-time.ts';

const zoneParser = parseAsStringLiteral(zoneChoices).withDefault('tenant');
const subscribe = () => () => {};
const browserZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

export interface ZoneSetting {
  choice: ZoneChoice;
  /** IANA name of the zone that clocks show. */
  zone: string;
  zones: Record<ZoneChoice, string>;
  setChoice: (choice: ZoneChoice) => void;
}

/** The zone of every clock on the page. It stands in the URL; days of reviews do not follow it, they are the tenant's. */
export function useZone(): ZoneSetting {
  const { tenant } = useSession();
  const [choice, setChoice] = useQueryState('zone', zoneParser.withOptions({ history: 'push' }));
  const tenantZone = isKnownZone(tenant.timeZone) ? tenant.timeZone : 'UTC';
  const mine = useSyncExternalStore(subscribe, browserZone, () => tenantZone);
  const zones = { tenant: tenantZone, mine, utc: 'UTC' };
  return { choice, zone: zones[choice], zones, setChoice: (next) => noteUrlWrite(setChoice(next)) };
}
