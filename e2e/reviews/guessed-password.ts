import type { DemoFile, DemoTenant } from '../installation/installation.ts';
import { eventually } from '../reading/eventually.ts';
import { LogReader } from '../reading/log-reader.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** Six wrong passwords of one account and a single one of another, from elsewhere, sent now; in what period they came, and which they are. */
export async function guessedPassword(demo: DemoFile, tenant: DemoTenant) {
  const host = `web${Date.now() % 100_000}`;
  const from = new Date(Date.now() - minuteMs);
  const lineAt = (at: number, account: string): string => {
    const time = new Date(Date.now() - (60 - at * 5) * 1000 + 9 * hourMs).toUTCString().split(/[ ,]+/);
    const stamp = `${time[2]} ${String(Number(time[1])).padStart(2, ' ')} ${time[4]}`;
    return `<86>${stamp} ${host} sshd[77${at}]: Failed password for ${account} from ${account === 'root' ? '198.51.100.23' : '192.0.2.7'} port 4010${at} ssh2`;
  };
  const lines = [...[0, 1, 2, 3, 4, 5].map((at) => lineAt(at, 'root')), lineAt(6, 'kimura')];
  const place = `/v1/log-groups/syslog/log-streams/${host}/records`;
  const answer = await fetch(demo.ingestUrl + place, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${tenant.ingestKey}`,
      'content-type': 'text/plain',
      'akashi-time-zone': 'Asia/Tokyo',
    },
    body: `${lines.join('\n')}\n`,
  });
  if (answer.status !== 201) throw new Error(`the lines were answered ${answer.status}`);
  const reader = new LogReader(demo, tenant.slug);
  const found = await eventually(
    () => reader.readAll({ logGroups: ['syslog'], query: `log.stream:${host}` }),
    (events) => events.length === lines.length,
    minuteMs,
  );
  const guessed = found.find(({ record }) => record.includes('for root'));
  const other = found.find(({ record }) => record.includes('for kimura'));
  if (guessed === undefined || other === undefined) throw new Error('the lines cannot be found');
  const flagged = { eventId: guessed.id, time: guessed['@timestamp'], text: guessed.record };
  // The report is of what has come by now.
  return { period: { from, to: new Date() }, flagged, other: other.id };
}
