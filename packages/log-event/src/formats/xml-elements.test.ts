import fc from 'fast-check';
import { expect, it } from 'vitest';
import { attributeOf, readXml } from '../xml-elements.ts';

const entities: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  "'": '&apos;',
  '"': '&quot;',
};
const escaped = (text: string): string => text.replace(/[<>&'"]/g, (character) => entities[character] ?? '');
const text = fc.string({
  maxLength: 30,
  unit: fc.constantFrom('a', '<', '>', '&', "'", '"', ' ', '=', '/', '値', '\n', ']]>'),
});

it('gives back texts and attributes, whatever they hold', () => {
  fc.assert(
    fc.property(text, text, (content, attribute) => {
      const xml = `<Event><Data Name='${escaped(attribute)}' Other="${escaped(content)}">${escaped(content)}</Data><Empty/></Event>`;
      const [event, data, empty] = readXml(xml, 0) ?? [];
      expect(event).toMatchObject({ name: 'Event', depth: 0, hasChildren: true });
      expect(data).toMatchObject({ name: 'Data', depth: 1, text: content, hasChildren: false });
      expect(data === undefined ? '' : attributeOf(data, 'Name')).toBe(attribute);
      expect(data === undefined ? '' : attributeOf(data, 'Other')).toBe(content);
      expect(empty).toMatchObject({ name: 'Empty', depth: 1, text: '' });
    }),
  );
});

it('leaves digits that are written as numbers as they are: masking has not seen them', () => {
  const [element] = readXml('<a>&#49;&#x31;&#65;&#xFF11;&#0;&#xD800;&unknown;</a>', 0) ?? [];
  expect(element?.text).toBe('&#49;&#x31;A&#xFF11;&#0;&#xD800;&unknown;');
});

it('takes sections of text as they stand, and no document that does not end', () => {
  expect(readXml('<a><![CDATA[<b>&lt;]]> c</a>', 0)?.[0]?.text).toBe('<b>&lt; c');
  for (const broken of ['<a>', '<a', '<a><b></b>', '</a>', '<a b="c', '<a><![CDATA[x</a>', '<a <b></b>'])
    expect(readXml(broken, 0)).toBeUndefined();
  expect(readXml(`${'<a>'.repeat(40)}${'</a>'.repeat(40)}`, 0)).toBeUndefined();
});

it('reads a long text that is none as fast as any other', () => {
  for (const piece of ['<', '<a>', "<a b='", '&#', '<![CDATA[', "<a b='c' "]) readXml(piece.repeat(60_000), 0);
});
