// Shows the OpenAPI document of the chosen application.

import SwaggerUI from 'swagger-ui-dist/swagger-ui-es-bundle.js';
import 'swagger-ui-dist/swagger-ui.css';

const choice = document.getElementById('application');
const problem = document.getElementById('problem');
const chosen = new URLSearchParams(location.search).get('application');
if ([...choice.options].some(({ value }) => value === chosen)) choice.value = chosen;

async function show() {
  const answer = await fetch(`${choice.value}/api/openapi`);
  problem.hidden = answer.ok;
  document.getElementById('document').hidden = !answer.ok;
  if (!answer.ok) {
    problem.textContent =
      answer.status === 404
        ? 'The server does not offer the document: set LOCKSTEP_CFSYNC_OPENAPI=true.'
        : `The server answered ${answer.status}.`;
    return;
  }
  SwaggerUI({ spec: await answer.json(), dom_id: '#document', deepLinking: false, validatorUrl: null });
}

choice.addEventListener('change', show);
await show();
