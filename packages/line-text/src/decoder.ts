/**
 * Receives one character after the other: its bytes are those from `at` to `end`. `text` is null where the bytes are no
 * text, and empty where they are no character but switch the set.
 */
export type OnCharacter = (at: number, end: number, text: string | null) => void;

/** Reads bytes of one encoding. A state is what has to be known of the bytes before: '' at the start of a line. */
export interface Decoder {
  /** Answers the state behind the last byte. */
  walk(bytes: Uint8Array, state: string, on: OnCharacter): string;
  /** The whole of a line as text if all of it is text; a faster way for what is nearly always so. */
  whole?: (bytes: Uint8Array) => string | undefined;
}
