import type { FileWork, HunkWork } from './file-work.ts';
import type { SentBack } from './review-source.ts';
import type { ReviewState } from './review-state.ts';
import { isHunkwise, type StepWork } from './step-work.ts';

/** What would go back to the model now, and what it would not know of. */
export type Return = { readonly sent: readonly SentBack[]; readonly lost: readonly string[] };

/** Of each step the hunks that were left out with a reason, as the plan itself counts them. */
export function findReturn(steps: readonly StepWork[]): Return {
  const found = steps.map(returnOf);
  return {
    sent: found.flatMap(({ sent }) => sent),
    lost: found.flatMap(({ lost }) => lost),
  };
}

/** Why nothing of the plan could go back, whatever is left out; null where something could. */
export const barOf = ({ record, cannotSendBack }: ReviewState): string | null =>
  record.plan.origin.kind === 'model'
    ? cannotSendBack
    : 'No model made this plan, so there is none to send it back to.';

const NOTHING: Return = { sent: [], lost: [] };

function returnOf({ step, status, files }: StepWork): Return {
  const file = files.kind === 'ready' ? files.files[0] : undefined;
  if (file === undefined || !isHunkwise(step) || status === 'done') return NOTHING;
  if (file.isEdited) {
    return { sent: [], lost: [`what you wrote in ${file.review.path}`] };
  }
  const whole = piecesOf(file);
  const refused = whole.flatMap((pieces, at) => (isRefused(pieces) ? [at + 1] : []));
  const parts = whole.filter((pieces) => !isRefused(pieces) && pieces.some(isOut));
  const lost = parts.length === 0 ? [] : [`what else you left out of ${file.review.path}`];
  if (refused.length === 0) return { sent: [], lost };
  const why = refused.map((number) => sayWhy(whole[number - 1] ?? [], number, refused.length > 1));
  return { sent: [{ step: step.id, hunks: refused, why: why.join('; ') }], lost };
}

const isOut = ({ isTaken }: HunkWork): boolean => !isTaken;

/** All of it is left out, and the person said why. */
const isRefused = (pieces: readonly HunkWork[]): boolean =>
  pieces.every(isOut) && pieces.some(({ reason }) => reason !== '');

function sayWhy(pieces: readonly HunkWork[], number: number, isOneOfMany: boolean): string {
  const said = [...new Set(pieces.map(({ reason }) => reason))].filter(Boolean).join('; ');
  return isOneOfMany ? `hunk ${number}: ${said}` : said;
}

/** The hunks as they were brought, each in the pieces that it is cut into now. */
function piecesOf({ review, hunks }: FileWork): readonly (readonly HunkWork[])[] {
  let next = 0;
  return review.hunks.map((whole) => {
    const pieces: HunkWork[] = [];
    for (let lines = 0; lines < sizeOf(whole) && next < hunks.length; next++) {
      const piece = hunks[next] as HunkWork;
      lines += sizeOf(piece.hunk);
      pieces.push(piece);
    }
    return pieces;
  });
}

const sizeOf = ({ beforeLines, afterLines }: HunkWork['hunk']): number =>
  beforeLines.length + afterLines.length;
