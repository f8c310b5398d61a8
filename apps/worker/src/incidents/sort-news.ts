import type { Area, DueNotification, NotificationChannel } from '@akashi/database';
import { isOfArea, tellAt } from '@akashi/policy';

export interface SortedNews {
  /** For now. */
  readonly told: readonly DueNotification[];
  /** For later, by the moment. */
  readonly held: readonly { readonly until: Date; readonly ids: readonly string[] }[];
  /** Not for this channel. */
  readonly dropped: readonly DueNotification[];
}

interface Around {
  /** The channel that the news is for. */
  readonly channel: NotificationChannel;
  /** All of the organisation. */
  readonly channels: readonly NotificationChannel[];
  readonly areas: readonly Area[];
  readonly now: Date;
  readonly timeZone: string;
}

/**
 * What of a channel's news is told now, what its hours hold, and what it is not told of: what is of another area, and an
 * escalation of what somebody has acknowledged meanwhile or of a channel that is gone. An escalation is held by no hours.
 */
export function sortNews(news: readonly DueNotification[], around: Around): SortedNews {
  const { channel, now, timeZone } = around;
  const wanted = news.filter((each) => isWanted(each, around));
  const later = Map.groupBy(wanted, ({ event, wasHeld, incident }) =>
    event === 'escalated' || wasHeld ? now.getTime() : tellAt(incident.severity, channel, { now, timeZone }).getTime(),
  );
  const held = [...later].filter(([until]) => until > now.getTime());
  return {
    told: [...later].flatMap(([until, same]) => (until > now.getTime() ? [] : same)),
    held: held.map(([until, same]) => ({ until: new Date(until), ids: same.map(({ id }) => id) })),
    dropped: news.filter((each) => !wanted.includes(each)),
  };
}

function isWanted({ event, escalatedFrom, incident, logs }: DueNotification, around: Around): boolean {
  const isEscalation = event === 'escalated';
  if (isEscalation && incident.state !== 'open') return false;
  const asked = isEscalation ? around.channels.find(({ id }) => id === escalatedFrom) : around.channel;
  if (asked === undefined || !asked.enabled) return false;
  // What closes is told to whoever was told of it, by another channel's escalation too.
  if (asked.areaId === null || event === 'closed') return true;
  const area = around.areas.find(({ id }) => id === asked.areaId);
  // Nobody loses sight of anything because an area has ended.
  return area === undefined || area.endedAt !== null || isOfArea(logs, area);
}
