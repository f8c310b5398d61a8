import { createAccessScope, reachOfStream } from '@akashi/policy';
import { describe, expect, it } from 'vitest';
import { organisations } from './organisations.ts';
import { makeStory, usualSeed } from './story/make-story.ts';

const demo = organisations[0];
const { lines } = makeStory({ seed: usualSeed, nowMs: Date.parse('2026-11-22T10:00:00Z'), lines: 3_000 });
/** The stream of a syslog line is the host that it names. */
const places = [
  ...new Set(
    lines.map(({ logGroup, logStream, text }) => {
      const host = logStream ?? (/devname="(\w+)"/.exec(text) ?? /\d\d:\d\d:\d\d (\S+) /.exec(text))?.[1] ?? '';
      return `${logGroup} ${host}`;
    }),
  ),
].toSorted();

function seenBy(group: string): string[] {
  const grants = demo?.groups.find(({ name }) => name === group)?.grants ?? [];
  const scope = createAccessScope(
    grants.map((grant) => ({ ...grant, sources: [], rowFilter: null, hiddenFields: [] })),
  );
  return places.filter((place) => {
    const [logGroup = '', logStream = ''] = place.split(' ');
    return reachOfStream(scope, { logGroup, logStream, sourceId: 's' }) !== 'none';
  });
}

describe('the access groups of the demonstration', () => {
  it('show each its own part of the card environment', () => {
    expect(seenBy('統括')).toEqual(places);
    expect(seenBy('DB')).toEqual(['db/access db01', 'syslog db01']);
    expect(seenBy('運用')).toEqual([
      ...['web01', 'web02'].map((host) => `ntpd ${host}`),
      ...['ap01', 'db01', 'web01', 'web02'].map((host) => `syslog ${host}`),
    ]);
    expect(seenBy('ネットワーク')).toEqual(['network/switches sw01', 'network/switches sw02', 'syslog fw01']);
  });

  it('have their people, and no person another group', () => {
    for (const { people, groups } of organisations) {
      const names = groups.map(({ name }) => name);
      expect(new Set(people.flatMap((person) => person.groups))).toEqual(new Set(names));
      for (const { approvedBy } of groups) expect(people.map(({ email }) => email)).toContain(approvedBy);
    }
  });
});
