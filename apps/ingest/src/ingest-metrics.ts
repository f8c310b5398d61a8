import type { SourceKind } from '@akashi/log-event';
import { Counter, Gauge, type Registry } from '@akashi/server-kit';
import type { InboxState } from '@akashi/inbox';

/** The figures of this app, by the words of the pipeline's states. No label ever holds what a sender chose freely. */
export type DropReason = 'backlog-full' | 'quota-exceeded' | 'tenant-suspended' | 'stopped';

export interface IngestMetrics {
  accepted(kind: SourceKind, batch: { records: number; bytes: number }): void;
  refused(kind: SourceKind, code: string): void;
  unknownSender(kind: SourceKind): void;
  /** Records that were read but never landed: UDP that may not come in now, and whatever the inbox refuses while stopping. */
  dropped(kind: SourceKind, reason: DropReason, records: number): void;
  /** Bytes that were no text in the encoding that was said for them; each is kept as a character that stands for it. */
  undecodable(kind: SourceKind, bytes: number): void;
  connections(kind: SourceKind, change: 1 | -1): void;
  /** For another one, or because all others are being worked on. */
  connectionGivenUp(kind: SourceKind | 'https'): void;
  unregisteredSegments(count: number): void;
  /** Figures that are read when somebody asks. */
  watch(read: { inbox: () => InboxState; udpKernelDrops: () => Promise<number> }): void;
}

export function createIngestMetrics(registry: Registry): IngestMetrics {
  const registers = [registry];
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[] = []): Counter<Label> =>
    new Counter({ name: `akashi_${name}`, help, labelNames, registers });
  const gauge = <Label extends string>(name: string, help: string, labelNames: Label[] = []): Gauge<Label> =>
    new Gauge({ name: `akashi_${name}`, help, labelNames, registers });

  const batches = counter('accepted_batches_total', 'Batches made durable and acknowledged.', ['transport']);
  const records = counter('accepted_records_total', 'Records made durable and acknowledged.', ['transport']);
  const bytes = counter('accepted_bytes_total', 'Bytes of accepted records.', ['transport']);
  const refused = counter('refused_batches_total', 'Batches refused, by the code of the answer.', [
    'transport',
    'code',
  ]);
  const unknown = counter('unknown_senders_total', 'Messages or connections of senders nobody knows.', ['transport']);
  const dropped = counter('syslog_dropped_records_total', 'Records that were read and not landed.', [
    'transport',
    'reason',
  ]);
  const undecodable = counter('undecodable_bytes_total', 'Bytes that were no text in their encoding.', ['transport']);
  const connections = gauge('syslog_connections', 'Open syslog connections.', ['transport']);
  const givenUp = counter('connections_given_up_total', 'Connections closed because there were too many.', [
    'transport',
  ]);
  const unregistered = gauge('unregistered_segments', 'Closed segments that are not in the ledger yet.');

  return {
    accepted(transport, batch) {
      batches.inc({ transport });
      records.inc({ transport }, batch.records);
      bytes.inc({ transport }, batch.bytes);
    },
    refused: (transport, code) => refused.inc({ transport, code }),
    unknownSender: (transport) => unknown.inc({ transport }),
    dropped: (transport, reason, count) => dropped.inc({ transport, reason }, count),
    undecodable: (transport, count) => undecodable.inc({ transport }, count),
    connections: (transport, change) => connections.inc({ transport }, change),
    connectionGivenUp: (transport) => givenUp.inc({ transport }),
    unregisteredSegments: (count) => unregistered.set(count),
    watch({ inbox, udpKernelDrops }) {
      const read = (name: string, help: string, pick: (state: InboxState) => number): Gauge =>
        new Gauge({
          name: `akashi_${name}`,
          help,
          registers,
          collect() {
            this.set(pick(inbox()));
          },
        });
      read('inbox_backlog_bytes', 'Bytes that wait in the inbox.', (state) => state.backlogBytes);
      read('inbox_segments', 'Landing segments in the inbox.', (state) => state.segments);
      read('inbox_pending_bytes', 'Bytes in memory that wait for their fdatasync.', (state) => state.pendingBytes);
      read(
        'inbox_disk_free_bytes',
        'Free bytes of the file system that holds the inbox.',
        (state) => state.diskFreeBytes,
      );
      read('inbox_commits', 'fdatasync rounds since the start.', (state) => state.commits);
      read('inbox_faults', 'Failed writes, closes and scans since the start.', (state) => state.faults);
      new Counter({
        name: 'akashi_syslog_udp_kernel_drops_total',
        help: 'UDP messages that the kernel dropped because the receive buffer was full.',
        registers,
        async collect() {
          const drops = await udpKernelDrops();
          this.reset();
          this.inc(drops);
        },
      });
    },
  };
}
