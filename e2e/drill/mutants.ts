import { byteMutations } from './byte-mutations.ts';
import type { CampaignArchive, Change } from './campaign-archive.ts';
import { newestSize } from './harmless-mutants.ts';
import {
  blockHeaderMutation,
  checkpointMutation,
  cosignature,
  entryBundleMutation,
  hashTileMutation,
  type FormatMutation,
} from './format-mutations.ts';
import type { SeededRandom } from './seeded-random.ts';

/** An archive that somebody altered in one way. */
export interface Mutant {
  readonly about: string;
  readonly changes: readonly Change[];
  /** Says the same by the format, although the bytes differ. */
  readonly sameMeaning?: true;
}

const classes: readonly [string, RegExp, FormatMutation | null][] = [
  ['block', /^blocks\//, blockHeaderMutation],
  ['entry bundle', /^log\/tile\/entries\/\d+$/, entryBundleMutation],
  ['partial entry bundle', /^log\/tile\/entries\/.*\.p\//, entryBundleMutation],
  ['tile', /^log\/tile\/\d+\/\d+$/, hashTileMutation],
  ['partial tile', /^log\/tile\/\d+\/.*\.p\//, hashTileMutation],
  ['upper tile', /^log\/tile\/[1-9]/, hashTileMutation],
  ['checkpoint', /^log\/checkpoint$/, checkpointMutation],
  ['kept checkpoint', /^log\/checkpoints\//, checkpointMutation],
  ['copy of the key', /^verifier-key\.txt$/, null],
  ['description', /^format(-2)?\.md$/, null],
];

/** Names that no object of the archive has, beside those that the next block would bring. */
function freePlaces({ objects }: CampaignArchive): string[] {
  const size = newestSize(objects);
  const day = /^blocks\/\d+\/\d+\/\d+/.exec([...objects.keys()].findLast((name) => name.startsWith('blocks/')) ?? '');
  const number = (block: number): string => `${String(block).padStart(12, '0')}.akb`;
  const lastDay = day?.[0] ?? '';
  const partialTiles = [size - 6, size, size + 1, size + 2].flatMap((width) => {
    const partial = `${String(Math.floor(width / 256)).padStart(3, '0')}.p/${width % 256}`;
    return [`log/tile/0/${partial}`, `log/tile/entries/${partial}`];
  });
  return [
    // Block 15 is a heartbeat.
    ...[size, size + 1, 3, 15].map((block) => `${lastDay}/${number(block)}`),
    ...[size, 3].map((block) => `blocks/2025/01/01/${number(block)}`),
    ...[size, size + 1, size + 2, size - 6, 0].map((kept) => `log/checkpoints/${kept}`),
    ...partialTiles,
    'blocks/copy',
    'blocks/2026/copy',
    'blocks/2026/11/copy',
    `${lastDay}/copy.akb`,
    'log/checkpoints/007',
    'log/checkpoints/copy',
    'log/copy',
    'log/tile/copy',
    'log/tile/0/copy',
    'log/tile/0/000',
    'log/tile/0/001',
    'log/tile/0/000.p/256',
    'log/tile/0/000.p/07',
    'log/tile/0/x000/000',
    'log/tile/1/000',
    'log/tile/1/000.p/1',
    'log/tile/1/000.p/2',
    'log/tile/9/000',
    'log/tile/entries/001',
    'copy',
  ].filter((name) => !objects.has(name));
}

function placeMutant(archive: CampaignArchive, object: string, random: SeededRandom): Mutant {
  const { objects } = archive;
  const bytes = objects.get(object) ?? Buffer.alloc(0);
  const alike = classes.find(([, pattern]) => pattern.test(object))?.[1] ?? /^/;
  const others = [...objects.keys()].filter((name) => name !== object);
  const related = others.filter((name) => alike.test(name));
  const other = random.pick(random.below(4) > 0 && related.length > 0 ? related : others);
  const otherBytes = objects.get(other) ?? Buffer.alloc(0);
  const free = random.pick(freePlaces(archive));
  return random.pick<Mutant>([
    { about: `drop ${object}`, changes: [{ object, bytes: null }] },
    {
      about: `swap ${object} and ${other}`,
      changes: [
        { object, bytes: otherBytes },
        { object: other, bytes },
      ],
    },
    { about: `put ${other} in the place of ${object}`, changes: [{ object, bytes: otherBytes }] },
    { about: `copy ${object} to ${free}`, changes: [{ object: free, bytes }] },
    {
      about: `move ${object} to ${free}`,
      changes: [
        { object, bytes: null },
        { object: free, bytes },
      ],
    },
  ]);
}

/** One alteration of one object, every class of objects being as likely as any other. */
export function makeMutant(archive: CampaignArchive, random: SeededRandom): Mutant {
  const present = classes.filter(([, pattern]) => [...archive.objects.keys()].some((name) => pattern.test(name)));
  const [, pattern, formatMutation] = random.pick(present);
  const object = random.pick([...archive.objects.keys()].filter((name) => pattern.test(name)));
  const bytes = archive.objects.get(object) ?? Buffer.alloc(0);
  const way = random.below(10);
  if (way < 4) return placeMutant(archive, object, random);
  if (way < 7 && formatMutation !== null) {
    const added = formatMutation === checkpointMutation && random.below(8) === 0;
    const altered = (added ? cosignature : formatMutation)(bytes, random);
    if (altered !== null) {
      const change = { object, bytes: altered };
      if (added) return { about: `add a signature to ${object}`, changes: [change], sameMeaning: true };
      return { about: `alter what ${object} says`, changes: [change] };
    }
  }
  const name = random.pick(Object.keys(byteMutations));
  const altered = byteMutations[name]?.(bytes, random) ?? bytes;
  return { about: `${name}: ${object}`, changes: [{ object, bytes: altered }] };
}
