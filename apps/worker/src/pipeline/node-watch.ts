import type { Database } from '@akashi/database';
import { Gauge, type Logger, type Registry } from '@akashi/server-kit';

/** No backlog of a working node is as old: what came then should long be searchable and in a block. */
const lateAfterMs = 15 * 60_000;
const lookEveryMs = 60_000;

export interface NodeWatchParts {
  readonly database: { readonly platform: Pick<Database['platform'], 'findLateNodes'> };
  readonly logger: Logger;
  readonly registry: Registry;
  readonly now: () => Date;
}

/**
 * Tells of nodes whose segments wait for too long. They lie on that node's disk, so that nobody else can work them off:
 * its worker has to come back, or its disk has to go to another node. Every worker looks, so that one that is gone is told
 * of by the others.
 */
export class NodeWatch {
  readonly #parts: NodeWatchParts;
  readonly #segments: Gauge<'node'>;
  readonly #ages: Gauge<'node'>;
  #late = new Set<string>();
  #lookedAtMs = Number.NEGATIVE_INFINITY;

  constructor(parts: NodeWatchParts) {
    this.#parts = parts;
    const common = { labelNames: ['node'] as const, registers: [parts.registry] };
    this.#segments = new Gauge({
      ...common,
      name: 'akashi_late_node_segments',
      help: 'Segments of a node that have waited for a quarter of an hour or longer',
    });
    this.#ages = new Gauge({
      ...common,
      name: 'akashi_late_node_oldest_seconds',
      help: 'Since when the oldest segment of such a node has waited',
    });
  }

  /** Looks once a minute, however often it is called. */
  async run(): Promise<void> {
    const { database, logger, now } = this.#parts;
    const nowMs = now().getTime();
    if (nowMs - this.#lookedAtMs < lookEveryMs) return;
    this.#lookedAtMs = nowMs;
    const found = await database.platform.findLateNodes(new Date(nowMs - lateAfterMs));
    this.#segments.reset();
    this.#ages.reset();
    for (const { node, segments, oldestAcceptedAt } of found) {
      const waitsForSeconds = Math.round((nowMs - oldestAcceptedAt.getTime()) / 1000);
      this.#segments.set({ node }, segments);
      this.#ages.set({ node }, waitsForSeconds);
      if (!this.#late.has(node)) {
        logger.error(
          { node, segments, waitsForSeconds },
          'Segments of a node wait: its worker is gone, stuck, or has another AKASHI_NODE than its ingest.',
        );
      }
    }
    const late = new Set(found.map(({ node }) => node));
    for (const node of this.#late) {
      if (!late.has(node)) logger.info({ node }, 'The segments of a node are worked off again.');
    }
    this.#late = late;
  }
}
