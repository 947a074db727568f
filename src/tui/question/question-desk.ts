import type { Question, Result } from '../../core/types.ts';
import type { Key } from '../keys/key.ts';
import { type Asking, askAnew, pressAsking } from './asking.ts';

/** Where the question of a running command waits for its answer. */
export type QuestionDesk = {
  /** What the session wants to know now, if anything. */
  watch(question: Question | null): void;
  asking(): Asking | null;
  /** What is to be seen stands on the screen. */
  noteDrawn(): void;
  press(key: Key, isWhole: boolean): void;
};

export type QuestionDeskOptions = {
  readonly nowMs: () => number;
  readonly onAnswer: (answer: string | null) => void;
  readonly onCancel: () => void;
  readonly edit: (content: string, extension: string) => Promise<Result<string>>;
  readonly onChange: () => void;
};

export function createQuestionDesk(options: QuestionDeskOptions): QuestionDesk {
  const { nowMs, onAnswer, onCancel, edit, onChange } = options;
  let asking: Asking | null = null;

  async function openEditor(asked: Asking, content: string, extension: string): Promise<void> {
    const edited = await edit(content, extension);
    // The command may have given up asking meanwhile.
    if (asking?.question !== asked.question) return;
    if (edited.ok) onAnswer(edited.value);
    else {
      asking = { ...askAnew(asked.question), hint: edited.error.message };
      onChange();
    }
  }

  return {
    watch(question) {
      if (question === null) asking = null;
      else if (asking?.question !== question) asking = askAnew(question);
    },
    asking: () => asking,
    noteDrawn() {
      if (asking?.drawnMs === null) asking = { ...asking, drawnMs: nowMs() };
    },
    press(key, isWhole) {
      if (asking === null) return;
      const asked = pressAsking(asking, key, nowMs(), isWhole);
      switch (asked.kind) {
        case 'open':
          asking = asked.asking;
          return;
        case 'answered':
          return onAnswer(asked.answer);
        case 'edit':
          return void openEditor(asking, asked.content, asked.extension);
        case 'cancelled':
          return onCancel();
        default:
          asked satisfies never;
      }
    },
  };
}
