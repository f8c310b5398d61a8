import { writeFileSync, renameSync } from 'node:fs';
import { createMasker } from '@akashi/masking';
import type { Story } from './story/make-story.ts';
import { pastReviews } from './story/past-reviews.ts';
import { staff } from './story/shop.ts';
import { dayMs, dayNameOf, storyZone } from './story/story-time.ts';

/** As the worker masks: the file shows lines as they are kept, without card numbers. */
const masker = createMasker({ version: 'mask-2-first6last4', keep: 'first6last4' });

/** What `demo-story.json` says: what was planted where, which report must show it with which flag, which starter rule must open an alert about it, and how days were reviewed. */
export function storyFileOf(story: Story): object {
  const { seed, fromMs, todayMs, nowMs, lines, planted } = story;
  const days = Array.from({ length: Math.round((todayMs - fromMs) / dayMs) }, (_, at) => at + 1);
  const dayBefore = (back: number): string => dayNameOf(todayMs - back * dayMs);
  const momentAfter = (back: number, afterMs: number | null): string | null =>
    afterMs === null ? null : new Date(todayMs - back * dayMs + afterMs).toISOString();
  return {
    seed,
    timeZone: storyZone,
    from: new Date(fromMs).toISOString(),
    until: new Date(nowMs).toISOString(),
    lines: lines.length,
    quietDays: days
      .filter((back) => !planted.some(({ daysBefore }) => daysBefore === back))
      .map(dayBefore)
      .toSorted(),
    people: staff.map(({ id, name, account, badge, device, address }) => ({
      id,
      name,
      account,
      badge,
      device,
      address,
    })),
    reviews: pastReviews.map(
      ({ daysBefore, course, submittedAfterMs, approvedAfterMs, comment, lateReason, exception }) => ({
        day: dayBefore(daysBefore),
        course,
        submittedAt: momentAfter(daysBefore, submittedAfterMs),
        approvedAt: momentAfter(daysBefore, approvedAfterMs),
        ...(comment === undefined ? {} : { comment }),
        ...(lateReason === undefined ? {} : { lateReason }),
        ...(exception === undefined
          ? {}
          : { finding: { planted: exception.planted, report: exception.report, title: exception.title } }),
      }),
    ),
    openReview: dayBefore(1),
    planted: planted.map(
      ({ id, what, daysBefore, host, person, account, lines: written, expected, alerts, incident, silentFromMs }) => ({
        id,
        what,
        day: dayBefore(daysBefore),
        host,
        person,
        account,
        ...(silentFromMs === undefined ? {} : { silentFrom: new Date(silentFromMs).toISOString() }),
        ...(incident === undefined ? {} : { incident }),
        ...(alerts === undefined ? {} : { alerts }),
        lines: written.map(({ atMs, logGroup, logStream, text }) => ({
          time: new Date(atMs).toISOString(),
          logGroup,
          logStream: logStream ?? host,
          record: masker.maskText(text),
        })),
        shows: expected,
      }),
    ),
  };
}

export function writeStoryFile(path: string, story: Story): void {
  writeFileSync(`${path}.new`, `${JSON.stringify(storyFileOf(story), null, 2)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
