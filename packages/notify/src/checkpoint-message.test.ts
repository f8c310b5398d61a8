import { expect, it } from 'vitest';
import { checkpointMessage } from './checkpoint-message.ts';

const note = 'akashi.log/t\n12345\nAAAA\n\n— akashi.log/t c2ln\n';
const details = {
  organisationName: 'みなと & 決済',
  size: 12_345,
  note,
  verifierKey: 'akashi.log/t+00000000+AQ==',
  provenAt: new Date('2026-11-29T15:10:00Z'),
  timeZone: 'Asia/Tokyo',
  stamps: [],
};

it.each(['ja', 'en'] as const)('carries the note as it was signed, and how to use it, in %s', (language) => {
  const { subject, text, html, files } = checkpointMessage({ ...details, language });
  expect(subject).toContain('12,345');
  expect(text).toContain(note.trimEnd());
  expect(text).toContain('--since akashi-checkpoint-12345.txt');
  expect(text).toContain(details.verifierKey);
  expect(text).toMatch(language === 'ja' ? /2026年11月30日 0:10/ : /November 30, 2026 at 12:10\sAM/);
  expect(html).toContain('みなと &amp; 決済');
  expect(files).toEqual([{ name: 'akashi-checkpoint-12345.txt', text: note }]);
});

it('carries the time stamps of it, and says what they prove', () => {
  const stamp = {
    name: '20261129T151200Z-01.tsr',
    at: new Date(),
    authority: 'CN=Example',
    reply: Buffer.from([0x30, 0]),
  };
  const { text, files } = checkpointMessage({ ...details, language: 'en', stamps: [stamp] });
  expect(text).toContain('The time stamp of CN=Example is attached');
  expect(text).toContain('--timestamps akashi-checkpoint-12345-20261129T151200Z-01.tsr');
  expect(files).toHaveLength(2);
  expect(files?.[1]).toEqual({ name: 'akashi-checkpoint-12345-20261129T151200Z-01.tsr', bytes: stamp.reply });
});
