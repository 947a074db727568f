import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';

/** What Linux and macOS take as one name. */
const MAX_NAME_BYTES = 255;
/** Deeper folders are held open by nobody's project. */
const MAX_DEPTH = 128;

/**
 * The names of a path below the workspace. Names are bytes to the system: nothing is normalised,
 * and a backslash is a character like any other.
 */
export function namesOf(path: string): Result<readonly string[]> {
  if (path.startsWith('/')) {
    return fail('denied', `${path} is an absolute path, and only the workspace is touched.`, {
      hint: 'Name it relative to the workspace.',
    });
  }
  const names = path.split('/');
  if (names.includes('..')) return fail('denied', `${path} leads upward by “..”.`, { hint: PLAIN });
  if (names.some((name) => name === '' || name === '.')) {
    return fail('invalid', `“${path}” has an empty part.`, { hint: PLAIN });
  }
  if (path.includes('\0')) return fail('invalid', 'A path has a NUL character.', { hint: PLAIN });
  // Half of a surrogate pair would reach the disk as another name.
  if (Buffer.from(path, 'utf8').toString('utf8') !== path) {
    return fail('invalid', `${path} is not valid Unicode.`, { hint: PLAIN });
  }
  const long = names.find((name) => Buffer.byteLength(name) > MAX_NAME_BYTES);
  if (long !== undefined) {
    return fail('limit', `The name ${long} is longer than ${MAX_NAME_BYTES} bytes.`, {
      hint: 'Choose a shorter name.',
    });
  }
  if (names.length > MAX_DEPTH) {
    return fail('limit', `${path} is more than ${MAX_DEPTH} folders deep.`);
  }
  return ok(names);
}

const PLAIN = 'Name it plainly, such as src/main.ts.';

/** A name as the disk has it, or null where it is no UTF-8 and would come back as another name. */
export function decodeName(bytes: Buffer): string | null {
  const name = bytes.toString('utf8');
  return Buffer.from(name, 'utf8').equals(bytes) ? name : null;
}
