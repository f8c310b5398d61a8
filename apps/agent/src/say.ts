/** Tells the operator a sentence on standard error. `once` keeps a sentence from being repeated while the agent runs. */
export type Say = {
  readonly line: (sentence: string) => void;
  readonly once: (topic: string, sentence: string) => void;
};

export function createSay(write: (text: string) => void): Say {
  const said = new Set<string>();
  const line = (sentence: string): void => write(`akashi-agent: ${sentence}\n`);
  return {
    line,
    once(topic, sentence) {
      if (said.has(topic)) return;
      said.add(topic);
      line(sentence);
    },
  };
}
