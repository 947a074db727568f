/** A look that takes some time, which may be taken while nothing else can be done. */
export type LookAhead<T> = {
  /** For who needs it in a moment; later than that it is forgotten. */
  prepare(): void;
  /** What was seen a moment ago, once, or what is seen now. */
  take(): T;
};

export function createLookAhead<T>(look: () => T): LookAhead<T> {
  let seen: { readonly value: T; readonly timer: NodeJS.Timeout } | null = null;
  return {
    prepare() {
      clearTimeout(seen?.timer);
      const timer = setTimeout(() => {
        seen = null;
      }, FRESH_MS);
      seen = { value: look(), timer: timer.unref() };
    },
    take() {
      clearTimeout(seen?.timer);
      const value = seen === null ? look() : seen.value;
      seen = null;
      return value;
    },
  };
}

const FRESH_MS = 500;
