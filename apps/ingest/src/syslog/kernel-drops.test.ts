import { expect, it } from 'vitest';
import { sumKernelDrops } from './kernel-drops.ts';

it('sums the drop counters of one port', () => {
  const table = [
    '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops',
    ' 1037: 0100007F:0BC6 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 21001 2 0000000000000000 17',
    ' 1038: 00000000:0BC6 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 21002 2 0000000000000000 4',
    ' 1039: 0100007F:0BC7 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 21003 2 0000000000000000 99',
    '',
  ].join('\n');
  expect(sumKernelDrops(table, 3014)).toBe(21);
  expect(sumKernelDrops('', 3014)).toBe(0);
});
