import { SigmaRefusal } from './sigma-problem.ts';

/** A condition over named searches (Sigma specification 2.1, "Condition"). */
export type SigmaCondition =
  | { readonly kind: 'search'; readonly name: string }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly SigmaCondition[] }
  | { readonly kind: 'not'; readonly part: SigmaCondition };

const mostDepth = 50;
const token = /\s*(\(|\)|\||[^\s()|]+)/y;

/** Reads a condition; `names` are the searches of the rule. Throws `SigmaRefusal`. */
export function readCondition(text: string, names: readonly string[]): SigmaCondition {
  const reader = new ConditionReader(tokensOf(text), names);
  return reader.read();
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  token.lastIndex = 0;
  const trimmed = text.trim();
  while (token.lastIndex < trimmed.length) {
    const match = token.exec(trimmed);
    if (match?.[1] === undefined) throw new SigmaRefusal('condition-unreadable', text);
    if (match[1] === '|') throw new SigmaRefusal('aggregation', text);
    tokens.push(match[1]);
  }
  return tokens;
}

class ConditionReader {
  readonly #tokens: readonly string[];
  readonly #names: readonly string[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly string[], names: readonly string[]) {
    this.#tokens = tokens;
    this.#names = names;
  }

  read(): SigmaCondition {
    const condition = this.#or();
    if (this.#at < this.#tokens.length) throw this.#unreadable();
    return condition;
  }

  #unreadable(): SigmaRefusal {
    return new SigmaRefusal('condition-unreadable', this.#tokens[this.#at] ?? this.#tokens.join(' '));
  }

  #takes(word: string): boolean {
    if (this.#tokens[this.#at]?.toLowerCase() !== word) return false;
    this.#at++;
    return true;
  }

  #or(): SigmaCondition {
    const parts = [this.#and()];
    while (this.#takes('or')) parts.push(this.#and());
    return joined('or', parts);
  }

  #and(): SigmaCondition {
    const parts = [this.#not()];
    while (this.#takes('and')) parts.push(this.#not());
    return joined('and', parts);
  }

  #not(): SigmaCondition {
    if (++this.#depth > mostDepth) throw this.#unreadable();
    const condition: SigmaCondition = this.#takes('not') ? { kind: 'not', part: this.#not() } : this.#operand();
    this.#depth--;
    return condition;
  }

  #operand(): SigmaCondition {
    if (this.#takes('(')) {
      const inside = this.#or();
      if (!this.#takes(')')) throw this.#unreadable();
      return inside;
    }
    const word = this.#tokens[this.#at++];
    if (word === undefined || word === ')' || /^(?:and|or|of)$/i.test(word)) throw this.#unreadable();
    if (this.#takes('of')) return this.#of(word.toLowerCase());
    if (!this.#names.includes(word)) throw new SigmaRefusal('condition-name-unknown', word);
    return { kind: 'search', name: word };
  }

  #of(quantity: string): SigmaCondition {
    const pattern = this.#tokens[this.#at++];
    const isAll = quantity === 'all';
    if (pattern === undefined || (!isAll && quantity !== '1' && quantity !== 'any')) throw this.#unreadable();
    const chosen = this.#names.filter((name) => isChosen(name, pattern));
    if (chosen.length === 0) throw new SigmaRefusal('condition-name-unknown', pattern);
    return joined(
      isAll ? 'and' : 'or',
      chosen.map((name) => ({ kind: 'search', name })),
    );
  }
}

/** `them` is every search but those whose names begin with an underscore. */
function isChosen(name: string, pattern: string): boolean {
  if (pattern.toLowerCase() === 'them') return !name.startsWith('_');
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(name);
}

function joined(kind: 'and' | 'or', parts: readonly SigmaCondition[]): SigmaCondition {
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { kind, parts };
}
