const directives: Readonly<Record<string, string>> = {
  a: '[A-Za-z]{2,9}',
  A: '[A-Za-z]{3,9}',
  b: '[^\\s\\d]{3,9}',
  B: '[^\\s\\d]{3,12}',
  h: '[^\\s\\d]{3,9}',
  c: '.{10,40}',
  d: '[0-3]?\\d',
  e: '[ 0-3]?\\d',
  f: '\\d{1,9}',
  H: '[0-2]?\\d',
  I: '[01]?\\d',
  j: '[0-3]?\\d{1,2}',
  k: '[ 0-2]?\\d',
  l: '[ 01]?\\d',
  L: '\\d{3}',
  m: '[01]?\\d',
  M: '[0-5]?\\d',
  p: '[AaPp]\\.?[Mm]\\.?',
  s: '\\d{9,11}',
  S: '[0-6]?\\d',
  u: '[1-7]',
  w: '[0-6]',
  U: '[0-5]?\\d',
  W: '[0-5]?\\d',
  y: '\\d{2}',
  Y: '\\d{4}',
  z: '(?:Z|[+-]\\d{2}:?\\d{2})',
  Z: '[A-Za-z]{1,6}',
  D: '[01]?\\d/[0-3]?\\d/\\d{2}',
  F: '\\d{4}-[01]?\\d-[0-3]?\\d',
  T: '[0-2]?\\d:[0-5]?\\d:[0-6]?\\d',
  R: '[0-2]?\\d:[0-5]?\\d',
  '%': '%',
};

/** A regular expression source for text that a strptime format would read; null when a directive is not known. */
export function datetimePattern(format: string): string | null {
  let source = '';
  for (let index = 0; index < format.length; index += 1) {
    const char = format.charAt(index);
    if (char !== '%') {
      source += /\s/.test(char) ? '\\s+' : char.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
      continue;
    }
    index += 1;
    if (format.charAt(index) === '-') index += 1;
    const directive = directives[format.charAt(index)];
    if (directive === undefined) return null;
    source += directive;
  }
  return source;
}
