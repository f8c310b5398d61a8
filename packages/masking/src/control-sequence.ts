/*
 * Control sequences of terminals (ECMA-48 5.3, 5.4; ISO/IEC 2022 for character sets): `ESC [ 3 2 m` ends in a letter that
 * is no text. They have no width: a number is read over them, and is no part of a word that they only seem to end.
 */

/** Longer ones hold something else. */
const longestSequence = 40;
const longestParameter = 5;

const none = 0;
const introduced = 1;
const parameters = 2;
const designation = 3;

/** Follows one sequence through the characters of a record. */
export class ControlSequence {
  private state = none;
  private digits = 0;
  /** The place of the character that opened the sequence. */
  start = 0;
  /** The character taken last ended the sequence. */
  isComplete = false;
  /** It was a digit right behind ESC. */
  isShort = false;

  get isOpen(): boolean {
    return this.state !== none;
  }

  take(code: number, at: number): void {
    this.isComplete = this.isShort = false;
    if (code === 0x1b || code === 0x9b || code === 0x241b) {
      this.start = at;
      this.digits = 0;
      this.state = code === 0x9b ? parameters : introduced;
      return;
    }
    const { state } = this;
    this.state = none;
    if (state === introduced) this.takeFirst(code);
    else if (state === parameters) this.takeParameter(code, at);
    else if (code === 0x30 || code === 0x31 || code === 0x32 || isFinal(code)) this.isComplete = true;
  }

  private takeFirst(code: number): void {
    if (code === 0x5b) this.state = parameters;
    else if (code === 0x24) this.state = introduced;
    else if (code >= 0x28 && code <= 0x2f) this.state = designation;
    else if (code >= 0x30 && code <= 0x39) this.isShort = true;
    else if (code > 0x39 && isFinal(code)) this.isComplete = true;
  }

  private takeParameter(code: number, at: number): void {
    if (isFinal(code)) this.isComplete = true;
    else if (at - this.start < longestSequence && code >= 0x20 && code <= 0x3f) {
      this.digits = code >= 0x30 && code <= 0x39 ? this.digits + 1 : 0;
      if (this.digits <= longestParameter) this.state = parameters;
    }
  }
}

function isFinal(code: number): boolean {
  return code >= 0x40 && code <= 0x7e;
}
