const LOCKSTEP = process.env.LOCKSTEP_URL ?? 'http://localhost:8080';

export default { '/todo-app': { target: LOCKSTEP, ws: true } };
