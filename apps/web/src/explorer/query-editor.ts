import {
  acceptCompletion,
  autocompletion,
  closeCompletion,
  completionStatus,
  moveCompletionSelection,
  startCompletion,
  type CompletionSource,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, insertNewline } from '@codemirror/commands';
import { bracketMatching } from '@codemirror/language';
import { EditorState, Prec, RangeSetBuilder, type Extension } from '@codemirror/state';
import {
  Decoration,
  EditorView,
  keymap,
  placeholder,
  ViewPlugin,
  type DecorationSet,
  type ViewUpdate,
} from '@codemirror/view';
import { colourQuery } from '../query/query-language.ts';

export interface QueryEditorHooks {
  run: (text: string) => void;
  change: (text: string) => void;
  /** The list of completions was opened or closed. */
  completing: (open: boolean) => void;
  complete: CompletionSource;
  label: string;
  describedBy: string;
  placeholder: string;
}

/**
 * A query line: Enter runs, Shift+Enter makes a line, Esc closes the completion first and leaves second, Tab leaves.
 * No completion is chosen before an arrow key chose it, so Enter never takes what nobody asked for; and nothing runs
 * while an input method composes.
 */
export function createQueryEditor(parent: HTMLElement, doc: string, hooks: QueryEditorHooks): EditorView {
  return new EditorView({ parent, state: EditorState.create({ doc, extensions: extensionsOf(hooks) }) });
}

function extensionsOf(hooks: QueryEditorHooks): Extension {
  return [
    history(),
    bracketMatching(),
    EditorView.lineWrapping,
    placeholder(hooks.placeholder),
    autocompletion({
      override: [hooks.complete],
      defaultKeymap: false,
      selectOnOpen: false,
      icons: false,
      activateOnTypingDelay: 120,
    }),
    Prec.highest(
      keymap.of([
        { key: 'Enter', run: (view) => acceptCompletion(view) || runQuery(view, hooks) },
        { key: 'Shift-Enter', run: insertNewline },
        { key: 'Escape', run: (view) => closeCompletion(view) || leave(view) },
        { key: 'Ctrl-Space', run: startCompletion },
        { key: 'ArrowDown', run: moveWhenOpen(true) },
        { key: 'ArrowUp', run: moveWhenOpen(false) },
      ]),
    ),
    keymap.of([...historyKeymap, ...defaultKeymap]),
    EditorView.contentAttributes.of({
      'aria-label': hooks.label,
      'aria-describedby': hooks.describedBy,
      'aria-multiline': 'true',
      autocapitalize: 'off',
      autocorrect: 'off',
      spellcheck: 'false',
    }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) hooks.change(update.state.doc.toString());
      const open = completionStatus(update.state) === 'active';
      if (open !== (completionStatus(update.startState) === 'active')) hooks.completing(open);
    }),
    queryColours,
  ];
}

function runQuery(view: EditorView, hooks: QueryEditorHooks): boolean {
  if (view.composing) return true;
  closeCompletion(view);
  hooks.run(view.state.doc.toString());
  return true;
}

function leave(view: EditorView): boolean {
  if (view.composing) return false;
  view.contentDOM.blur();
  return true;
}

function moveWhenOpen(forward: boolean) {
  const move = moveCompletionSelection(forward);
  return (view: EditorView) => completionStatus(view.state) === 'active' && move(view);
}

const queryColours = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;

    constructor(view: EditorView) {
      this.decorations = decorate(view);
    }

    update(update: ViewUpdate) {
      if (update.docChanged) this.decorations = decorate(update.view);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

function decorate(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (const { start, end, className } of colourQuery(view.state.doc.toString())) {
    if (end > start) builder.add(start, end, Decoration.mark({ class: className }));
  }
  return builder.finish();
}
