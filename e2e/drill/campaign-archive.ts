import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** One durable step of the writer; without bytes, the folder of partial tiles that goes. */
interface WriterStep {
  readonly object: string;
  readonly bytes: Uint8Array | string | null;
}

export interface ArchiveSource {
  readonly archiveSteps: (plan: { blocks: number }) => Iterable<WriterStep>;
  readonly verifierKey: string;
  readonly tenantId: string;
  readonly dataKeyId: string;
  readonly dataKey: Buffer;
}

export interface Change {
  readonly object: string;
  /** Null takes the object away. */
  readonly bytes: Buffer | null;
}

/** An archive on disk whose every object is known, so that it can be altered and put right again. */
export interface CampaignArchive {
  readonly name: string;
  readonly folder: string;
  readonly objects: ReadonlyMap<string, Buffer>;
  /** From these objects to those before each of the last steps of the writer. */
  readonly earlier: readonly (readonly Change[])[];
  /** What the newest block brought, while no checkpoint commits to it; the block itself comes first. */
  readonly unsealed: readonly string[];
}

const rememberedSteps = 6;
/** A crash in the middle of taking partial tiles away leaves some. */
const keepsPartialTile = (width: number): boolean => width % 25 === 0;

export async function loadArchiveSource(): Promise<ArchiveSource> {
  const fixtures = new URL('../../apps/verifier/src/archive.fixtures.ts', import.meta.url);
  return (await import(fixtures.href)) as ArchiveSource;
}

export function writeChange(folder: string, { object, bytes }: Change): void {
  const path = join(folder, object);
  if (bytes === null) rmSync(path, { force: true });
  else {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  }
}

/** What a step changes. */
export function changesOf({ object, bytes }: WriterStep, objects: ReadonlyMap<string, Buffer>): Change[] {
  if (bytes !== null) return [{ object, bytes: Buffer.from(bytes) }];
  const partial = [...objects.keys()].filter((name) => name.startsWith(`${object}/`));
  return partial
    .filter((name) => !keepsPartialTile(Number(name.slice(object.length + 1))))
    .map((name) => ({ object: name, bytes: null }));
}

function applyTo(objects: Map<string, Buffer>, changes: readonly Change[]): void {
  for (const { object, bytes } of changes) {
    if (bytes === null) objects.delete(object);
    else objects.set(object, bytes);
  }
}

function differences(from: ReadonlyMap<string, Buffer>, to: ReadonlyMap<string, Buffer>): Change[] {
  const names = new Set([...from.keys(), ...to.keys()]);
  return [...names]
    .filter((name) => from.get(name)?.equals(to.get(name) ?? Buffer.alloc(0)) !== true)
    .map((name) => ({ object: name, bytes: to.get(name) ?? null }));
}

/** Writes an archive as far as the last steps that are to be left out. */
export function writeCampaignArchive(
  source: ArchiveSource,
  plan: { name: string; folder: string; blocks: number; withoutLast: number },
): CampaignArchive {
  const steps = [...source.archiveSteps({ blocks: plan.blocks })];
  const taken = steps.slice(0, steps.length - plan.withoutLast);
  const objects = new Map<string, Buffer>();
  const states: Map<string, Buffer>[] = [];
  taken.forEach((step, index) => {
    if (index >= taken.length - rememberedSteps) states.push(new Map(objects));
    applyTo(objects, changesOf(step, objects));
  });
  for (const [object, bytes] of objects) writeChange(plan.folder, { object, bytes });
  const earlier = states.map((state) => differences(objects, state));
  const names = taken.map(({ object }) => object);
  const isCheckpoint = (object: string): boolean => object.startsWith('log/checkpoint');
  const unsealed = names.slice(names.findLastIndex(isCheckpoint) + 1).filter((object) => objects.has(object));
  return { name: plan.name, folder: plan.folder, objects, earlier, unsealed };
}
