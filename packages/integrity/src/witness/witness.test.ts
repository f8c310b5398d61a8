import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatVerifierKey, signCheckpoint } from '../checkpoint.ts';
import { parseCheckpoint } from '../signed-note.ts';
import { sha256 } from '../sha256.ts';
import {
  cosign,
  cosignaturesOf,
  cosignerKey,
  formatAddCheckpoint,
  formatCosignerKey,
  meetsQuorum,
  parseAddCheckpoint,
  parseCosignerKey,
  parseSizeAnswer,
  parseWitnessPolicy,
  validLines,
  withCosignatures,
  type CosignatureAlgorithm,
  type WitnessPolicy,
} from './index.ts';

const log = generateKeyPairSync('ed25519');
const head = { origin: 'akashi.installation/0123456789abcdef', size: 7, root: sha256(Buffer.from('root')) };
const note = signCheckpoint(head, log.privateKey);

function witnessOf(name: string, algorithm: CosignatureAlgorithm) {
  const { publicKey, privateKey } =
    algorithm === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ml-dsa-44');
  return { name, privateKey, key: cosignerKey(name, publicKey) };
}

function checkpointOf(text: string) {
  const parsed = parseCheckpoint(text);
  if (!parsed.ok) throw new Error('not a checkpoint');
  return parsed.checkpoint;
}

describe.each(['ed25519', 'ml-dsa-44'] as const)('cosignatures with %s', (algorithm) => {
  const witness = witnessOf('witness.example/w1', algorithm);

  it('holds for the checkpoint, its key and its time', () => {
    const cosigned = withCosignatures(note, [cosign(head, witness, 1_700_000_000)]);
    expect(cosignaturesOf(checkpointOf(cosigned), [witness.key])).toEqual([{ key: witness.key, at: 1_700_000_000 }]);
  });

  it('holds for no other tree, no other time and no other name', () => {
    const line = cosign(head, witness, 1_700_000_000);
    const other = signCheckpoint({ ...head, root: sha256(Buffer.from('fork')) }, log.privateKey);
    expect(cosignaturesOf(checkpointOf(withCosignatures(other, [line])), [witness.key])).toEqual([]);
    const bytes = Buffer.from(line.split(' ')[2] ?? '', 'base64');
    bytes[11] = (bytes[11] ?? 0) ^ 1;
    const later = `— ${witness.name} ${bytes.toString('base64')}\n`;
    expect(cosignaturesOf(checkpointOf(withCosignatures(note, [later])), [witness.key])).toEqual([]);
    const renamed = witnessOf('witness.example/w2', algorithm);
    expect(cosignaturesOf(checkpointOf(withCosignatures(note, [line])), [renamed.key])).toEqual([]);
  });

  it('spells its key in one way', () => {
    const text = formatCosignerKey(witness.key);
    expect(parseCosignerKey(text)).toEqual({ ...witness.key, publicKey: new Uint8Array(witness.key.publicKey) });
    expect(parseCosignerKey(text.replace('w1', 'w2'))).toBeNull();
    expect(parseCosignerKey(formatVerifierKey(witness.name, log.publicKey))).toBeNull();
  });

  it('takes from an answer only lines that hold', () => {
    const good = cosign(head, witness, 1_700_000_000);
    const foreign = cosign(head, witnessOf('witness.example/other', algorithm), 1_700_000_000);
    const stale = cosign({ ...head, size: 6 }, witness, 1_700_000_000);
    expect(validLines(note, `${foreign}${good}`, witness.key)).toEqual([good]);
    expect(validLines(note, stale, witness.key)).toEqual([]);
    expect(validLines(note, '<html>\n\n</html>', witness.key)).toEqual([]);
  });
});

it('reads the request that it wrote, and no other', () => {
  const proof = [sha256(Buffer.from('a')), sha256(Buffer.from('b'))];
  const body = formatAddCheckpoint({ oldSize: 5, proof, note });
  expect(parseAddCheckpoint(body)).toMatchObject({ oldSize: 5, note, checkpoint: { size: 7 } });
  for (const bad of [
    body.replace('old 5', 'old 05'),
    body.replace('old 5', 'old'),
    body.replace('old 5', 'new 5'),
    body.replace('=\n', '\n'),
    body.slice(0, -1),
    formatAddCheckpoint({ oldSize: 5, proof: Array.from({ length: 63 }, () => proof[0] ?? head.root), note }).replace(
      'old 5\n',
      `old 5\n${head.root.toString('base64')}\n`,
    ),
  ]) {
    expect(parseAddCheckpoint(bad), bad).toBeNull();
  }
});

it('never throws at what somebody sends', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      parseAddCheckpoint(`old 0\n\n${text}`);
      parseWitnessPolicy(text);
      parseSizeAnswer(text);
      parseCosignerKey(text);
    }),
  );
  expect(parseSizeAnswer('20852014\n')).toBe(20_852_014);
  expect(parseSizeAnswer('020\n')).toBeNull();
});

describe('policies', () => {
  const names = ['X1', 'X2', 'X3', 'Y1', 'Y2'];
  const keys = names.map((name) => formatCosignerKey(witnessOf(`example.net/${name}`, 'ed25519').key));
  const lines = [
    `log ${formatVerifierKey(head.origin, log.publicKey)}`,
    '  # who we ask',
    ...names.map(
      (name, index) => `witness\t${name}  ${keys[index] ?? ''}${index === 0 ? ' https://w.example/x1' : ''}`,
    ),
    'group X 2 X1 X2 X3',
    'group Y any Y1 Y2',
    'group both all X Y',
    'quorum both',
    '',
  ];
  const read = (text: string): WitnessPolicy => {
    const parsed = parseWitnessPolicy(text);
    if (!parsed.ok) throw new Error(`${parsed.code} in line ${parsed.line}`);
    return parsed.policy;
  };

  it('asks for the quorum of two levels', () => {
    const policy = read(lines.join('\n'));
    expect(policy.witnesses[0]?.url).toBe('https://w.example/x1');
    expect(policy.logs[0]?.key.origin).toBe(head.origin);
    const meets = (...seen: string[]): boolean => meetsQuorum(policy, new Set(seen));
    expect(meets('X1', 'X3', 'Y2')).toBe(true);
    expect(meets('X1', 'Y1', 'Y2')).toBe(false);
    expect(meets('X1', 'X2', 'X3')).toBe(false);
    expect(meetsQuorum(read('quorum none\n'), new Set())).toBe(true);
  });

  it.each([
    ['a group before its members', 'group A all X\nquorum A', 'unknown-name'],
    ['a member twice', `witness A ${keys[0]}\ngroup G any A A\nquorum G`, 'bad-group'],
    ['a member of two groups', `witness A ${keys[0]}\ngroup G any A\ngroup H any A\nquorum H`, 'bad-group'],
    ['a threshold above its members', `witness A ${keys[0]}\ngroup G 2 A\nquorum G`, 'bad-group'],
    ['a name twice', `witness A ${keys[0]}\nwitness A ${keys[1]}\nquorum A`, 'bad-name'],
    ['a key twice', `witness A ${keys[0]}\nwitness B ${keys[0]}\nquorum A`, 'duplicate-key'],
    ['two quorums', 'quorum none\nquorum none', 'two-quorums'],
    ['no quorum', `witness A ${keys[0]}`, 'no-quorum'],
    ['a control character', 'quorum none\r\n', 'bad-character'],
    ["a log's key for a witness", `witness A ${formatVerifierKey('x', log.publicKey)}\nquorum A`, 'bad-key'],
    ['a line of another kind', 'constructor x\nquorum none', 'unknown-line'],
    ['none as a member', `witness A ${keys[0]}\ngroup G any A none\nquorum G`, 'unknown-name'],
  ])('refuses %s', (_what, text, code) => {
    expect(parseWitnessPolicy(text)).toMatchObject({ ok: false, code });
  });
});
