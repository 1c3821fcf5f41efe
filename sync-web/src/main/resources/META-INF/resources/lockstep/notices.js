/** More than this many are not read; the oldest makes room. */
const NOTICES_MAX = 3;

/**
 * Tells the user what the server said. A notice stays until it is dismissed: whoever reads slowly reads it too.
 *
 * @param {HTMLElement} region a live region
 */
export function createNotices(region) {
  function show(what, why) {
    const notice = document.createElement('div');
    const sentence = document.createElement('p');
    const heading = document.createElement('strong');
    const dismiss = document.createElement('button');
    notice.className = 'notice';
    heading.textContent = what;
    dismiss.type = 'button';
    dismiss.className = 'notice-dismiss';
    dismiss.textContent = 'Dismiss';
    dismiss.addEventListener('click', () => notice.remove());
    sentence.append(heading, ` ${why}`);
    notice.append(sentence, dismiss);
    region.append(notice);
    while (region.childElementCount > NOTICES_MAX) region.firstElementChild.remove();
  }

  return {
    show,

    /**
     * @param {string} what what did not happen, e.g. "Not added."
     * @param {import('./outbox.js').Verdict} verdict
     * @returns {boolean} whether the mutation took effect
     */
    report(what, verdict) {
      if (verdict.kind === 'refused') show(what, verdict.message);
      if (verdict.kind === 'abandoned') show(what, `The server keeps failing: ${verdict.message}`);
      return verdict.kind === 'applied';
    },
  };
}
