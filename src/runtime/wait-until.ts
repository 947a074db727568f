/** Looks again whenever the listeners are told of something. */
export function waitUntil(isSo: () => boolean, listeners: Set<() => void>): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (!isSo()) return;
      listeners.delete(look);
      resolve();
    };
    listeners.add(look);
    look();
  });
}
