import { describe, expect, it } from 'vitest';
import { createMasker, maskFailClosed } from './index.ts';

const masker = createMasker({ version: 'test', keep: 'first6last4' });
const mask = (text: string): string => masker.maskText(text);
/** Not Luhn-valid: only the key can tell. */
const value = '4980000123456789';
const masked = '498000******6789';

describe('values that their key names a card number', () => {
  it.each([
    'PAN',
    'pan',
    'Pan',
    'pan_number',
    'panNumber',
    'card_number',
    'cardNumber',
    'CardNumber',
    'card-number',
    'CARD_NUMBER',
    'cardnumber',
    'cardNo',
    'card_no',
    'ccn',
    'cc_num',
    'ccNumber',
    'customer_card_number',
    'primaryAccountNumber',
    'creditCard',
    'credit_card_number',
    'x-card-number',
    'HTTP_X_CARD_NUMBER',
    'customerPAN',
    'card',
    'acct',
    'account',
    'card.number',
    'card[number]',
    'payment[card][number]',
    'card_number_1',
    'pan2',
    'card_number_value',
    'カード番号',
    'クレジットカード番号',
    'カードNo',
    '卡号',
    'customercardnumber',
  ])('%s', (key) => {
    for (const [before, after] of [
      ['=', ''],
      [': ', ''],
      ['="', '"'],
      [' = ', ' x'],
      [" => '", "'"],
      [':', ',NAME=x'],
      ['=[', ']'],
      ['=(', ')'],
      ['\uff1a', ''],
      ['\uff1d', ''],
      ['%3D', '&x=1'],
      ['" : "', '"'],
      ['\\":\\"', '\\"'],
    ] as const) {
      expect(mask(`id=1 ${key}${before}${value}${after}`)).toBe(`id=1 ${key}${before}${masked}${after}`);
    }
  });

  it('masks the example of the brief', () => {
    expect(mask('ID=00001,PAN=4980000123456789,NAME=x')).toBe('ID=00001,PAN=498000******6789,NAME=x');
  });

  it('reads XML elements and attributes', () => {
    for (const text of [
      '<pan>V</pan>',
      '<ns:Pan a="b">V</ns:Pan>',
      '<Card Number="V"/>',
      "<card pan='V'/>",
      '&lt;pan&gt;V&lt;/pan&gt;',
      '<pan><![CDATA[V]]></pan>',
      '<cardNumber> V </cardNumber>',
    ]) {
      expect(mask(text.replace('V', value))).toBe(text.replace('V', masked));
    }
  });

  it('reads JSON, nested, escaped and as name and value, and keeps it valid', () => {
    for (const document of [
      { pan: value },
      { pan: Number(value) },
      { card: { type: 'visa', number: value } },
      { card: { type: 'visa', number: Number(value) } },
      { body: JSON.stringify({ pan: Number(value), ok: true }) },
      { body: JSON.stringify({ a: JSON.stringify({ pan: Number(value) }) }) },
      { name: 'card_number', value },
      { n: [1, 4111111111111111, 'x', 5555555555554444] },
      { body: '[4111111111111111, 2]' },
      { pans: [value, value] },
      { cvv: 123, pin: '1234' },
      { id: -4111111111111111 },
    ]) {
      const text = mask(JSON.stringify(document));
      expect(text).toContain('*');
      expect(() => JSON.parse(text) as unknown).not.toThrow();
      expect(mask(text)).toBe(text);
    }
    expect(mask('{"pan":4111111111111111}')).toBe('{"pan":"411111******1111"}');
    expect(mask('{"a":"{\\"pan\\":4111111111111111}"}')).toBe('{"a":"{\\"pan\\":\\"411111******1111\\"}"}');
  });

  it('gives quotes to numbers of JSON only', () => {
    const pan = '4111111111111111';
    for (const text of [`[${pan}] declined`, `[${pan}, 2] x`, `error: [${pan}]`, `[${pan}`]) {
      expect(mask(text)).toBe(text.replace(pan, '411111******1111'));
    }
    expect(mask(`[${pan}]`)).toBe('["411111******1111"]');
    expect(mask(` [${pan}, 2] `)).toBe(' ["411111******1111", 2] ');
  });

  it('stars shorter and longer values whole, and weak names only at card length', () => {
    expect(mask('pan=12345678 x')).toBe('pan=******** x');
    expect(mask('card_number=41111111111111111111111')).toBe('card_number=***********************');
    expect(mask('card=3 account: 42 acct=123456789012')).toBe('card=3 account: 42 acct=123456789012');
  });

  it('reads separated digits and words around them', () => {
    expect(mask('pan=4980 0001 2345 6789')).toBe('pan=4980 00** **** 6789');
    expect(mask('PAN 4980000123456789')).toBe('PAN 498000******6789');
    expect(mask('the card number is 4980000123456789.')).toBe('the card number is 498000******6789.');
    expect(mask('PAN4980000123456789')).toBe('PAN498000******6789');
  });

  it('leaves what is truncated already', () => {
    for (const text of [
      'pan=411111******1111',
      'card_number: XXXX-XXXX-XXXX-1111',
      '"pan":"411111XXXXXX1111"',
      'pan=****',
    ]) {
      expect(mask(text)).toBe(text);
    }
  });

  it('knows a string that begins with a colon from a key', () => {
    for (const document of [{ pan: ':0,' }, { a: ':4111111111111111,' }, { a: [',', ':4111111111111111 ', 1] }]) {
      for (const text of [JSON.stringify(document), JSON.stringify({ body: JSON.stringify(document) })]) {
        const masked = mask(text);
        expect(masked).not.toBe(text);
        expect(masked.length).toBe(text.length);
        expect(() => JSON.parse(masked) as unknown).not.toThrow();
      }
    }
    expect(mask('{"a:":4111111111111111}')).toBe('{"a:":"411111******1111"}');
  });

  it('finds a number that begins with the last digits of a truncated one', () => {
    expect(mask('pan=36900000000053600-0000-0000-08')).toBe('pan=369000*******3600-00**-**00-08');
    expect(mask('pan=369000*******3600-0000-0000-08, 1')).toBe('pan=369000*******3600-00**-**00-08, 1');
  });

  it.each(['span', 'japan', 'company', 'expand', 'discard', 'postcard', 'wildcard', 'panel', 'spanner', 'accountant'])(
    'leaves %s',
    (key) => {
      for (const mark of ['=', ': ', '":"']) expect(mask(`${key}${mark}${value}`)).toBe(`${key}${mark}${value}`);
    },
  );
});

describe('sensitive authentication data', () => {
  it.each([
    'cvv=123',
    'CVV2: 1234',
    'cvc="123"',
    'CVC2=123',
    'cid=1234',
    'card_cvv=123',
    'securityCode: 123',
    'card_security_code=123',
    'cardVerificationValue=123',
    'セキュリティコード：123',
    '"cvv":"123"',
    '<cvv>123</cvv>',
    'pin=1234',
    'PIN: 123456',
    'userPin=1234',
    '暗証番号=1234',
    'pin_block=0412AC89ABCDEF67',
    'pinBlock: A412AC89ABCDEF67',
    'cvv=%31%32%33',
    'cvv=１２３',
  ])('%s goes whole', (text) => {
    const result = masker.mask(Buffer.from(`a ${text} b`))?.record.toString() ?? '';
    expect(result).toMatch(/\*{3,}/);
    expect(result.replace(/cvv2|cvc2/gi, '')).not.toMatch(/\d/);
  });

  it('takes track data out whole', () => {
    for (const track of [
      // Its digits hold what looks like an EMV tag and length.
      '4157090046975990761D2512201575555561',
      '%B4111111111111111^DOE/JOHN^25121010000000000?',
      ';4111111111111111=25121010000000000?',
      '4111111111111111D25121010000012345',
      '4111111111111111=25121010000000000',
      'B4111111111111111^DOE/JOHN^2512101',
      ';4980000123456789=25121010000000000?',
    ]) {
      expect(mask(`a ${track} b`)).toBe(`a ${'*'.repeat(track.length)} b`);
    }
    expect(mask('{"track1":"%B4980000123456789^DOE/JOHN^2512101?"}')).toBe(`{"track1":"${'*'.repeat(36)}"}`);
    expect(mask('track2=4980000123456789%3D2512101000')).not.toMatch(/\d{4}/);
  });

  it.each([
    'pinned=1234',
    'shipping=1234',
    'spinner: 1234',
    'pin_count=1234',
    'pin=17',
    'opinion=1234',
    'cvv_result=123',
    'cid=12',
    'GPIO pin 1234',
    'CVE-2026-1234',
    'track=5',
  ])('leaves %s', (text) => {
    expect(mask(text)).toBe(text);
  });
});

describe('notes and fail-closed', () => {
  it('names the rule and the place of the stars, never the value', () => {
    const result = masker.mask(Buffer.from('カード番号=４９８００００１２３４５６７８９ cvv=123 4111 1111 1111 1111'));
    expect(
      result?.notes.map((note) => [note.rule, result.record.subarray(note.start, note.start + note.length).toString()]),
    ).toEqual([
      ['pan-key', '******'],
      ['verification-code', '***'],
      ['pan', '** ****'],
    ]);
  });

  it('stars every digit when asked to fail closed', () => {
    const result = maskFailClosed(Buffer.from('a1b２ \\u0034 %35 x'));
    expect(result.record.toString()).toBe('a*b* * * x');
    expect(result.notes).toHaveLength(4);
    expect(maskFailClosed(Buffer.from('none')).record.toString()).toBe('none');
  });
});
