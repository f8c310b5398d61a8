import { anything, shapeText, shapeTokens } from './shape-tokens.ts';

export interface LineShape {
  /** The words that its lines have in common, `<*>` for what differs. */
  readonly text: string;
  readonly lines: number;
  /** What the caller gave with the first of its lines, and with a few more. */
  readonly examples: readonly string[];
}

export interface MinerLimits {
  /** Shapes that are told apart; further ones are counted as others. */
  readonly shapes: number;
  readonly examples: number;
}

interface Group {
  tokens: string[];
  lines: number;
  examples: string[];
}

/** Levels of the tree below the number of tokens: a line is compared with those that begin with the same word. */
const depth = 1;
const mostChildren = 100;
/** The share of tokens that must be the same (He et al., Drain, ICWS 2017). */
const alike = 0.5;

type Node = { readonly children: Map<string, Node>; readonly groups: Group[] };

const newNode = (): Node => ({ children: new Map(), groups: [] });

/**
 * Groups lines by their shape as they come, after Drain: a tree by the number of tokens and the first of them, and in its leaves
 * the shapes, of which the most alike takes the line in. Bounded, whatever comes: shapes, tokens of each, examples of each.
 * The same lines in the same order give the same shapes.
 */
export class ShapeMiner {
  readonly #limits: MinerLimits;
  readonly #roots = new Map<number, Node>();
  readonly #groups: Group[] = [];
  #others = 0;

  constructor(limits: MinerLimits = { shapes: 500, examples: 20 }) {
    this.#limits = limits;
  }

  /**
   * Takes a line in. `example`, such as the event's id, is kept with the first lines of its shape; the answer tells whether it
   * was.
   */
  add(line: string, example: string): boolean {
    const tokens = shapeTokens(line);
    const leaf = this.#leafOf(tokens);
    const found = mostAlike(leaf.groups, tokens);
    if (found === undefined) {
      return this.#begin(leaf, tokens, example);
    }
    found.tokens = found.tokens.map((token, index) => (token === tokens[index] ? token : anything));
    found.lines += 1;
    if (found.examples.length >= this.#limits.examples) return false;
    found.examples.push(example);
    return true;
  }

  /** The most frequent first; of equals the one that came first. */
  shapes(): LineShape[] {
    return this.#groups
      .map(({ tokens, lines, examples }) => ({ text: shapeText(tokens), lines, examples: [...examples] }))
      .toSorted((one, other) => other.lines - one.lines);
  }

  /** Lines of shapes that there was no room for. */
  get others(): number {
    return this.#others;
  }

  #begin(leaf: Node, tokens: string[], example: string): boolean {
    if (this.#groups.length >= this.#limits.shapes) {
      this.#others += 1;
      return false;
    }
    const group = { tokens, lines: 1, examples: [example] };
    leaf.groups.push(group);
    this.#groups.push(group);
    return true;
  }

  #leafOf(tokens: readonly string[]): Node {
    let node = this.#roots.get(tokens.length);
    if (node === undefined) {
      node = newNode();
      this.#roots.set(tokens.length, node);
    }
    for (const token of tokens.slice(0, depth)) node = childOf(node, token);
    return node;
  }
}

function childOf(node: Node, token: string): Node {
  const known = node.children.get(token);
  if (known !== undefined) return known;
  const key = node.children.size < mostChildren ? token : anything;
  const child = node.children.get(key) ?? newNode();
  node.children.set(key, child);
  return child;
}

function mostAlike(groups: readonly Group[], tokens: readonly string[]): Group | undefined {
  let best: Group | undefined;
  let bestShare = alike;
  for (const group of groups) {
    const share = shareAlike(group.tokens, tokens);
    if (share < bestShare || (best !== undefined && share === bestShare)) continue;
    [best, bestShare] = [group, share];
  }
  return best;
}

/** Values that both have at a place are alike; a value of the shape alone takes any word, and says nothing for it. */
function shareAlike(shape: readonly string[], tokens: readonly string[]): number {
  if (shape.length === 0) return 1;
  let same = 0;
  for (const [index, token] of shape.entries()) if (token === tokens[index]) same += 1;
  return same / shape.length;
}
