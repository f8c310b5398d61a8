import { describe, expect, it } from 'vitest';
import { isIncidentOfArea, mayBeOfArea } from './area-places.ts';

const area = { logGroups: ['db/*', 'web'], logStreams: [], sources: [], hosts: [] };

describe('what is of an area', () => {
  it('is what its log groups and streams name; the product’s own groups are never named in passing', () => {
    expect(mayBeOfArea(area, { logGroup: 'db/audit', logStream: 'db01' })).toBe(true);
    expect(mayBeOfArea(area, { logGroup: 'mail', logStream: 'db01' })).toBe(false);
    expect(mayBeOfArea({ ...area, logStreams: ['db0*'] }, { logGroup: 'db/audit', logStream: 'db01' })).toBe(true);
    expect(mayBeOfArea({ ...area, logStreams: ['db0*'] }, { logGroup: 'db/audit', logStream: 'x' })).toBe(false);
    expect(mayBeOfArea({ ...area, logGroups: ['*'] }, { logGroup: 'akashi/audit', logStream: 'x' })).toBe(false);
  });

  it('is an incident by its stream, else by its host, else always', () => {
    expect(isIncidentOfArea(area, { logGroup: 'web', logStream: 'a' })).toBe(true);
    expect(isIncidentOfArea(area, { logGroup: 'mail', logStream: 'a' })).toBe(false);
    expect(isIncidentOfArea(area, { host: 'ntp01' })).toBe(true);
    expect(isIncidentOfArea({ ...area, hosts: ['ntp*'] }, { host: 'ntp01' })).toBe(true);
    expect(isIncidentOfArea({ ...area, hosts: ['db*'] }, { host: 'ntp01' })).toBe(false);
    expect(isIncidentOfArea({ ...area, hosts: ['db*'] }, {})).toBe(true);
  });
});
