/** Has the person prove a second factor: true once it is proven, false when they leave it. */
type AskForProof = () => Promise<boolean>;

let asker: AskForProof | null = null;
let asking: Promise<boolean> | null = null;

/** The page's dialog takes the questions from here on, until the returned function is called. */
export function takeStepUpQuestions(ask: AskForProof): () => void {
  asker = ask;
  return () => {
    if (asker === ask) asker = null;
  };
}

/** Calls that are refused at the same moment share one question. */
export function askForStepUp(): Promise<boolean> {
  if (asker === null) return Promise.resolve(false);
  asking ??= asker().finally(() => {
    asking = null;
  });
  return asking;
}
