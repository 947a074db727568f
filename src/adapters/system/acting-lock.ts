import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fail, ok } from '../../core/result.ts';
import type { ActingLock } from '../../ports.ts';
export const createActingLock = ({ path, own, isAlive }: any): ActingLock => {
  const holder = () => {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      return null;
    }
  };
  return {
    isLeft: () => {
      const h = holder();
      return h !== null && !isAlive(JSON.parse(h));
    },
    take() {
      const h = holder();
      if (h !== null && isAlive(JSON.parse(h))) return fail('busy', 'busy');
      writeFileSync(path, JSON.stringify(own));
      return ok({
        wasLeft: h !== null,
        release() {
          rmSync(path);
          return ok(undefined);
        },
      });
    },
  };
};
