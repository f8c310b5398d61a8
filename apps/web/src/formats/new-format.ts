/** The name of no format: the editor begins a new one. */
export const newFormat = '+';
