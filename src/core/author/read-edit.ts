import { applyEdits } from '../edit/apply-edits.ts';
import { readReply } from '../edit/read-reply.ts';
import { refuse } from '../edit/refuse.ts';
import type { Edited, EditView, Request } from '../edit/types.ts';
import type { Writing } from './ask-edit.ts';

/** What the file holds when the reply's edit is made; the ladder says why not, where it cannot be. */
export function readEdit(
  reply: string,
  { path, text, form, mayStay }: Writing,
  parses: EditView['parses'],
): Edited<string> {
  const paths = text === null ? [] : [path];
  const read = readReply(reply, form, paths);
  if (!read.ok) return read;
  const requests = read.value.map((request) => nameIt(request, path, text));
  if (requests.length === 0) {
    return refuse(
      'malformed',
      `The answer holds no edit of ${path} in the form that was asked for.`,
      {
        path,
      },
    );
  }
  const other = requests.find(
    (request) => request.path !== null && !isSameFile(request.path, path),
  );
  if (other?.path) return refuseOther(other.path, path);
  const applied = applyEdits(requests, {
    paths,
    read: (asked) => (asked === path && text !== null ? text : undefined),
    parses,
    isProtected: () => false,
  });
  if (!applied.ok) return applied;
  const [file, second] = applied.files;
  if (file === undefined && mayStay && text !== null) return { ok: true, value: text };
  if (file === undefined) {
    return refuse('malformed', `The answer changes nothing in ${path}.`, { path });
  }
  if (second !== undefined || file.path !== path) return refuseOther((second ?? file).path, path);
  if (file.after === null) {
    return refuse('malformed', `${path} is to be changed, and the answer deletes it.`, { path });
  }
  return { ok: true, value: file.after };
}

/** Only one file was asked for: what names none is that one. */
function nameIt(request: Request, path: string, text: string | null): Request {
  if (request.path !== null || request.kind !== 'whole' || text !== null) return request;
  const { isGuess: _, ...whole } = request;
  return { ...whole, path };
}

/** The ladder puts right a folder that is missing; it is not asked about other files at all. */
const isSameFile = (given: string, path: string): boolean => {
  const tidy = given
    .trim()
    .replaceAll('\\', '/')
    .replace(/^(?:\.?\/|[ab]\/(?=.))/, '');
  return given === path || tidy === path || path.endsWith(`/${tidy}`) || tidy.endsWith(`/${path}`);
};

const refuseOther = (other: string, path: string) =>
  refuse('malformed', `The answer changes ${other}; only ${path} is asked for now.`, { path });
