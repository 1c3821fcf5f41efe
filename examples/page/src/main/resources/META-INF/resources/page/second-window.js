/** @param {HTMLButtonElement} button opens this page once more, beside itself if the screen is large enough */
export function offerSecondWindow(button) {
  button.addEventListener('click', () => {
    open(location.href, '_blank', `popup,width=${Math.min(720, screen.availWidth)},height=${screen.availHeight}`);
  });
}
