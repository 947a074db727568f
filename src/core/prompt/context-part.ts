import type { ContextKind, Source } from '../types.ts';

/** Something that could go to a model. */
export type ContextPart = {
  readonly kind: ContextKind;
  /** What a person knows it by. */
  readonly label: string;
  readonly text: string;
  /** The higher goes in first. Parts of one kind stand in the order in which they are given. */
  readonly priority: number;
  /** `never` goes in whatever it takes, `whole` all or nothing, `lines` as many from its start as fit. */
  readonly cut: 'never' | 'whole' | 'lines';
  /** Where the text is lines of a file: it is shown with their numbers. */
  readonly source?: Source;
  /** Of the transcript: what was answered; the text is what was asked. */
  readonly answer?: string;
};
