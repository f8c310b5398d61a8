/** A sealing that was cut short leaves a state that raises no alarm; what could not be left by one does. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  at,
  flip,
  folder,
  found,
  prepareArchives,
  read,
  temporary,
  verify,
  verifyAt,
} from './altered-archive.fixtures.ts';
import { archiveSteps, writeObject, type ArchivePlan, type ArchiveStep } from './archive.fixtures.ts';

prepareArchives();

const stepsOfBlock = 5;
const block = 12;
const [blockStep, entriesStep, tileStep, checkpointStep] = [0, 1, 2, 3].map((step) => block * stepsOfBlock + 2 + step);

function apply({ object, bytes }: ArchiveStep): void {
  if (bytes === null) rmSync(at(object), { recursive: true, force: true });
  else writeObject(folder, object, bytes);
}

/** An archive that a crash left after a step. */
function writeUpTo(step: number | undefined): ArchiveStep[] {
  verifyAt(join(mkdtempSync(join(temporary, 'unfinished-')), 'archive'));
  const steps = [...archiveSteps({ blocks: block + 1, versionOne: block + 1 })].slice(0, (step ?? 0) + 1);
  steps.forEach(apply);
  return steps;
}

const nameOf = (step: ArchiveStep | undefined): string => step?.object ?? '';

const statements: NonNullable<ArchivePlan['statements']> = (entry) =>
  entry === 0 || entry === 17 ? { kind: 'test', content: {} } : null;

describe('a crash after any step', () => {
  test.each([0, 9, 20])(
    'raises no alarm, and nothing is sealed before the first checkpoint (%i of version 1)',
    async (versionOne) => {
      verifyAt(mkdtempSync(join(temporary, 'steps-')));
      let sealed = 0;
      for (const step of archiveSteps({ blocks: 20, versionOne, handedOut: [6, 14], statements })) {
        apply(step);
        if (step.object === 'log/checkpoint') sealed++;
        const { code, report } = await verify();
        if (sealed > 0) expect([step.object, code, report.problems]).toEqual([step.object, 0, []]);
        else expect(found(report)).toEqual([{ code: 'not-sealed', object: 'log/checkpoint', block: undefined }]);
      }
    },
  );

  test('raises no alarm where a tile becomes full and its partial ones go', async () => {
    verifyAt(join(temporary, 'full-tile'));
    for (const step of archiveSteps({ blocks: 258 })) {
      apply(step);
      if (!/000000000255|\/000$|\/000\.p$|001\.p|\/25[67]$/.test(step.object)) continue;
      const { code, report } = await verify();
      expect([step.object, code, report.problems]).toEqual([step.object, 0, []]);
    }
  });
});

describe('beyond the pointer', () => {
  test('what the next checkpoint commits to is proven like the rest', async () => {
    const steps = writeUpTo(checkpointStep);
    const { code, report } = await verify();
    expect(code).toBe(0);
    expect(report).toMatchObject({ size: block + 1, blocks: block + 1 });
    expect(report.warnings).toMatchObject([{ code: 'pointer-behind', object: 'log/checkpoint' }]);
    for (const place of [blockStep, entriesStep, tileStep, checkpointStep]) {
      const object = nameOf(steps[place ?? 0]);
      flip(object, 30);
      expect((await verify()).report.problems).toContainEqual(expect.objectContaining({ object }));
      flip(object, 30);
    }
  });

  test('a pointer that was turned back further is found', async () => {
    writeUpTo(checkpointStep);
    writeFileSync(at('log/checkpoint'), read(`log/checkpoints/${block - 1}`));
    const { code, report } = await verify();
    expect(code).toBe(1);
    expect(report.problems).toContainEqual(
      expect.objectContaining({ code: 'checkpoint-not-current', object: 'log/checkpoint' }),
    );
  });

  test('an old checkpoint under the next size is named itself', async () => {
    writeUpTo(blockStep);
    writeFileSync(at(`log/checkpoints/${block + 1}`), read('log/checkpoints/3'));
    const object = `log/checkpoints/${block + 1}`;
    expect(found((await verify()).report)).toEqual([{ code: 'checkpoint-altered', object, block: undefined }]);
  });
});

describe('the next block without its checkpoint', () => {
  let steps: ArchiveStep[] = [];
  beforeEach(() => {
    steps = writeUpTo(tileStep);
  });

  test('is told of, with the log files that it brings', async () => {
    const { code, report } = await verify();
    expect(code).toBe(0);
    expect(report.warnings).toMatchObject([{ code: 'not-yet-sealed', object: nameOf(steps[blockStep ?? 0]) }]);
  });

  test('an altered block is named, and the log files that no longer fit', async () => {
    const objects = [blockStep, entriesStep, tileStep].map((step) => nameOf(steps[step ?? 0]));
    flip(objects[0] ?? '', -1);
    const { code, report } = await verify();
    expect(code).toBe(1);
    expect(report.problems.map(({ object }) => object)).toEqual([objects[0], objects[2], objects[1]]);
  });

  test.each([entriesStep, tileStep])('a log file that its entry does not give is named (%#)', async (step) => {
    const object = nameOf(steps[step ?? 0]);
    for (const bytes of [
      read(object).subarray(0, -1),
      Buffer.concat([read(object), Buffer.alloc(32)]),
      read('format.md'),
    ]) {
      writeFileSync(at(object), bytes);
      expect(found((await verify()).report)).toEqual([{ code: 'unexpected-object', object, block: undefined }]);
    }
  });

  test('a tile whose bundle is not there is named', async () => {
    rmSync(at(nameOf(steps[entriesStep ?? 0])));
    const object = nameOf(steps[tileStep ?? 0]);
    expect(found((await verify()).report)).toEqual([{ code: 'unexpected-object', object, block: undefined }]);
  });
});
