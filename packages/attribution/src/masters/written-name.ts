/**
 * A cell or a name as it is kept: compatibility forms unified (full-width digits and letters, half-width katakana; Unicode
 * NFKC), blanks of any kind as one space, none at the ends.
 */
export function plainText(written: string): string {
  return written
    .normalize('NFKC')
    .replaceAll(/[\s\u200b\ufeff]+/gu, ' ')
    .trim();
}

/** Two names are the same when their folds are: without width, case, blanks, `-` and `_`. */
export function foldName(written: string): string {
  const fold = plainText(written)
    .toLowerCase()
    .replaceAll(/[ _\-\u2010-\u2015\u2212]/gu, '')
    // What stood apart may combine now.
    .normalize('NFKC');
  // A name of nothing but blanks and dashes is compared as it is: it must not equal every other such name.
  return fold === '' ? plainText(written) : fold;
}
