import type { Door, Event, Question } from '../core/types.ts';

/** Questions of a running command; one at a time stands on the screen. */
export type Asker = {
  readonly ask: (question: Question) => Promise<string | null>;
  /** What was said to the one that stands there, if one does. */
  readonly answer: (given: string | null) => void;
};

export function createAsker(
  door: Door,
  send: (event: Event) => void,
  heard: (given: string | null) => void,
): Asker {
  let settle: ((given: string | null) => void) | null = null;
  return {
    async ask(question) {
      const given = door === 'terminal' ? await putTo(question) : null;
      heard(given);
      return given;
    },
    answer: (given) => settle?.(given),
  };

  function putTo(question: Question): Promise<string | null> {
    return new Promise((resolve) => {
      settle = (given) => {
        settle = null;
        resolve(given);
      };
      send({ kind: 'question.asked', question });
    });
  }
}
