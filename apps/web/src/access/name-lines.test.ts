import { describe, expect, it } from 'vitest';
import { nameLines, reachedBy } from './name-lines.ts';

describe('nameLines', () => {
  it('takes lines, commas and spaces, each name once', () => {
    expect(nameLines(' syslog\nnetwork/*, syslog、ntpd ')).toEqual(['syslog', 'network/*', 'ntpd']);
  });
});

describe('reachedBy', () => {
  const names = ['syslog', 'network/fw', 'akashi/audit'];
  it.each([
    [['*'], ['syslog', 'network/fw']],
    [['network/*'], ['network/fw']],
    [['*w*'], ['network/fw']],
    [['akashi/*'], ['akashi/audit']],
    [['a*'], []],
    [['sys'], []],
  ])('%j reaches %j', (patterns, reached) => {
    expect(reachedBy(patterns, names)).toEqual(reached);
  });
});
