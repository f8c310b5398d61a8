/** What is fetched for the query line after the first paint. */
export { completeQuery } from './query-completion.ts';
export { createQueryEditor } from './query-editor.ts';
