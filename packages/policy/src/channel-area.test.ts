import { expect, it } from 'vitest';
import { incidentLogs, isOfArea } from './channel-area.ts';

const area = { logGroups: ['app/*', 'os/linux'], logStreams: [] };

it('is of an area when one of its log groups is', () => {
  const isOf = (details: Record<string, unknown>) => isOfArea(incidentLogs(details), area);
  expect(isOf({ logGroup: 'app/payments' })).toBe(true);
  expect(isOf({ logGroups: ['db/oracle', 'os/linux'] })).toBe(true);
  expect(isOf({ logGroup: 'db/oracle', count: 4 })).toBe(false);
  expect(isOf({})).toBe(false);
  expect(isOf({ logGroup: 7, logGroups: null })).toBe(false);
});

it('looks at streams where the area names some and the incident names one', () => {
  const narrow = { logGroups: ['app/*'], logStreams: ['web-*'] };
  expect(isOfArea(incidentLogs({ logGroup: 'app/a', logStream: 'web-1' }), narrow)).toBe(true);
  expect(isOfArea(incidentLogs({ logGroup: 'app/a', logStream: 'db-1' }), narrow)).toBe(false);
  expect(isOfArea(incidentLogs({ logGroup: 'app/a' }), narrow)).toBe(true);
});

it('does not reach the product’s own log groups in passing', () => {
  expect(isOfArea(incidentLogs({ logGroup: 'akashi/audit' }), { logGroups: ['*'], logStreams: [] })).toBe(false);
});
