import { showText } from './page/show-text.js';

/**
 * @param {HTMLElement} element has a `time`
 * @param {import('./sync/store.js').Row} row
 */
export function showTime(element, { createdAt }) {
  const time = element.querySelector('time');
  time.dateTime = createdAt ?? '';
  showText(time, createdAt ? timeOfDay.format(new Date(createdAt)) : '');
}

const timeOfDay = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hour12: false });
