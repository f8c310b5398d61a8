/**
 * What the name in front of a value says about it. `pan` values are masked whatever their digits; `card` values only
 * when they have a card number's length; `exempt` names numbers that look like card numbers and are not.
 */
export const keyKind = {
  none: 0,
  exempt: 1,
  card: 2,
  pan: 3,
  cardIdentification: 4,
  verificationCode: 5,
  pin: 6,
  pinBlock: 7,
  track: 8,
} as const;
export type KeyKind = (typeof keyKind)[keyof typeof keyKind];

/** Names as words run together in lower case: `customer_cardNumber` ends in `cardnumber`. */
const namesByKind: readonly (readonly [KeyKind, string])[] = [
  [
    keyKind.pan,
    `pan pans fpan dpan mpan cardpan pannumber panno pannum cardnumber cardnumbers cardno cardnum cardnr cardnbr ccn
    ccnum ccno ccnr ccnbr ccnumber creditcardnumber creditcardno creditcardnum creditcardnr debitcardnumber debitcardno
    primaryaccountnumber primaryaccountno primaryacctno primaryacctnum primaryacctnumber cardaccountnumber
    paymentcardnumber bankcardnumber kartennummer kreditkartennummer numerocarte numerotarjeta`,
  ],
  [
    keyKind.card,
    `card cards acct account accountnumber accountno accountnum accountnr acctnumber acctno acctnum creditcard
    debitcard paymentcard bankcard cc cardaccount tarjeta kreditkarte`,
  ],
  [keyKind.cardIdentification, 'cid cardcid'],
  [
    keyKind.verificationCode,
    `cvv cvv1 cvv2 cvc cvc1 cvc2 cvn cvn2 csc cav cav2 cvd cvd2 icvv dcvv cardverificationvalue cardverificationcode
    cardverificationnumber cardverification verificationvalue securitycode cardsecuritycode cardcode cvvcode cvvnumber
    cvvno cvvnum cvccode cvcnumber cvcno cvv2code cvc2code`,
  ],
  [keyKind.pin, 'pin pins pincode pinno pinnumber pinnum pindata cardpin atmpin personalidentificationnumber'],
  [keyKind.pinBlock, 'pinblock encryptedpin encpin encryptedpinblock'],
  [
    keyKind.track,
    `track1 track2 track3 trackdata track1data track2data track3data track2equivalentdata track2equivalent
    trackequivalentdata magstripe magstripedata magneticstripe magneticstripedata stripedata`,
  ],
  [
    keyKind.exempt,
    'imei imeisv iccid imsi meid trace traceid span spanid parentid parentspanid blk blockid uuid guid gtin ean jan isbn snowflake',
  ],
];

export const kindByName: ReadonlyMap<string, KeyKind> = new Map(
  namesByKind.flatMap(([kind, names]) => names.split(/\s+/).map((name) => [name, kind] as const)),
);

/** Words that may follow the name of a field without changing what it is. */
export const fillerWords: ReadonlySet<string> = new Set(
  `value raw plain plaintext clear cleartext full str string text input field is was new old cdata entered`.split(
    /\s+/,
  ),
);

/** Names that say nothing by themselves: what encloses or precedes them decides. */
export const genericNames: ReadonlySet<string> = new Set('number no num nr value val v text'.split(' '));

/** Names in other scripts, matched at the end of the key. */
export const foreignNames: readonly (readonly [string, KeyKind])[] = [
  ['カード番号', keyKind.pan],
  ['ｶｰﾄﾞ番号', keyKind.pan],
  ['クレカ番号', keyKind.pan],
  ['カードナンバー', keyKind.pan],
  ['カードNo', keyKind.pan],
  ['カードNO', keyKind.pan],
  ['卡号', keyKind.pan],
  ['卡號', keyKind.pan],
  ['카드번호', keyKind.pan],
  ['カード', keyKind.card],
  ['セキュリティコード', keyKind.verificationCode],
  ['セキュリティーコード', keyKind.verificationCode],
  ['暗証番号', keyKind.pin],
];
