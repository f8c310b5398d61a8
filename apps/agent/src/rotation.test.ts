import { describe, expect, it } from 'vitest';

import { compareRotationNames } from './rotation.ts';

describe('compareRotationNames', () => {
  it('orders rotations with the oldest first', () => {
    expect(['x.1', 'x.10', 'x.2'].sort(compareRotationNames)).toEqual(['x.10', 'x.2', 'x.1']);
    expect(['x-20261122', 'x-20261121'].sort(compareRotationNames)).toEqual(['x-20261121', 'x-20261122']);
  });
});
