import { createMasker } from '@akashi/masking';
import { type LookAlikeKind, lookAlikeKinds, lookAlikes, statedRates } from '@akashi/masking/look-alikes';
import { plant, randomFrom } from '@akashi/masking/planted-numbers';
import { type Figure, round } from './figure.ts';

/*
 * Part of B4: a million planted numbers, of which none may be left in clear, and a million look-alikes, of which no more may
 * lose digits than the README of masking states (their `peer` here). The same seed gives the same numbers.
 */

const seed = 20261130;
const count = 1_000_000;

const masker = createMasker({ version: 'bench', keep: 'first6last4' });

function plantedFigures(): Figure[] {
  const random = randomFrom(seed);
  const kinds = new Map<string, { planted: number; left: number }>();
  for (let k = 0; k < count; k++) {
    const { kind, record, isClear } = plant(random);
    const of = kinds.get(kind) ?? { planted: 0, left: 0 };
    kinds.set(kind, of);
    of.planted++;
    if (isClear(masker.mask(record)?.record ?? record)) of.left++;
  }
  return [...kinds].map(([kind, { planted, left }]) => ({
    bench: 'B4',
    figure: `recall of planted numbers, ${kind}`,
    value: (planted - left) / planted,
    unit: 'share',
    ours: (planted - left) / planted,
    peer: (planted - left) / planted,
    n: planted,
  }));
}

function lookAlikeFigure(kind: LookAlikeKind): Figure {
  const random = randomFrom(seed);
  const n = Math.ceil(count / lookAlikeKinds.length);
  let harmed = 0;
  for (let k = 0; k < n; k++) {
    if (masker.mask(Buffer.from(`id ${lookAlikes[kind](random)} ok`)) !== null) harmed++;
  }
  const stated = (statedRates().get(kind) ?? 0) * 100;
  const value = round((harmed / n) * 100);
  const figure = `look-alikes that lose digits, ${kind}`;
  return { bench: 'B4', figure, value, unit: '%', ours: value, peer: stated, n };
}

export function plantedAndLookAlikes(): Figure[] {
  return [...plantedFigures(), ...lookAlikeKinds.map((kind) => lookAlikeFigure(kind))];
}

if (process.argv[1] === import.meta.filename) {
  for (const figure of plantedAndLookAlikes()) process.stdout.write(`${JSON.stringify(figure)}\n`);
}
