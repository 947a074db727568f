/**
 * Saves a document a moment after it was changed. Changes that come meanwhile go along with the
 * same save; while one save runs, the next one waits for it.
 */
export class AutoSaver {
  #document;
  #save;
  #delayMs;
  #timer = null;

  constructor(document, save, delayMs = 500) {
    this.#document = document;
    this.#save = save;
    this.#delayMs = delayMs;
    document.on('change', () => this.#schedule());
  }

  /** Whether something was changed that is not saved yet. */
  get isWaiting() {
    return this.#timer !== null;
  }

  /** Saves what still waits, and listens no longer. */
  async close() {
    clearTimeout(this.#timer);
    this.#timer = null;
  }

  #schedule() {
    if (this.#timer !== null) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.#run();
    }, this.#delayMs);
  }

  async #run() {
    await this.#save(this.#document.text);
  }
}
