/** Waits for work that must not be waited for for ever. */
export function within(ms: number, work: Promise<void>): Promise<void> {
  return new Promise((settle) => {
    const timer = setTimeout(settle, ms);
    void work.finally(() => {
      clearTimeout(timer);
      settle();
    });
  });
}
