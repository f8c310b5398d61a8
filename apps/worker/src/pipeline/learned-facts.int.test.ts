import { afterAll, beforeAll, expect, it } from 'vitest';
import { forgetFacts } from '../keeping/forget-facts.ts';
import { rebuildIndex } from '../rebuild/rebuild-index.ts';
import { openTestPipeline, type TestPipeline } from './pipeline.fixtures.ts';
import { processSegment } from './process-segment.ts';

// Real: PostgreSQL, OpenSearch, disk, worker threads.
let pipeline: TestPipeline;

beforeAll(async () => {
  pipeline = await openTestPipeline();
});
afterAll(() => pipeline.close());

const lines = [
  'Nov 22 10:00:00 web01 kernel: nothing to learn',
  'Nov 22 10:00:00 web01 su[711]: (to root) alice on pts/0',
  'Nov 22 10:05:00 dhcp1 dhcpd[9]: DHCPACK on 192.168.0.1 to 00:00:00:00:00:01 (PC001) via eth0',
  'Nov 22 10:06:00 web01 su[711]: pam_unix(su:session): session closed for user root',
];

it('learns what lines say of leases and sessions once, whatever is done again', async () => {
  const { parts, tenantId, crash } = pipeline;
  const { learnedFacts } = parts.database.forTenant(tenantId);
  const wanted = { from: new Date('2020-01-01'), to: new Date('2040-01-01'), limit: 100 };
  const learned = async () => {
    const facts = [...(await learnedFacts.sessions(wanted)), ...(await learnedFacts.leases(wanted))];
    return facts.map(({ segmentId, position, kind, account, origin, address, machine }) =>
      [segmentId, position, kind, machine, account, origin, address].join(' '),
    );
  };
  const segmentId = await pipeline.land(lines);
  const signal = AbortSignal.timeout(60_000);
  crash.arm('index-after-bulk');
  await expect(processSegment(parts, { tenantId, segmentId, lane: 'express', signal })).rejects.toThrow('crash');
  expect(await learned()).toEqual([]);
  await processSegment(pipeline.restart(), { tenantId, segmentId, lane: 'express', signal });
  const expected = [
    `${segmentId} 1 elevation web01 root alice `,
    `${segmentId} 3 session-end web01 root  `,
    `${segmentId} 2 lease dhcp1   192.168.0.1`,
  ];
  expect(await learned()).toEqual(expected);
  await parts.openBlocks.sealAll(tenantId);
  await rebuildIndex(parts, tenantId, true);
  expect((await learned()).toSorted()).toEqual(expected.toSorted());
  await forgetFacts({ database: parts.database, now: () => new Date() });
  expect(await learned()).toHaveLength(3);
  await forgetFacts({ database: parts.database, now: () => new Date(Date.now() + 121 * 86_400_000) });
  expect(await learned()).toEqual([]);
});
