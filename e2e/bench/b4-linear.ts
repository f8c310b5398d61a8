import { createMasker } from '@akashi/masking';

/*
 * On demand: the masking engine on input made to hurt, at one size and at twice that. Linear work takes about twice the
 * time; a quadratic step takes four times as long and more.
 */

const pan = '4111111111111111';
const fillers = [
  '4',
  '1 ',
  '4-',
  '1.',
  '=',
  'pan=',
  'pan=1 ',
  '%B',
  `%B${pan}^`,
  '"',
  '{',
  '[',
  '[1,',
  `[${pan},`,
  `,${pan}-${pan}`,
  `${pan} `,
  `${pan}D`,
  `;${pan}=25121010000000000?`,
  '４',
  '\\u0031',
  '\\x31',
  '&#49;',
  '&',
  '%',
  '%2531',
  '\\',
  '\\"',
  'A:1,',
  'number:1,',
  '{"card":{"number":1,',
  '<1',
  'a>1',
  '<pan>4980000123456789</pan>',
  '<![CDATA[',
  '\u200b1',
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
  'MTEx',
  'NDExMTExMTExMTExMTExMQ== ',
  '{"a":"{\\"pan\\":4111111111111111}"}',
  'cvv=123 ',
  'pin_block=0412AC89ABCDEF67 ',
  'カード番号1',
  '1,',
  '\0',
  '4\0',
  '\u001b',
  '\u001b[1m',
  '\u001b$B',
  '#011',
  '^I',
  '=3D',
  '=34',
  '\\x82',
  '[32m1',
  '\u00c2\u0080',
  'card=123 ',
  'card(1)=',
  '"card_no":["1","2",',
  '(1',
  '5A08',
  '57134556734500085943D',
  '33',
  '12:',
  '4.5E15 ',
  '0000000000000',
];
const sizes = [500_000, 1_000_000] as const;
const steepest = 3;

function nanosecondsFor(record: Buffer): number {
  const masker = createMasker({ version: 'bench', keep: 'first6last4' });
  const start = process.cpuUsage();
  masker.mask(record);
  const used = process.cpuUsage(start);
  return (used.user + used.system) * 1000;
}

let worst = 0;
for (const filler of fillers) {
  const [once = 0, twice = 0] = sizes.map((size) => {
    const record = Buffer.from(filler.repeat(Math.ceil(size / Buffer.byteLength(filler)))).subarray(0, size);
    return Math.min(...Array.from({ length: 3 }, () => nanosecondsFor(record)));
  });
  // What takes no more than this is too short for a ratio to say anything.
  if (twice / sizes[1] > 20) worst = Math.max(worst, twice / once);
  const name = JSON.stringify(filler).slice(0, 32).padEnd(32);
  const perByte = (twice / sizes[1]).toFixed(1).padStart(8);
  process.stdout.write(`${name} ${perByte} ns per byte, twice the input ${(twice / once).toFixed(2)} times\n`);
}
process.exitCode = worst > steepest ? 1 : 0;
