export { encodedPartEnd, type PartEnd } from './encoded-part-end.ts';
export { encodingNames } from './encoding-names.ts';
export { restoreBytes } from './kept-bytes.ts';
export { lookAheadBytes, partEnd } from './part-end.ts';
export { decodeText, findEncoding, withMark, type DecodedText, type TextEncoding } from './text-encoding.ts';
export { TextStream } from './text-stream.ts';
